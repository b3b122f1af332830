using System;
using NeuralEdge.Models;
using NeuralEdge.Numerics;

namespace NeuralEdge.Board.Storage
{
    /// <summary>
    /// Keeps the confirmed model through every power cut: two slots for model files and a journal that says which of
    /// them was confirmed. The slot of the active model is never written.
    /// </summary>
    /// <remarks>
    /// <para>Files: m0.nem and m1.nem (slots), j0.log and j1.log (the journal, kept twice). A slot is a header of
    /// 20 bytes, little endian {u32 magic "NESL", u32 sequence, u32 length, u32 digest, u32 CRC-32 of the 16 bytes
    /// before}, followed by the model file. A model is confirmed when the journal names its slot with the same
    /// sequence, length and digest; sequences are never used twice, so an upload cannot inherit a confirmation.</para>
    /// <para>The store knows identities, not models: whoever loads a model checks its content (CRC-32, structure,
    /// golden vectors) and calls <see cref="SkipActive"/> when it cannot be used.</para>
    /// <para>When both copies of the journal are lost nothing is known to be confirmed, and the factory model is
    /// active: a model that nobody confirmed may be the very one that must not run. The slots stay as they are, so
    /// uploading the lost model again resumes at its end and needs only the test and the confirmation.</para>
    /// <para>No method throws, allocates, or does more than a few file operations.</para>
    /// </remarks>
    public sealed class ModelStore
    {
        /// <summary>The slot number that stands for the factory model.</summary>
        public const int Factory = -1;

        /// <summary>Bytes read and checked by one <see cref="StepCheck"/>; also the block of <see cref="PrefixCheck"/>.</summary>
        public const int CheckBlock = 256;

        private const uint Magic = 0x4C53454E; // "NESL"
        private const int HeaderSize = 20;
        private const int HeaderCrcOffset = 16;
        private const int SmallestModel = ModelFormat.HeaderLength + ModelFormat.TrailerLength;

        private readonly IFileStore _files;
        private readonly int _maxBytes;
        private readonly Journal _journal;
        private readonly byte[] _block = new byte[4 + CheckBlock];
        private readonly SlotRecord _header0 = new SlotRecord();
        private readonly SlotRecord _header1 = new SlotRecord();
        private readonly SlotRecord _upload = new SlotRecord();
        private bool _skipped0;
        private bool _skipped1;
        private bool _headerUnreadable;
        private int _target;
        private int _received;
        private int _checked;

        /// <summary>A store over a file system; <see cref="Start"/> before anything else.</summary>
        /// <param name="files">The board's flash.</param>
        /// <param name="maxBytes">Longest model file in bytes.</param>
        public ModelStore(IFileStore files, int maxBytes)
        {
            _files = files;
            _maxBytes = maxBytes;
            _journal = new Journal(files);
            ActiveSlot = Factory;
        }

        /// <summary>Slot of the confirmed model, 0 or 1, or <see cref="Factory"/>.</summary>
        public int ActiveSlot { get; private set; }

        /// <summary>Upload number of the confirmed model; 0 for the factory model.</summary>
        public uint ActiveSequence
        {
            get { return ActiveSlot == Factory ? 0 : _journal.GetSlot(ActiveSlot).Sequence; }
        }

        /// <summary>Length of the confirmed model's file in bytes; 0 for the factory model.</summary>
        public int ActiveLength
        {
            get { return ActiveSlot == Factory ? 0 : _journal.GetSlot(ActiveSlot).Length; }
        }

        /// <summary>The confirmed model's CRC-32, the last four bytes of its file; 0 for the factory model.</summary>
        public uint ActiveDigest
        {
            get { return ActiveSlot == Factory ? 0 : _journal.GetSlot(ActiveSlot).Digest; }
        }

        /// <summary>What is going on besides the confirmed model.</summary>
        public StoreState State { get; private set; }

        /// <summary>Length of the file being uploaded or tested, 0 when there is none.</summary>
        public int UploadLength
        {
            get { return State == StoreState.Idle ? 0 : _upload.Length; }
        }

        /// <summary>Digest of the file being uploaded or tested, 0 when there is none.</summary>
        public uint UploadDigest
        {
            get { return State == StoreState.Idle ? 0 : _upload.Digest; }
        }

