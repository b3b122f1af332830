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
                return (held > confirmed ? held : confirmed) + 1;
            }
        }

        /// <summary>Finds the confirmed model: the newest one that the journal and its slot agree on, else the factory model.</summary>
        public void Start()
        {
            _skipped0 = false;
            _skipped1 = false;
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
            return ActiveSlot == Factory ? 0 : _files.Read(ActiveSlot, ActiveLength, position, buffer, offset, count);
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
            if (!_files.Create(slot, record))
            {
                return false;
            }

            SetSkipped(slot, false);
            return true;
        }

        /// <summary>Makes what is in a slot the confirmed model, by one write of the journal.</summary>
        /// <returns>False when the file system failed: the confirmed model is what it was.</returns>
        internal bool Confirm(int slot, SlotRecord record)
        {
            if (!_journal.Decide(slot, record))
            {
                return false;
            }

            ActiveSlot = slot;
            return true;
        }

        /// <summary>
        /// Takes back the confirmation of the active model: the other slot's model becomes active if it is a confirmed one, else
        /// the factory model.
        /// </summary>
        /// <returns>False when the file system failed: the confirmed model is what it was.</returns>
        internal bool TakeBack()
        {
            if (ReadOnly || !_journal.Decide(ActiveSlot, null))
            {
                return false;
            }

            Choose();
            return true;
        }

        /// <summary>Whether the model in a slot is a confirmed one.</summary>
        private bool IsConfirmed(int slot)
        {
            SlotRecord header = _files.GetHeader(slot);
            return header.Sequence != 0 && header.Equal(_journal.GetSlot(slot));
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

        private void Choose()
        {
            bool usable0 = !_skipped0 && IsConfirmed(0);
            bool usable1 = !_skipped1 && IsConfirmed(1);
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
