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
    /// A write that reports an error may have been done all the same: both files are read back, and what they cannot tell is
    /// in doubt until another decision is known to hold.
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

        /// <summary>
        /// A decision that was not reported as done may be in flash: which model the next start takes is unknown until another
        /// decision holds.
        /// </summary>
        internal bool InDoubt { get; private set; }

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
            InDoubt = false;

            bool valid0 = ReadFile(0);
            uint generation0 = valid0 ? GetGeneration() : 0;
            if (valid0)
            {
                Take(0);
            }

            bool valid1 = ReadFile(1);
            uint generation1 = valid1 ? GetGeneration() : 0;
            if (valid1 && (!valid0 || generation1 > generation0))
            {
                Take(1);
            }

            if (_file >= 0 && !Unreadable && (!valid0 || !valid1 || generation0 != generation1))
            {
                Mirror();
            }
        }

        /// <summary>Makes a new decision durable.</summary>
        /// <param name="slot0">What is confirmed in slot 0 from now on; null = nothing.</param>
        /// <param name="slot1">What is confirmed in slot 1 from now on; null = nothing.</param>
        /// <returns>
        /// Ok: it holds. StorageFailed: it surely does not, the next start takes what the one before would have. StorageUnknown:
        /// that cannot be told, see <see cref="InDoubt"/>.
        /// </returns>
        internal RequestStatus Decide(SlotRecord slot0, SlotRecord slot1)
        {
            uint last = Later(Later(_lastSequence, slot0), slot1);
            LittleEndian.WriteUInt32(_buffer, 0, Magic);
            LittleEndian.WriteUInt32(_buffer, 4, _generation + 1);
            LittleEndian.WriteUInt32(_buffer, 8, last);
            Put(slot0, SlotsOffset);
            Put(slot1, SlotsOffset + SlotSize);
            LittleEndian.WriteUInt32(_buffer, CrcOffset, Checksum.Crc32(_buffer, 0, CrcOffset));
            Array.Copy(_buffer, 0, _written, 0, Size);

            // Never the file that holds the current snapshot. Once more if the first attempt fails: a file system
            // that reported an error may have done half of it.
            int target = _file == 0 ? 1 : 0;
            RequestStatus status = Store(target) || Store(target) ? RequestStatus.Ok : ReadBack(target);
            InDoubt = status == RequestStatus.StorageUnknown;
            if (status == RequestStatus.Ok)
            {
                Take(target);
                Mirror();
            }

            return status;
        }

        private static string NameOf(int file)
        {
            return file == 0 ? "j0.log" : "j1.log";
        }

        private static uint Later(uint sequence, SlotRecord record)
        {
            return record != null && record.Sequence > sequence ? record.Sequence : sequence;
        }

        private void Put(SlotRecord record, int at)
        {
            if (record != null)
            {
                record.Write(_buffer, at);
            }
            else
            {
                Array.Clear(_buffer, at, SlotSize);
            }
        }

        /// <summary>After a write that failed: what the next start would find. With Ok the buffer holds what was written.</summary>
        private RequestStatus ReadBack(int target)
        {
            try
            {
                // The current snapshot first, so that the buffer ends with the target's.
                bool isKept = _file < 0 || (_files.Read(NameOf(_file), 0, _buffer, 0, Size) == Size && IsWhole() && GetGeneration() == _generation);
                if (_files.Read(NameOf(target), 0, _buffer, 0, Size) == Size && IsWhole())
                {
                    if (IsWritten())
                    {
                        return RequestStatus.Ok;
                    }

                    if (_file < 0 || GetGeneration() > _generation)
                    {
                        // An earlier decision that was in doubt: it is there.
                        return RequestStatus.StorageUnknown;
                    }
                }

                return isKept ? RequestStatus.StorageFailed : RequestStatus.StorageUnknown;
            }
            catch (Exception)
            {
                return RequestStatus.StorageUnknown;
            }
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
                return _files.Read(NameOf(file), 0, _buffer, 0, Size) == Size && IsWritten();
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

        private bool IsWritten()
        {
            for (int i = 0; i < Size; i++)
            {
                if (_buffer[i] != _written[i])
                {
                    return false;
                }
            }

            return true;
        }

        private uint GetGeneration()
        {
            return LittleEndian.ReadUInt32(_buffer, 4);
        }

        private void Take(int file)
        {
            _file = file;
            _generation = GetGeneration();
            _lastSequence = LittleEndian.ReadUInt32(_buffer, 8);
            _slot0.Read(_buffer, SlotsOffset);
            _slot1.Read(_buffer, SlotsOffset + SlotSize);
        }
    }
}
