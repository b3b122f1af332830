using System;
using NeuralEdge.Board.Storage;
using NeuralEdge.Models;

namespace NeuralEdge.Board.Security
{
    /// <summary>
    /// The keys of a board and what belongs to them, durable: kept twice, in files that no request reads. A board without these
    /// files is open; one whose files are rotten is keyed with nobody's key.
    /// </summary>
    /// <remarks>
    /// <para>Record, little endian, 104 bytes: u32 magic "NEKY", u32 generation, u8 flags (bit 0 keyed, bit 1 reading closed), u8 wrong
    /// tags in a row, u16 0, u32 highest security number ever confirmed, u32 starts, 16 bytes salt, 32 bytes key, 32 bytes
    /// replacement key, u32 CRC-32.</para>
    /// <para>It is written when keys come or go, at the first nonce after each start, for each of the first ten wrong tags in a row
    /// and the right one after them, and when a model of a higher security number is confirmed; nobody without the key can
    /// have it written more often.</para>
    /// </remarks>
    public sealed class BoardKeys
    {
        private const uint Magic = 0x594B454E; // "NEKY"
        private const int Length = 104;
        private const int FlagsOffset = TwinFile.Offset;
        private const int FailuresOffset = FlagsOffset + 1;
        private const int NumberOffset = 12;
        private const int StartsOffset = 16;
        private const int SaltOffset = 20;
        private const int KeyOffset = SaltOffset + KeyedMessages.SaltLength;
        private const int ReplacementOffset = KeyOffset + KeyedMessages.KeyLength;
        private const int KeyedFlag = 1;
        private const int ClosedFlag = 2;

        private readonly IMessageAuthentication _authentication;
        private readonly TwinFile _file;
        private readonly byte[] _key = new byte[KeyedMessages.KeyLength];
        private readonly byte[] _replacement = new byte[KeyedMessages.KeyLength];
        private readonly byte[] _ids = new byte[2 * KeyedMessages.KeyIdLength];
        private int _writesTaken;

        /// <summary>The keys of a board; <see cref="Start"/> before anything else.</summary>
        /// <param name="files">The board's flash.</param>
        /// <param name="authentication">HMAC-SHA256; null for a board that cannot be keyed.</param>
        internal BoardKeys(IFileStore files, IMessageAuthentication authentication)
        {
            _authentication = authentication;
            _file = new TwinFile(files, "k0.key", "k1.key", Magic, Length, true);
        }

        /// <summary>Who may do what.</summary>
        public SecurityMode Mode { get; private set; }

        /// <summary>The highest security number ever confirmed.</summary>
        public uint SecurityNumber
        {
            get { return LittleEndian.ReadUInt32(_file.Record, NumberOffset); }
        }

        /// <summary>Whether the board can be keyed at all.</summary>
        internal bool CanBeKeyed
        {
            get { return _authentication != null; }
        }

        /// <summary>Whether nobody's tag is right, whatever it is.</summary>
        internal bool IsNobodys
        {
            get { return Mode == SecurityMode.Lost || Mode == SecurityMode.WithoutCode; }
        }

        /// <summary>Whether a key is needed to change the board.</summary>
        internal bool IsKeyed
        {
            get { return Mode != SecurityMode.Open; }
        }

        /// <summary>The key to use.</summary>
        internal byte[] Key
        {
            get { return _key; }
        }

        /// <summary>The key that replaces both, and does nothing else.</summary>
        internal byte[] Replacement
        {
            get { return _replacement; }
        }

        /// <summary>What tells the two keys from others, four bytes each.</summary>
        internal byte[] Ids
        {
            get { return _ids; }
        }

        /// <summary>Wrong tags in a row, as far as they were counted before the last start.</summary>
        internal int Failures
        {
            get { return _file.Record[FailuresOffset]; }
        }

        /// <summary>Reads the record.</summary>
        internal void Start()
        {
            _file.Load();
            Take();
        }

        /// <summary>Changes to flash since this was asked last.</summary>
        internal int TakeWrites()
        {
            int writes = _file.Writes - _writesTaken;
            _writesTaken = _file.Writes;
            return writes;
        }

        /// <summary>Computes a code.</summary>
        internal byte[] Compute(byte[] key, byte[] message)
        {
            return _authentication.Compute(key, message);
        }

        /// <summary>Counts a start, so that its nonces are none of those before, even if either file rots.</summary>
        internal RequestStatus CountStart()
        {
            LittleEndian.WriteUInt32(_file.Record, StartsOffset, LittleEndian.ReadUInt32(_file.Record, StartsOffset) + 1);
            return SaveTwice(RequestStatus.StorageFailed);
        }

