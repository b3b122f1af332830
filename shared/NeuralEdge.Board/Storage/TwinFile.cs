using System;
using NeuralEdge.Models;
using NeuralEdge.Numerics;

namespace NeuralEdge.Board.Storage
{
    /// <summary>
    /// A small record that is kept in two files, each replaced only while the other is good: what was saved holds, or what was
    /// there before.
    /// </summary>
    /// <remarks>
    /// <para>Layout, little endian: u32 magic, u32 generation, whatever the record has, u32 CRC-32 over all of it, because flash may
    /// persist the parts of a write in any order. What was saved to one file is copied to the other, so that a rotten bit in either
    /// costs nothing. A write that reports an error may have been done all the same: both files are read back, and what they cannot
    /// tell is in doubt until something else is known to hold.</para>
    /// <para>A record that must never pass for one that never was is saved the first time in three steps: a mark of four bytes to the
    /// second file, the record to the first, the record to the second; it counts as saved only then. So a power cut in between leaves
    /// the mark or nothing in the second file, and whatever else is found without a whole record once was one.</para>
    /// </remarks>
    internal sealed class TwinFile
    {
        /// <summary>Index of the first byte of a record that belongs to its user.</summary>
        internal const int Offset = 8;

        private const int GenerationOffset = 4;
        private const int CrcLength = 4;
        private const int MarkLength = 4;
        private const uint Mark = 0x2157454E; // "NEW!"

        private readonly IFileStore _files;
        private readonly string _first;
        private readonly string _second;
        private readonly uint _magic;
        private readonly byte[] _kept;
        private readonly byte[] _read;
        private readonly byte[] _mark; // null: a record that is lost may pass for one that never was
        private readonly bool _isMirrored;
        private int _file; // the file that holds what was saved last, -1 = none

        /// <summary>Two files.</summary>
        /// <param name="files">Where they are.</param>
        /// <param name="first">Name of the first.</param>
        /// <param name="second">Name of the second.</param>
        /// <param name="magic">What a record begins with.</param>
        /// <param name="length">Bytes of a record, with <see cref="Offset"/> before and the CRC-32 behind what its user has.</param>
        /// <param name="tellsLost">Whether a record that is lost must be told from one that never was.</param>
        /// <param name="isMirrored">
        /// Whether both files get each record. Without, half as much is written, and a file that rots costs what was saved last: for counts.
        /// </param>
        internal TwinFile(IFileStore files, string first, string second, uint magic, int length, bool tellsLost, bool isMirrored = true)
        {
            _files = files;
            _isMirrored = isMirrored;
            _first = first;
            _second = second;
            _magic = magic;
            _kept = new byte[length];
            _read = new byte[length];
            Record = new byte[length];
            if (tellsLost)
            {
                _mark = new byte[MarkLength];
                LittleEndian.WriteUInt32(_mark, 0, Mark);
            }

            _file = -1;
        }

        /// <summary>The record, to be changed and then saved.</summary>
        internal byte[] Record { get; }

        /// <summary>True when both files hold the record: one of them may rot.</summary>
        internal bool IsTwice { get; private set; }

        /// <summary>A file could not even be read: what it says is unknown, so nothing may be written.</summary>
        internal bool Unreadable { get; private set; }

        /// <summary>True when there was a record of which no file is whole.</summary>
        internal bool Lost { get; private set; }

        /// <summary>What was not reported as saved may be in flash: which record the next start takes is unknown until another is saved.</summary>
        internal bool InDoubt { get; private set; }

        /// <summary>How many times a file was written or deleted since the start.</summary>
        internal int Writes { get; private set; }

        private uint Generation
        {
            get { return LittleEndian.ReadUInt32(_kept, GenerationOffset); }
        }

        /// <summary>Takes the newest whole record, and restores its lost or old copy; once, before anything else.</summary>
        internal void Load()
        {
            Take(0);
            Take(1);
            IsTwice = _file >= 0 && Holds(NameOf(1 - _file), _kept);
            if (_file >= 0 && !Unreadable && !IsTwice)
            {
                Mirror();
            }

            Lost = _file < 0 && _mark != null && !Unreadable && !IsNew();
            Array.Copy(_kept, 0, Record, 0, Record.Length);
        }

        /// <summary>Makes <see cref="Record"/> durable.</summary>
        /// <returns>
        /// Ok: it holds, if both files do so or neither rots. Else the record is again what it was before: StorageFailed, or
        /// StorageUnknown when the next start may find either, see <see cref="InDoubt"/>.
        /// </returns>
        internal RequestStatus Save()
        {
            RequestStatus status = Unreadable || Lost ? RequestStatus.StorageFailed
                : _file < 0 && _mark != null ? SaveFirst()
                : SaveNext();
            if (status != RequestStatus.Ok)
            {
                Array.Copy(_kept, 0, Record, 0, Record.Length);
            }

            return status;
        }

        private RequestStatus SaveNext()
        {
            // A file that has rotted since it was read is the one to write.
            if (_file >= 0 && !Holds(NameOf(_file), _kept) && Holds(NameOf(1 - _file), _kept))
            {
                _file = 1 - _file;
            }

            Seal();

            // Never the file that holds what was saved last. Once more if the first attempt fails: a file system that reported an
            // error may have done half of it.
            int target = _file == 0 ? 1 : 0;
            RequestStatus status = StoreTwice(NameOf(target), Record) ? RequestStatus.Ok : ReadBack(target);
            InDoubt = status == RequestStatus.StorageUnknown;
            IsTwice = false;
            if (status == RequestStatus.Ok)
            {
                Keep(Record, target);
                Mirror();
            }

            return status;
        }