        /// <summary>Upload number of the file being uploaded or tested, 0 when there is none.</summary>
        public uint UploadSequence
        {
            get { return State == StoreState.Idle ? 0 : _upload.Sequence; }
        }

        /// <summary>Slot of the file being uploaded or tested, or -1.</summary>
        public int UploadSlot
        {
            get { return State == StoreState.Idle ? -1 : _target; }
        }

        /// <summary>How many bytes of the upload are held, from the first on; the next must continue there.</summary>
        public int ReceivedLength
        {
            get { return State == StoreState.Idle ? 0 : _received; }
        }

        /// <summary>
        /// Check value of the bytes held when the upload was begun: c = 0, then for each block of 256 bytes (the
        /// last may be shorter) c = CRC-32 of (c as four bytes, little endian, followed by the block).
        /// </summary>
        public uint PrefixCheck { get; private set; }

        /// <summary>True when there are journal files but no whole snapshot in any: confirmations are lost.</summary>
        public bool JournalDamaged
        {
            get { return _journal.Damaged; }
        }

        /// <summary>
        /// True when a file could not be read at the start. What it says is unknown, so the store writes nothing
        /// until the next start.
        /// </summary>
        public bool ReadOnly
        {
            get { return _journal.Unreadable || _headerUnreadable; }
        }

        /// <summary>
        /// Finds the confirmed model: the newest one that the journal and its slot agree on, else the factory model.
        /// An upload that was not confirmed is no longer in test; its bytes can be resumed.
        /// </summary>
        public void Start()
        {
            State = StoreState.Idle;
            _skipped0 = false;
            _skipped1 = false;
            _headerUnreadable = false;
            _journal.Load();
            ReadHeader(0, _header0);
            ReadHeader(1, _header1);
            Choose();
        }

        /// <summary>
        /// Sets the active model aside for this run because its content cannot be used: the next confirmed one, or
        /// the factory model, becomes active. Nothing is written: a read error may not be there next time.
        /// </summary>
        public void SkipActive()
        {
            if (ActiveSlot == 0)
            {
                _skipped0 = true;
            }
            else if (ActiveSlot == 1)
            {
                _skipped1 = true;
            }

            Choose();
        }

        /// <summary>Reads bytes of the confirmed model's file.</summary>
        /// <param name="position">Index in the model file of the first byte.</param>
        /// <param name="buffer">Where the bytes go.</param>
        /// <param name="offset">Index of the first byte written.</param>
        /// <param name="count">How many bytes.</param>
        /// <returns>How many bytes were read; fewer than asked at the end, for the factory model (0) and on failure.</returns>
        public int ReadActive(int position, byte[] buffer, int offset, int count)
        {
            return ActiveSlot == Factory ? 0 : ReadSlot(ActiveSlot, ActiveLength, position, buffer, offset, count);
        }

        /// <summary>Reads bytes of the file being uploaded or tested.</summary>
        /// <param name="position">Index in the model file of the first byte.</param>
        /// <param name="buffer">Where the bytes go.</param>
        /// <param name="offset">Index of the first byte written.</param>
        /// <param name="count">How many bytes.</param>
        /// <returns>How many bytes were read; fewer than asked at the end of what is held and on failure.</returns>
        public int ReadUpload(int position, byte[] buffer, int offset, int count)
        {
            return State == StoreState.Idle ? 0 : ReadSlot(_target, _received, position, buffer, offset, count);
        }

        /// <summary>
        /// Begins an upload, or resumes the one with this length and digest. A test in progress ends. When bytes are
        /// already held the state is <see cref="StoreState.Checking"/>: call <see cref="StepCheck"/> until it
        /// returns true, then compare <see cref="PrefixCheck"/>.
        /// </summary>
        /// <param name="length">Bytes of the model file.</param>
        /// <param name="digest">Its last four bytes, the CRC-32.</param>
        /// <returns>Ok, BadLength or Failed.</returns>
        public StoreResult Begin(int length, uint digest)
        {
            if (length < SmallestModel || length > _maxBytes)
            {
                return StoreResult.BadLength;
            }

            State = StoreState.Idle;
            if (ReadOnly)
            {
                return StoreResult.Failed;
            }

            PrefixCheck = 0;
            _received = 0;
            _target = ChooseTarget(length, digest);
            if (CanResume(_target, length, digest))
            {
                _upload.CopyFrom(Header(_target));
                _received = LengthOf(_target) - HeaderSize;
                _checked = 0;
                State = _received > 0 ? StoreState.Checking : StoreState.Receiving;
                return StoreResult.Ok;
            }

            _upload.Sequence = HighestSequence() + 1;
            _upload.Length = length;
            _upload.Digest = digest;
            LittleEndian.WriteUInt32(_block, 0, Magic);
            _upload.Write(_block, 4);
            LittleEndian.WriteUInt32(_block, HeaderCrcOffset, Checksum.Crc32(_block, 0, HeaderCrcOffset));

            // From here on the slot holds neither what it held nor surely the new header.
            Header(_target).Clear();
            try
            {
                _files.Write(NameOf(_target), _block, 0, HeaderSize);
            }
            catch (Exception)
            {
                return StoreResult.Failed;
            }

            Header(_target).CopyFrom(_upload);
            SetSkipped(_target, false);
            State = StoreState.Receiving;
            return StoreResult.Ok;
        }

