using System;
using NeuralEdge.Models;
using NeuralEdge.Numerics;

namespace NeuralEdge.Board.Storage
{
    /// <summary>
    /// The memory of what was confirmed: one small snapshot, kept twice, each replaced only while the other is good.
    /// </summary>
    /// <remarks>
    /// A snapshot says everything, so one write is one decision: it is either the newest whole snapshot or it never
    /// happened. The CRC covers all of it, because flash may persist the parts of a write in any order. After a
    /// decision is safe in one file it is copied to the other, so that a rotten bit in either costs nothing.
    /// Layout, little endian, 40 bytes: u32 magic "NEJL", u32 generation, u32 highest sequence ever confirmed,
    /// two slots of {u32 sequence, u32 length, u32 digest} (sequence 0: nothing confirmed there), u32 CRC-32.
    /// </remarks>
    internal sealed class Journal
    {
        internal const int Size = 40;

        private const uint Magic = 0x4C4A454E; // "NEJL"
        private const int SlotsOffset = 12;
        private const int SlotSize = 12;
        private const int CrcOffset = 36;

        private readonly IFileStore _files;
        private readonly byte[] _buffer = new byte[Size];
        private readonly byte[] _written = new byte[Size];
        private readonly SlotRecord _slot0 = new SlotRecord();
        private readonly SlotRecord _slot1 = new SlotRecord();
        private uint _generation;
        private uint _lastSequence;
        private int _file; // the file that holds the current snapshot, -1 = none

        internal Journal(IFileStore files)
        {
            _files = files;
            _file = -1;
        }

        /// <summary>A file could not even be read: what it says is unknown, so nothing may be written.</summary>
        internal bool Unreadable { get; private set; }

        /// <summary>The highest sequence ever confirmed.</summary>
        internal uint LastSequence
        {
            get { return _lastSequence; }
        }

        /// <summary>What is confirmed in a slot (sequence 0: nothing).</summary>
        internal SlotRecord GetSlot(int slot)
        {
            return slot == 0 ? _slot0 : _slot1;
        }

        /// <summary>Takes the newest whole snapshot, and restores its lost or old copy.</summary>
        internal void Load()
        {
            _file = -1;
            _generation = 0;
            _lastSequence = 0;
            _slot0.Clear();
            _slot1.Clear();
            Unreadable = false;

            bool valid0 = ReadFile(0);
            uint generation0 = valid0 ? LittleEndian.ReadUInt32(_buffer, 4) : 0;
            if (valid0)
            {
                Take(0);
            }

            bool valid1 = ReadFile(1);
            uint generation1 = valid1 ? LittleEndian.ReadUInt32(_buffer, 4) : 0;
            if (valid1 && (!valid0 || generation1 > generation0))
            {
                Take(1);
            }

            if (_file >= 0 && !Unreadable && (!valid0 || !valid1 || generation0 != generation1))
            {
                Mirror();
            }
        }

        /// <summary>Makes a new decision durable: afterwards it holds, or nothing has changed.</summary>
        /// <param name="slot">The slot it is about.</param>
        /// <param name="record">What is confirmed there from now on; null = nothing.</param>
        /// <returns>False when the file system failed; the decision then does not hold in this run.</returns>
        internal bool Decide(int slot, SlotRecord record)
        {
            uint last = _lastSequence;
            if (record != null && record.Sequence > last)
            {
                last = record.Sequence;
            }

            LittleEndian.WriteUInt32(_buffer, 0, Magic);
            LittleEndian.WriteUInt32(_buffer, 4, _generation + 1);
            LittleEndian.WriteUInt32(_buffer, 8, last);
            _slot0.Write(_buffer, SlotsOffset);
            _slot1.Write(_buffer, SlotsOffset + SlotSize);
            int at = SlotsOffset + slot * SlotSize;
            if (record != null)
            {
                record.Write(_buffer, at);
            }
            else
            {
                Array.Clear(_buffer, at, SlotSize);
            }

            LittleEndian.WriteUInt32(_buffer, CrcOffset, Checksum.Crc32(_buffer, 0, CrcOffset));
            Array.Copy(_buffer, 0, _written, 0, Size);

            // Never the file that holds the current snapshot. Once more if the first attempt fails: a file system
            // that reported an error may have done half of it.
            int target = _file == 0 ? 1 : 0;
            if (!Store(target) && !Store(target))
            {
                return false;
            }

            Take(target);
            Mirror();
            return true;
        }

        private static string NameOf(int file)
        {
            return file == 0 ? "j0.log" : "j1.log";
        }

        /// <summary>Copies the current snapshot to the other file; that it may fail changes nothing.</summary>
        private void Mirror()
        {
            try
            {
                if (_files.Read(NameOf(_file), 0, _buffer, 0, Size) == Size && IsWhole())
                {
                    _files.Write(NameOf(1 - _file), _buffer, 0, Size);
                }
            }
            catch (Exception)
            {
            }
        }

        /// <summary>Writes <c>_written</c> and believes only what it reads back.</summary>
        private bool Store(int file)
        {
            try
            {
                _files.Write(NameOf(file), _written, 0, Size);
                if (_files.Read(NameOf(file), 0, _buffer, 0, Size) != Size)
                {
                    return false;
                }

                for (int i = 0; i < Size; i++)
                {
                    if (_buffer[i] != _written[i])
                    {
                        return false;
                    }
                }

                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        private bool ReadFile(int file)
        {
            try
            {
                return _files.Read(NameOf(file), 0, _buffer, 0, Size) == Size && IsWhole();
            }
            catch (Exception)
            {
                Unreadable = true;
                return false;
            }
        }

        private bool IsWhole()
        {
            return LittleEndian.ReadUInt32(_buffer, 0) == Magic
                && LittleEndian.ReadUInt32(_buffer, CrcOffset) == Checksum.Crc32(_buffer, 0, CrcOffset);
        }

        private void Take(int file)
        {
            _file = file;
            _generation = LittleEndian.ReadUInt32(_buffer, 4);
            _lastSequence = LittleEndian.ReadUInt32(_buffer, 8);
            _slot0.Read(_buffer, SlotsOffset);
            _slot1.Read(_buffer, SlotsOffset + SlotSize);
        }
    }
}