        /// <summary>Keeps how many tags in a row were wrong. That it may fail changes nothing until the next start.</summary>
        internal void KeepFailures(int failures)
        {
            _file.Record[FailuresOffset] = (byte)failures;
            _file.Save();
        }

        /// <summary>Keeps the number of a model that is being confirmed, if it is the highest.</summary>
        internal RequestStatus RaiseNumber(uint number)
        {
            if (number <= SecurityNumber && _file.IsTwice)
            {
                return RequestStatus.Ok;
            }

            if (number > SecurityNumber)
            {
                LittleEndian.WriteUInt32(_file.Record, NumberOffset, number);
            }

            return SaveTwice(RequestStatus.StorageFailed);
        }

        /// <summary>The code that a nonce is the beginning of.</summary>
        internal byte[] Nonce(uint count)
        {
            return Compute(_key, KeyedMessages.OfNonce(_file.Record, SaltOffset, LittleEndian.ReadUInt32(_file.Record, StartsOffset), count));
        }

        /// <summary>Uncovers keys that came in a signed request.</summary>
        internal void Uncover(byte[] nonce, byte[] data, int at)
        {
            KeyedMessages.Cover(_authentication, _replacement, nonce, data, at);
        }

        /// <summary>Takes new keys, or none.</summary>
        /// <param name="data">Where PROVISION's data is, its keys uncovered.</param>
        /// <param name="at">Index of the flags.</param>
        /// <param name="length">Bytes of it.</param>
        /// <returns>Ok, BadRequest, StorageFailed, or StorageUnknown.</returns>
        internal RequestStatus Provision(byte[] data, int at, int length)
        {
            bool opens = length == 1 && data[at] == KeyedMessages.Open && IsKeyed;
            if (!opens && (length != KeyedMessages.ProvisionLength || data[at] > KeyedMessages.CloseReading || !AreGood(data, at + 1)))
            {
                return RequestStatus.BadRequest;
            }

            byte[] record = _file.Record;
            record[FailuresOffset] = 0;
            if (opens)
            {
                record[FlagsOffset] = 0;
                Array.Clear(record, KeyOffset, 2 * KeyedMessages.KeyLength);
            }
            else
            {
                record[FlagsOffset] = (byte)(KeyedFlag | (data[at] == KeyedMessages.CloseReading ? ClosedFlag : 0));
                Array.Copy(data, at + 1, record, KeyOffset, 2 * KeyedMessages.KeyLength);
                Array.Copy(data, at + 1 + 2 * KeyedMessages.KeyLength, record, SaltOffset, KeyedMessages.SaltLength);
            }

            RequestStatus status = SaveTwice(RequestStatus.StorageUnknown);
            Take();
            return status;
        }

        /// <summary>
        /// Saves the record and is content with both files only: when the one that holds it rots, the other must not bring back keys
        /// that were replaced, a number that was too low, or nonces that were given.
        /// </summary>
        /// <param name="once">What to say if one file holds it.</param>
        private RequestStatus SaveTwice(RequestStatus once)
        {
            RequestStatus status = _file.Save();
            return status == RequestStatus.Ok && !_file.IsTwice ? once : status;
        }

        // Neither of a key that somebody forgot to fill in, nor of one that cannot replace the other.
        private static bool AreGood(byte[] data, int at)
        {
            int first = 0;
            int second = 0;
            int difference = 0;
            for (int i = 0; i < KeyedMessages.KeyLength; i++)
            {
                first |= data[at + i];
                second |= data[at + KeyedMessages.KeyLength + i];
                difference |= data[at + i] ^ data[at + KeyedMessages.KeyLength + i];
            }

            return first != 0 && second != 0 && difference != 0;
        }

        private void Take()
        {
            byte[] record = _file.Record;
            bool isKeyed = (record[FlagsOffset] & KeyedFlag) != 0;
            Array.Copy(record, KeyOffset, _key, 0, _key.Length);
            Array.Copy(record, ReplacementOffset, _replacement, 0, _replacement.Length);
            bool isLost = _file.Lost || _file.Unreadable;
            if (isLost || (isKeyed && !CanBeKeyed))
            {
                Mode = isLost ? SecurityMode.Lost : SecurityMode.WithoutCode;
                return;
            }

            Mode = !isKeyed ? SecurityMode.Open : (record[FlagsOffset] & ClosedFlag) != 0 ? SecurityMode.ReadingClosed : SecurityMode.Keyed;
            if (isKeyed)
            {
                byte[] message = KeyedMessages.OfKeyId();
                Array.Copy(Compute(_key, message), 0, _ids, 0, KeyedMessages.KeyIdLength);
                Array.Copy(Compute(_replacement, message), 0, _ids, KeyedMessages.KeyIdLength, KeyedMessages.KeyIdLength);
            }
        }
    }
}