        private RequestStatus SaveFirst()
        {
            Seal();

            // What is in the first file without a record in the second must never be without the mark.
            if (!Holds(_second, _mark) && (Exists(_first) || !StoreTwice(_second, _mark)))
            {
                return InDoubt ? RequestStatus.StorageUnknown : RequestStatus.StorageFailed;
            }

            bool isFirst = StoreTwice(_first, Record);
            if (isFirst && StoreTwice(_second, Record))
            {
                Keep(Record, 0);
                IsTwice = true;
                InDoubt = false;
                return RequestStatus.Ok;
            }

            // Back by the same steps.
            InDoubt = (isFirst && !StoreTwice(_second, _mark)) || !Remove(_first);
            if (InDoubt)
            {
                return RequestStatus.StorageUnknown;
            }

            Remove(_second);
            return RequestStatus.StorageFailed;
        }

        /// <summary>After a write that failed: what the next start would find.</summary>
        private RequestStatus ReadBack(int target)
        {
            try
            {
                bool isKept = _file < 0 || (IsWhole(_file) && LittleEndian.ReadUInt32(_read, GenerationOffset) == Generation);
                if (IsWhole(target))
                {
                    if (Holds(NameOf(target), Record))
                    {
                        return RequestStatus.Ok;
                    }

                    if (_file < 0 || LittleEndian.ReadUInt32(_read, GenerationOffset) > Generation)
                    {
                        // What was in doubt before: it is there.
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

        /// <summary>Copies what was saved last to the other file; that it may fail shows in <see cref="IsTwice"/>.</summary>
        private void Mirror()
        {
            IsTwice = _isMirrored && StoreTwice(NameOf(1 - _file), _kept);
        }

        /// <summary>Without a whole record: whether there never was one.</summary>
        private bool IsNew()
        {
            try
            {
                bool hasFirst = _files.GetLength(_first) >= 0;
                int length = _files.GetLength(_second);
                if (Holds(_second, _mark))
                {
                    return true;
                }

                // No file, a mark with whatever a write has left behind it, or one that a power cut has torn: shorter than a record,
                // and nothing that one begins with.
                Array.Clear(_read, 0, MarkLength);
                _files.Read(_second, 0, _read, 0, MarkLength);
                uint begin = LittleEndian.ReadUInt32(_read, 0);
                return !hasFirst && (begin == Mark || (length < _read.Length && begin != _magic));
            }
            catch (Exception)
            {
                Unreadable = true;
                return false;
            }
        }

        private void Seal()
        {
            int crc = Record.Length - CrcLength;
            LittleEndian.WriteUInt32(Record, 0, _magic);
            LittleEndian.WriteUInt32(Record, GenerationOffset, Generation + 1);
            LittleEndian.WriteUInt32(Record, crc, Checksum.Crc32(Record, 0, crc));
        }

        private void Keep(byte[] record, int file)
        {
            Array.Copy(record, 0, _kept, 0, _kept.Length);
            _file = file;
        }

        private bool Exists(string name)
        {
            try
            {
                return _files.GetLength(name) >= 0;
            }
            catch (Exception)
            {
                return true;
            }
        }

        private string NameOf(int file)
        {
            return file == 1 ? _second : _first;
        }

        /// <summary>Reads a file; if it is whole and newer, it is what was saved last.</summary>
        private void Take(int file)
        {
            try
            {
                if (IsWhole(file) && (_file < 0 || LittleEndian.ReadUInt32(_read, GenerationOffset) > Generation))
                {
                    Keep(_read, file);
                }
            }
            catch (Exception)
            {
                Unreadable = true;
            }
        }

        /// <summary>Reads a file, and says whether it is a record.</summary>
        private bool IsWhole(int file)
        {
            int crc = _read.Length - CrcLength;
            return _files.Read(NameOf(file), 0, _read, 0, _read.Length) == _read.Length
                && LittleEndian.ReadUInt32(_read, 0) == _magic
                && LittleEndian.ReadUInt32(_read, crc) == Checksum.Crc32(_read, 0, crc);
        }

        private bool StoreTwice(string name, byte[] content)
        {
            return Store(name, content) || Store(name, content);
        }

        /// <summary>Writes a file and believes only what it reads back.</summary>
        private bool Store(string name, byte[] content)
        {
            Writes++;
            try
            {
                _files.Write(name, content, 0, content.Length);
            }
            catch (Exception)
            {
                return false;
            }

            return Holds(name, content);
        }

        /// <summary>Whether a file is this and no more; not, if it cannot be read.</summary>
        private bool Holds(string name, byte[] content)
        {
            try
            {
                if (_files.GetLength(name) != content.Length || _files.Read(name, 0, _read, 0, content.Length) != content.Length)
                {
                    return false;
                }
            }
            catch (Exception)
            {
                return false;
            }

            for (int i = 0; i < content.Length; i++)
            {
                if (_read[i] != content[i])
                {
                    return false;
                }
            }

            return true;
        }

        private bool Remove(string name)
        {
            Writes++;
            try
            {
                _files.Delete(name);
                return _files.GetLength(name) < 0;
            }
            catch (Exception)
            {
                return false;
            }
        }
    }
}