        /// <summary>Checks the next block of the bytes held by a resumed upload.</summary>
        /// <returns>True when there is nothing left to check.</returns>
        public bool StepCheck()
        {
            if (State != StoreState.Checking)
            {
                return true;
            }

            int count = _received - _checked;
            if (count > CheckBlock)
            {
                count = CheckBlock;
            }

            LittleEndian.WriteUInt32(_block, 0, PrefixCheck);
            if (ReadSlot(_target, _received, _checked, _block, 4, count) != count)
            {
                // Unreadable: what was read so far no longer matches anything, so the other side starts afresh.
                PrefixCheck = ~PrefixCheck;
                State = StoreState.Receiving;
                return true;
            }

            PrefixCheck = Checksum.Crc32(_block, 0, 4 + count);
            _checked += count;
            if (_checked < _received)
            {
                return false;
            }

            State = StoreState.Receiving;
            return true;
        }

        /// <summary>
        /// Adds the next bytes of the upload. Bytes that begin elsewhere than at <see cref="ReceivedLength"/> are
        /// ignored: the sender sees from it where to go on.
        /// </summary>
        /// <param name="position">Index in the model file of the first byte.</param>
        /// <param name="data">Where the bytes come from.</param>
        /// <param name="offset">Index of the first byte in <paramref name="data"/>.</param>
        /// <param name="count">How many bytes.</param>
        /// <returns>Ok, NoUpload, BadLength (more bytes than announced) or Failed, which ends the upload.</returns>
        public StoreResult Append(int position, byte[] data, int offset, int count)
        {
            if (State != StoreState.Receiving)
            {
                return StoreResult.NoUpload;
            }

            if (position != _received || count == 0)
            {
                return StoreResult.Ok;
            }

            if (count < 0 || count > _upload.Length - _received)
            {
                return StoreResult.BadLength;
            }

            try
            {
                _files.Append(NameOf(_target), data, offset, count);
            }
            catch (Exception)
            {
                // How much was written is unknown; a new Begin looks.
                State = StoreState.Idle;
                return StoreResult.Failed;
            }

            _received += count;
            return StoreResult.Ok;
        }

        /// <summary>Says that the complete upload passed its tests; from now on it may be confirmed.</summary>
        /// <returns>Ok, NoUpload or Incomplete.</returns>
        public StoreResult SetTesting()
        {
            if (State != StoreState.Receiving)
            {
                return StoreResult.NoUpload;
            }

            if (_received != _upload.Length)
            {
                return StoreResult.Incomplete;
            }

            State = StoreState.Testing;
            return StoreResult.Ok;
        }

        /// <summary>Makes the tested upload the confirmed model, by one write of the journal.</summary>
        /// <returns>Ok, NoUpload (nothing in test) or Failed: then the test goes on and may be confirmed again.</returns>
        public StoreResult Confirm()
        {
            if (State != StoreState.Testing)
            {
                return StoreResult.NoUpload;
            }

            if (!_journal.Decide(_target, _upload))
            {
                return StoreResult.Failed;
            }

            ActiveSlot = _target;
            State = StoreState.Idle;
            return StoreResult.Ok;
        }

        /// <summary>Ends the upload or the test. Its bytes stay where they are and can be resumed.</summary>
        public void Abandon()
        {
            State = StoreState.Idle;
        }

