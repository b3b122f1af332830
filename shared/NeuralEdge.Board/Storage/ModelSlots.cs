namespace NeuralEdge.Board.Storage
{
    /// <summary>
    /// Keeps the confirmed model through every power cut: two slots for model files and a journal that says which of
    /// them was confirmed. A <see cref="ModelUpload"/> brings new models in; the slot of the active model is never written.
    /// </summary>
    /// <remarks>
    /// <para>Files: two slots (<see cref="SlotFiles"/>) and the journal, kept twice (<see cref="Journal"/>). A model is confirmed
    /// when the journal names its slot with the same sequence, length and digest; sequences are never used twice, so an upload
    /// cannot inherit a confirmation.</para>
    /// <para>The store knows identities, not models: whoever loads a model checks its content (CRC-32, structure,
    /// golden vectors) and calls <see cref="SkipActive"/> when it cannot be used.</para>
    /// <para>When both copies of the journal are lost nothing is known to be confirmed, and the factory model is
    /// active: a model that nobody confirmed may be the very one that must not run. The slots stay as they are, so
    /// uploading the lost model again resumes at its end and needs only the test and the confirmation.</para>
    /// <para>No method throws, allocates, or does more than a few file operations.</para>
    /// </remarks>
    public sealed class ModelSlots
    {
        /// <summary>The slot number that stands for the factory model.</summary>
        public const int Factory = -1;

        private readonly SlotFiles _files;
        private readonly Journal _journal;
        private bool _skipped0;
        private bool _skipped1;
        private uint _lastGiven;
        private bool _dropsSkipped;

        /// <summary>Slots over a file system; <see cref="Start"/> before anything else.</summary>
        /// <param name="files">The board's flash.</param>
        /// <param name="maxBytes">Longest model file in bytes.</param>
        public ModelSlots(IFileStore files, int maxBytes)
        {
            _files = new SlotFiles(files, maxBytes);
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

        /// <summary>
        /// True when a file could not be read at the start. What it says is unknown, so nothing is written until the next start.
        /// </summary>
        public bool ReadOnly
        {
            get { return _journal.Unreadable || _files.Unreadable; }
        }

        /// <summary>The slot files.</summary>
        internal SlotFiles Files
        {
            get { return _files; }
        }

        /// <summary>An upload number above every one used before.</summary>
        internal uint NextSequence
        {
            get
            {
                uint held = _files.HighestSequence;
                uint confirmed = _journal.LastSequence;
                uint last = held > confirmed ? held : confirmed;

                // A header that could not be written may be in flash all the same.
                return (last > _lastGiven ? last : _lastGiven) + 1;
            }
        }

        /// <summary>The slot that taking back the active model leads to: the other one if its model is a confirmed one, else <see cref="Factory"/>.</summary>
        internal int BeforeSlot
        {
            get
            {
                int other = 1 - ActiveSlot;
                return ActiveSlot != Factory && IsConfirmed(other) && !IsSkipped(other) ? other : Factory;
            }
        }

        /// <summary>Finds the confirmed model: the newest one that the journal and its slot agree on, else the factory model.</summary>
        public void Start()
        {
            _journal.Load();
            _files.ReadHeaders();
            Choose();
        }

        /// <summary>
        /// Sets the active model aside for this run because its content cannot be used: the next confirmed one, or
        /// the factory model, becomes active. Nothing is written: a read error may not be there next time.
        /// </summary>
        public void SkipActive()
        {
            if (ActiveSlot != Factory)
            {
                SetSkipped(ActiveSlot, true);
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
            return ReadConfirmed(ActiveSlot, position, buffer, offset, count);
        }

        /// <summary>Length of the model confirmed in a slot; 0 for <see cref="Factory"/>.</summary>
        internal int GetConfirmedLength(int slot)
        {
            return slot == Factory ? 0 : _journal.GetSlot(slot).Length;
        }

        /// <summary>Reads bytes of the model confirmed in a slot, as <see cref="ReadActive"/> does.</summary>
        internal int ReadConfirmed(int slot, int position, byte[] buffer, int offset, int count)
        {
            return slot == Factory ? 0 : _files.Read(slot, GetConfirmedLength(slot), position, buffer, offset, count);
        }

        /// <summary>Sets the model aside that a revert would lead to, because its content cannot be used.</summary>
        internal void SkipBefore()
        {
            if (BeforeSlot != Factory)
            {
                SetSkipped(BeforeSlot, true);
            }
        }

        /// <summary>
        /// A model that was set aside may be readable by now: the next revert looks again. Not at one that is newer than the active
        /// model, which only runs in its place: going back leads to older ones.
        /// </summary>
        internal void RetryBefore()
        {
            if (ActiveSlot != Factory && _journal.GetSlot(1 - ActiveSlot).Sequence < ActiveSequence)
            {
                // Promised is what the next start finds, so what flash says counts.
                _files.ReadHeaderAgain(1 - ActiveSlot);
                SetSkipped(1 - ActiveSlot, false);
            }
        }

        /// <summary>The slot for an upload: never the active one, else the one that loses least.</summary>
        internal int ChooseTarget(int length, uint digest)
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

            return _files.GetHeader(0).Sequence <= _files.GetHeader(1).Sequence ? 0 : 1;
        }

        /// <summary>Whether a slot holds bytes of the same model, not confirmed.</summary>
        internal bool CanResume(int slot, int length, uint digest)
        {
            SlotRecord header = _files.GetHeader(slot);
            if (header.Sequence <= _journal.LastSequence || header.Length != length || header.Digest != digest)
            {
                return false;
            }

            int held = _files.GetHeldLength(slot);
            return held >= 0 && held <= length;
        }

        /// <summary>A slot is given to an upload: whatever was wrong with what it held is gone.</summary>
        /// <returns>False when the file system failed.</returns>
        internal bool Create(int slot, SlotRecord record)
        {
            _lastGiven = record.Sequence;
            if (!_files.Create(slot, record))
            {
                if (!IsConfirmed(slot))
                {
                    // Nobody knows what is behind the header.
                    _files.GetHeader(slot).Clear();
                }

                return false;
            }

            SetSkipped(slot, false);
            return true;
        }

        /// <summary>Makes what is in a slot the confirmed model, by one write of the journal.</summary>
        /// <returns>Ok, StorageFailed (the confirmed model is what it was) or StorageUnknown.</returns>
        internal RequestStatus Confirm(int slot, SlotRecord record)
        {
            // Promised is what the next start finds, so what flash says counts.
            _files.ReadHeaderAgain(slot);
            if (!_files.GetHeader(slot).Equal(record))
            {
                return _journal.InDoubt ? RequestStatus.StorageUnknown : RequestStatus.StorageFailed;
            }

            RequestStatus status = _journal.Decide(slot == 0 ? record : _journal.GetSlot(0), slot == 1 ? record : _journal.GetSlot(1));
            if (status == RequestStatus.Ok)
            {
                ActiveSlot = slot;
                _dropsSkipped = false;
            }

            return status;
        }

        /// <summary>
        /// Takes back the confirmation of the active model: that of <see cref="BeforeSlot"/> becomes active. A model that was set
        /// aside is taken back with it, so that no later start finds it readable again.
        /// </summary>
        /// <returns>Ok, StorageFailed (the confirmed model is what it was) or StorageUnknown.</returns>
        internal RequestStatus TakeBack()
        {
            if (ReadOnly)
            {
                return RequestStatus.StorageFailed;
            }

            int before = BeforeSlot;
            RequestStatus status = _journal.Decide(before == 0 ? _journal.GetSlot(0) : null, before == 1 ? _journal.GetSlot(1) : null);
            if (status == RequestStatus.Ok)
            {
                Choose();
                _dropsSkipped = false;
            }

            return status;
        }

        /// <summary>After a revert that ended on another model than it first led to: those set aside meanwhile are taken back as well.</summary>
        /// <returns>Ok, StorageFailed or StorageUnknown: the next start may take a model that was set aside, until <see cref="Settle"/> has ended well.</returns>
        internal RequestStatus DropSkipped()
        {
            _dropsSkipped = HoldsSkipped(0) || HoldsSkipped(1);
            return Settle();
        }

        /// <summary>
        /// Writes what is decided once more if an earlier write left that in doubt: a decision that was not reported as done must
        /// not come to hold at the next start.
        /// </summary>
        /// <returns>Ok, StorageFailed or StorageUnknown: it is in doubt as before.</returns>
        internal RequestStatus Settle()
        {
            if (!_journal.InDoubt && !_dropsSkipped)
            {
                return RequestStatus.Ok;
            }

            RequestStatus status = _journal.Decide(
                _dropsSkipped && IsSkipped(0) ? null : _journal.GetSlot(0), _dropsSkipped && IsSkipped(1) ? null : _journal.GetSlot(1));
            if (status == RequestStatus.Ok)
            {
                _dropsSkipped = false;
            }

            return status;
        }

        /// <summary>Whether the model in a slot is a confirmed one.</summary>
        private bool IsConfirmed(int slot)
        {
            SlotRecord header = _files.GetHeader(slot);
            return header.Sequence != 0 && header.Equal(_journal.GetSlot(slot));
        }

        private bool HoldsSkipped(int slot)
        {
            return IsSkipped(slot) && _journal.GetSlot(slot).Sequence != 0;
        }

        private bool IsSkipped(int slot)
        {
            return slot == 1 ? _skipped1 : _skipped0;
        }

        private void SetSkipped(int slot, bool skipped)
        {
            if (slot == 1)
            {
                _skipped1 = skipped;
            }
            else
            {
                _skipped0 = skipped;
            }
        }

        private void Choose()
        {
            bool usable0 = !IsSkipped(0) && IsConfirmed(0);
            bool usable1 = !IsSkipped(1) && IsConfirmed(1);
            if (usable0 && usable1)
            {
                ActiveSlot = _files.GetHeader(0).Sequence > _files.GetHeader(1).Sequence ? 0 : 1;
            }
            else
            {
                ActiveSlot = usable0 ? 0 : usable1 ? 1 : Factory;
            }
        }
    }
}
