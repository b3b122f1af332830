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
    /// Layout: u32 magic, u32 generation, whatever the record has, u32 CRC-32 over all of it, because flash may persist the parts
    /// of a write in any order. The first record of a board goes to the first file and then to the second, and counts as saved
    /// only with both: so a second file, or two of them, of which none is whole, once was a record, and a single first one that is
    /// not whole never was.
    /// </remarks>
    internal sealed class TwinFile
    {
        /// <summary>Index of the first byte of a record that belongs to its user.</summary>
        internal const int Offset = 8;

        private const int GenerationOffset = 4;
        private const int CrcLength = 4;

        private readonly IFileStore _files;
        private readonly string _first;
        private readonly string _second;
        private readonly uint _magic;
        private readonly byte[] _kept;
        private readonly byte[] _read;
        private int _file; // the file that holds what was saved last, -1 = none

        /// <summary>Two files.</summary>
        /// <param name="files">Where they are.</param>
        /// <param name="first">Name of the first.</param>
        /// <param name="second">Name of the second.</param>
        /// <param name="magic">What a record begins with.</param>
        /// <param name="length">Bytes of a record, with <see cref="Offset"/> before and the CRC-32 behind what its user has.</param>
        internal TwinFile(IFileStore files, string first, string second, uint magic, int length)
        {
            _files = files;
            _first = first;
            _second = second;
            _magic = magic;
            _kept = new byte[length];
            _read = new byte[length];
            Record = new byte[length];
            _file = -1;
        }

        /// <summary>The record, to be changed and then saved.</summary>
        internal byte[] Record { get; }

        /// <summary>True when there is a record that holds.</summary>
        internal bool Exists
        {
            get { return _file >= 0; }
        }

        /// <summary>True when there was a record of which no file is whole, or a file could not even be read: what it says is unknown.</summary>
        internal bool Lost { get; private set; }

        /// <summary>How many times a file was written or deleted since the start.</summary>
        internal int Writes { get; private set; }

        /// <summary>Takes the newest whole record, and restores its lost or old copy.</summary>
        internal void Load()
        {
            _file = -1;
            Lost = false;
            Array.Clear(_kept, 0, _kept.Length);
            Array.Clear(Record, 0, Record.Length);
            try
            {
                bool whole0 = Take(0);
                uint generation0 = whole0 ? Generation : 0;
                bool whole1 = Take(1);
                bool same = whole0 && whole1 && generation0 == LittleEndian.ReadUInt32(_read, GenerationOffset);
                if (_file >= 0 && !same)
                {
                    Store(1 - _file, _kept);
                }

                Lost = _file < 0 && _files.GetLength(_second) >= 0;
            }
            catch (Exception)
            {
                _file = -1;
                Lost = true;
            }

            Array.Copy(_kept, 0, Record, 0, Record.Length);
        }

        /// <summary>Makes <see cref="Record"/> durable.</summary>
        /// <returns>
        /// Ok. Else the record is again what it was before: StorageFailed, or StorageUnknown when the flash may hold either.
        /// </returns>
        internal RequestStatus Save()
        {
            RequestStatus status = Lost ? RequestStatus.StorageFailed : Write();
            if (status != RequestStatus.Ok)
            {
                Array.Copy(_kept, 0, Record, 0, Record.Length);
            }

            return status;
        }

        private RequestStatus Write()
        {
            int target = _file == 0 ? 1 : 0;
            bool isFirst = _file < 0;
            int crc = Record.Length - CrcLength;
            LittleEndian.WriteUInt32(Record, 0, _magic);
            LittleEndian.WriteUInt32(Record, GenerationOffset, Generation + 1);
            LittleEndian.WriteUInt32(Record, crc, Checksum.Crc32(Record, 0, crc));

            // Once more if the first attempt fails: a file system that reported an error may have done half of it.
            bool done = Store(target, Record) || Store(target, Record);
            if (done && (Store(1 - target, Record) || Store(1 - target, Record) || !isFirst))
            {
                Array.Copy(Record, 0, _kept, 0, Record.Length);
                _file = target;
                return RequestStatus.Ok;
            }

            return (isFirst ? Remove(_second) && Remove(_first) : Store(target, _kept)) ? RequestStatus.StorageFailed : RequestStatus.StorageUnknown;
        }

        private uint Generation
        {
            get { return LittleEndian.ReadUInt32(_kept, GenerationOffset); }
        }

        private string NameOf(int file)
        {
            return file == 0 ? _first : _second;
        }

        /// <summary>Reads a file; if it is whole and newer, it is what was saved last.</summary>
        private bool Take(int file)
        {
            int crc = _read.Length - CrcLength;
            bool whole = _files.Read(NameOf(file), 0, _read, 0, _read.Length) == _read.Length
                && LittleEndian.ReadUInt32(_read, 0) == _magic
                && LittleEndian.ReadUInt32(_read, crc) == Checksum.Crc32(_read, 0, crc);
            if (whole && (_file < 0 || LittleEndian.ReadUInt32(_read, GenerationOffset) > Generation))
            {
                Array.Copy(_read, 0, _kept, 0, _kept.Length);
                _file = file;
            }

            return whole;
        }

        /// <summary>Writes a file and believes only what it reads back.</summary>
        private bool Store(int file, byte[] record)
        {
            Writes++;
            try
            {
                _files.Write(NameOf(file), record, 0, record.Length);
                bool equal = _files.Read(NameOf(file), 0, _read, 0, _read.Length) == _read.Length;
                for (int i = 0; equal && i < record.Length; i++)
                {
                    equal = _read[i] == record[i];
                }

                return equal;
            }
            catch (Exception)
            {
                return false;
            }
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