        /// <summary>
        /// Ends the upload or the test and deletes its bytes, because they were refused. When deleting fails the
        /// bytes are offered for resuming again, which the other side's check of them survives.
        /// </summary>
        public void Discard()
        {
            if (State == StoreState.Idle)
            {
                return;
            }

            State = StoreState.Idle;
            Header(_target).Clear();
            try
            {
                _files.Delete(NameOf(_target));
            }
            catch (Exception)
            {
            }
        }

        /// <summary>
        /// Takes back the last step: ends a test; without one, takes back the confirmation of the active model, and
        /// the other slot's model becomes active if it is a confirmed one, else the factory model.
        /// </summary>
        /// <returns>Ok, Nothing (the factory model is active) or Failed: the active model is what it was.</returns>
        public StoreResult Revert()
        {
            if (State == StoreState.Testing)
            {
                Abandon();
                return StoreResult.Ok;
            }

            if (ActiveSlot == Factory)
            {
                return StoreResult.Nothing;
            }

            if (ReadOnly || !_journal.Decide(ActiveSlot, null))
            {
                return StoreResult.Failed;
            }

            State = StoreState.Idle;
            Choose();
            return StoreResult.Ok;
        }

        private static string NameOf(int slot)
        {
            return slot == 0 ? "m0.nem" : "m1.nem";
        }

        private SlotRecord Header(int slot)
        {
            return slot == 0 ? _header0 : _header1;
        }

        private void SetSkipped(int slot, bool skipped)
        {
            if (slot == 0)
            {
                _skipped0 = skipped;
            }
            else
            {
                _skipped1 = skipped;
            }
        }

        private bool IsConfirmed(int slot)
        {
            return Header(slot).Sequence != 0 && Header(slot).Equal(_journal.GetSlot(slot));
        }

        private void Choose()
        {
            bool usable0 = !_skipped0 && IsConfirmed(0);
            bool usable1 = !_skipped1 && IsConfirmed(1);
            if (usable0 && usable1)
            {
                ActiveSlot = _header0.Sequence > _header1.Sequence ? 0 : 1;
            }
            else
            {
                ActiveSlot = usable0 ? 0 : usable1 ? 1 : Factory;
            }
        }

        /// <summary>The slot for an upload: never the active one, else the one that loses least.</summary>
        private int ChooseTarget(int length, uint digest)
        {
            if (ActiveSlot != Factory)
            {
                return 1 - ActiveSlot;
            }

            if (CanResume(0, length, digest))
            {
                return 0;
            }

            if (CanResume(1, length, digest))
            {
                return 1;
            }

            // A confirmed model that could not be loaded may be readable at the next start.
            bool confirmed0 = IsConfirmed(0);
            if (confirmed0 != IsConfirmed(1))
            {
                return confirmed0 ? 1 : 0;
            }

            return _header0.Sequence <= _header1.Sequence ? 0 : 1;
        }

        private bool CanResume(int slot, int length, uint digest)
        {
            SlotRecord header = Header(slot);
            if (header.Sequence <= _journal.LastSequence || header.Length != length || header.Digest != digest)
            {
                return false;
            }

            int held = LengthOf(slot) - HeaderSize;
            return held >= 0 && held <= length;
        }

        private uint HighestSequence()
        {
            uint highest = _journal.LastSequence;
            if (_header0.Sequence > highest)
            {
                highest = _header0.Sequence;
            }

            if (_header1.Sequence > highest)
            {
                highest = _header1.Sequence;
            }

            return highest;
        }

        private int LengthOf(int slot)
        {
            try
            {
                return _files.GetLength(NameOf(slot));
            }
            catch (Exception)
            {
                return -1;
            }
        }

        private int ReadSlot(int slot, int length, int position, byte[] buffer, int offset, int count)
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

        private void ReadHeader(int slot, SlotRecord header)
        {
            header.Clear();
            try
            {
                if (_files.Read(NameOf(slot), 0, _block, 0, HeaderSize) != HeaderSize
                    || LittleEndian.ReadUInt32(_block, 0) != Magic
                    || LittleEndian.ReadUInt32(_block, HeaderCrcOffset) != Checksum.Crc32(_block, 0, HeaderCrcOffset))
                {
                    return;
                }
            }
            catch (Exception)
            {
                _headerUnreadable = true;
                return;
            }

            header.Read(_block, 4);
            if (header.Length < SmallestModel || header.Length > _maxBytes)
            {
                header.Clear();
            }
        }
    }
}
