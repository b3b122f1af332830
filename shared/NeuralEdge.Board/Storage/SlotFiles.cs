using System;
using NeuralEdge.Models;
using NeuralEdge.Numerics;

namespace NeuralEdge.Board.Storage
{
    /// <summary>The two slot files: a header that says which model is, or is to be, in the slot, and the model file behind it.</summary>
    /// <remarks>
    /// m0.nem and m1.nem. The header has 20 bytes, little endian: u32 magic "NESL", u32 sequence, u32 length, u32 digest, u32
    /// CRC-32 of the 16 bytes before. No method throws.
    /// </remarks>
    internal sealed class SlotFiles
    {
        internal const int SmallestModel = ModelFormat.HeaderLength + ModelFormat.TrailerLength;

        private const uint Magic = 0x4C53454E; // "NESL"
        private const int HeaderSize = 20;
        private const int CrcOffset = 16;

        private readonly IFileStore _files;
        private readonly int _maxBytes;
        private readonly byte[] _buffer = new byte[HeaderSize];
        private readonly SlotRecord _header0 = new SlotRecord();
        private readonly SlotRecord _header1 = new SlotRecord();

        internal SlotFiles(IFileStore files, int maxBytes)
        {
            _files = files;
            _maxBytes = maxBytes;
        }

        /// <summary>Longest model file in bytes.</summary>
        internal int MaxBytes
        {
            get { return _maxBytes; }
        }

        /// <summary>A header could not even be read at the start.</summary>
        internal bool Unreadable { get; private set; }

        /// <summary>The highest upload number in a header, 0 when there is none.</summary>
        internal uint HighestSequence
        {
            get { return _header0.Sequence > _header1.Sequence ? _header0.Sequence : _header1.Sequence; }
        }

        /// <summary>What the header of a slot says (sequence 0: nothing).</summary>
        internal SlotRecord GetHeader(int slot)
        {
            return slot == 1 ? _header1 : _header0;
        }

        /// <summary>Reads both headers.</summary>
        internal void ReadHeaders()
        {
            ReadHeader(0);
            ReadHeader(1);
        }

        /// <summary>Makes a slot empty but for a new header, and believes only what it reads back.</summary>
        /// <returns>False when the file system failed: the header in memory is then the one that is in flash, or none.</returns>
        internal bool Create(int slot, SlotRecord record)
        {
            LittleEndian.WriteUInt32(_buffer, 0, Magic);
            record.Write(_buffer, 4);
            LittleEndian.WriteUInt32(_buffer, CrcOffset, Checksum.Crc32(_buffer, 0, CrcOffset));
            SlotRecord header = GetHeader(slot);
            try
            {
                _files.Write(NameOf(slot), _buffer, 0, HeaderSize);
            }
            catch (Exception)
            {
                // It may be there all the same.
            }

            ReadHeaderAgain(slot);
            return header.Equal(record) && GetHeldLength(slot) == 0;
        }

        /// <summary>Reads one header again; one that cannot be read is none.</summary>
        internal void ReadHeaderAgain(int slot)
        {
            if (!TryReadHeader(slot))
            {
                GetHeader(slot).Clear();
            }
        }

        /// <summary>Adds bytes to the model file in a slot.</summary>
        /// <returns>False when the file system failed; how much was written is then unknown.</returns>
        internal bool Append(int slot, byte[] data, int offset, int count)
        {
            try
            {
                _files.Append(NameOf(slot), data, offset, count);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <summary>Deletes a slot's file. That it may fail changes nothing: the header in memory is gone.</summary>
        internal void Delete(int slot)
        {
            GetHeader(slot).Clear();
            try
            {
                _files.Delete(NameOf(slot));
            }
            catch (Exception)
            {
            }
        }

        /// <summary>Bytes of the model file in a slot; negative when there is no file or it cannot be read.</summary>
        internal int GetHeldLength(int slot)
        {
            try
            {
                return _files.GetLength(NameOf(slot)) - HeaderSize;
            }
            catch (Exception)
            {
                return -1;
            }
        }

        /// <summary>Reads bytes of the model file in a slot.</summary>
        /// <param name="slot">The slot.</param>
        /// <param name="length">Bytes of the model file that count.</param>
        /// <param name="position">Index in the model file of the first byte.</param>
        /// <param name="buffer">Where the bytes go.</param>
        /// <param name="offset">Index of the first byte written.</param>
        /// <param name="count">How many bytes.</param>
        /// <returns>How many bytes were read; fewer than asked at the end and on failure.</returns>
        internal int Read(int slot, int length, int position, byte[] buffer, int offset, int count)
        {
            if (position < 0 || position >= length || count <= 0)
            {
                return 0;
            }

            if (count > length - position)
            {
                count = length - position;
            }

            try
            {
                return _files.Read(NameOf(slot), HeaderSize + position, buffer, offset, count);
            }
            catch (Exception)
            {
                return 0;
            }
        }

        private static string NameOf(int slot)
        {
            return slot == 1 ? "m1.nem" : "m0.nem";
        }

        private void ReadHeader(int slot)
        {
            if (!TryReadHeader(slot))
            {
                Unreadable = true;
            }
        }

        /// <summary>Reads a header; one that is not whole, or cannot be of a model, is none.</summary>
        /// <returns>False when it could not be read.</returns>
        private bool TryReadHeader(int slot)
        {
            SlotRecord header = GetHeader(slot);
            header.Clear();
            try
            {
                if (_files.Read(NameOf(slot), 0, _buffer, 0, HeaderSize) != HeaderSize
                    || LittleEndian.ReadUInt32(_buffer, 0) != Magic
                    || LittleEndian.ReadUInt32(_buffer, CrcOffset) != Checksum.Crc32(_buffer, 0, CrcOffset))
                {
                    return true;
                }
            }
            catch (Exception)
            {
                return false;
            }

            header.Read(_buffer, 4);
            if (header.Length < SmallestModel || header.Length > _maxBytes)
            {
                header.Clear();
            }

            return true;
        }
    }
}
