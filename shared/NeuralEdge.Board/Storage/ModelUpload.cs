using NeuralEdge.Models;
using NeuralEdge.Numerics;

namespace NeuralEdge.Board.Storage
{
    /// <summary>
    /// The way of a new model into a slot: begun or resumed, received, in test, confirmed; and one step back.
    /// </summary>
    /// <remarks>
    /// An upload that was not confirmed is no longer in test after a start; its bytes can be resumed. No method throws,
    /// allocates, or does more than a few file operations.
    /// </remarks>
    public sealed class ModelUpload
    {
        /// <summary>Bytes read and checked by one <see cref="StepCheck"/>; also the block of <see cref="PrefixCheck"/>.</summary>
        public const int CheckBlock = 256;

        private readonly ModelSlots _slots;
        private readonly SlotFiles _files;
        private readonly byte[] _block = new byte[4 + CheckBlock];
        private readonly SlotRecord _record = new SlotRecord();
        private int _target;
        private int _received;
        private int _checked;

        /// <summary>Makes the upload of a board; there is one at a time.</summary>
        /// <param name="slots">Where it goes.</param>
        public ModelUpload(ModelSlots slots)
        {
            _slots = slots;
            _files = slots.Files;
        }

        /// <summary>How far it is.</summary>
        public UploadState State { get; private set; }

        /// <summary>Length of the file in bytes, 0 when there is no upload.</summary>
        public int Length
        {
            get { return State == UploadState.Idle ? 0 : _record.Length; }
        }

        /// <summary>Digest of the file, 0 when there is no upload.</summary>
        public uint Digest
        {
            get { return State == UploadState.Idle ? 0 : _record.Digest; }
        }

        /// <summary>Upload number, 0 when there is no upload.</summary>
        public uint Sequence
        {
            get { return State == UploadState.Idle ? 0 : _record.Sequence; }
        }

        /// <summary>Its slot, 0 or 1, or -1 when there is no upload.</summary>
        public int Slot
        {
            get { return State == UploadState.Idle ? -1 : _target; }
        }

        /// <summary>How many bytes are held, from the first on; the next must continue there.</summary>
        public int Received
        {
            get { return State == UploadState.Idle ? 0 : _received; }
        }

        /// <summary>
        /// Check value of the bytes held when the upload was begun: c = 0, then for each block of 256 bytes (the
        /// last may be shorter) c = CRC-32 of (c as four bytes, little endian, followed by the block).
        /// </summary>
        public uint PrefixCheck { get; private set; }

        /// <summary>
        /// Begins an upload, or resumes the one with this length and digest. A test in progress ends, unless its confirmation is in
        /// doubt and cannot be taken back. When bytes are already held the state is <see cref="UploadState.Checking"/>: call <see cref="StepCheck"/> until it
        /// returns true, then compare <see cref="PrefixCheck"/>.
        /// </summary>
        /// <param name="length">Bytes of the model file.</param>
        /// <param name="digest">Its last four bytes, the CRC-32.</param>
        /// <returns>Ok, BadLength (the upload or test before goes on), StorageFailed or StorageUnknown.</returns>
        public RequestStatus Begin(int length, uint digest)
        {
            if (length < SlotFiles.SmallestModel || length > _files.MaxBytes)
            {
                return RequestStatus.BadLength;
            }

            if (_slots.ReadOnly)
            {
                return RequestStatus.StorageFailed;
            }

            RequestStatus settled = _slots.Settle();
            if (settled != RequestStatus.Ok)
            {
                return settled;
            }

            State = UploadState.Idle;
            PrefixCheck = 0;
            _received = 0;
            _target = _slots.ChooseTarget(length, digest);
            if (_slots.CanResume(_target, length, digest))
            {
                _record.CopyFrom(_files.GetHeader(_target));
                _received = _files.GetHeldLength(_target);
                _checked = 0;
                State = _received > 0 ? UploadState.Checking : UploadState.Receiving;
                return RequestStatus.Ok;
            }

            _record.Sequence = _slots.NextSequence;
            _record.Length = length;
            _record.Digest = digest;
            if (!_slots.Create(_target, _record))
            {
                return RequestStatus.StorageFailed;
            }

            State = UploadState.Receiving;
            return RequestStatus.Ok;
        }

        /// <summary>Checks the next block of the bytes held by a resumed upload.</summary>
        /// <returns>True when there is nothing left to check.</returns>
        public bool StepCheck()
        {
            if (State != UploadState.Checking)
            {
                return true;
            }

            int count = _received - _checked;
            if (count > CheckBlock)
            {
                count = CheckBlock;
            }

            LittleEndian.WriteUInt32(_block, 0, PrefixCheck);
            if (_files.Read(_target, _received, _checked, _block, 4, count) != count)
            {
                // Unreadable: what was read so far no longer matches anything, so the other side starts afresh.
                PrefixCheck = ~PrefixCheck;
                State = UploadState.Receiving;
                return true;
            }

            PrefixCheck = Checksum.Crc32(_block, 0, 4 + count);
            _checked += count;
            if (_checked < _received)
            {
                return false;
            }

            State = UploadState.Receiving;
            return true;
        }

        /// <summary>
        /// Adds the next bytes. Bytes that begin elsewhere than at <see cref="Received"/> are ignored: the sender sees from it
        /// where to go on.
        /// </summary>
        /// <param name="position">Index in the model file of the first byte.</param>
        /// <param name="data">Where the bytes come from.</param>
        /// <param name="offset">Index of the first byte in <paramref name="data"/>.</param>
        /// <param name="count">How many bytes.</param>
        /// <returns>Ok, NoUpload, BadRequest (more bytes than announced) or StorageFailed, which ends the upload.</returns>
        public RequestStatus Append(int position, byte[] data, int offset, int count)
        {
            if (State != UploadState.Receiving)
            {
                return RequestStatus.NoUpload;
            }

            if (position != _received || count == 0)
            {
                return RequestStatus.Ok;
            }

            if (count < 0 || count > _record.Length - _received)
            {
                return RequestStatus.BadRequest;
            }

            if (!_files.Append(_target, data, offset, count))
            {
                // How much was written is unknown; a new Begin looks.
                State = UploadState.Idle;
                return RequestStatus.StorageFailed;
            }

            _received += count;
            return RequestStatus.Ok;
        }

        /// <summary>Reads bytes of the file that are held.</summary>
        /// <param name="position">Index in the model file of the first byte.</param>
        /// <param name="buffer">Where the bytes go.</param>
        /// <param name="offset">Index of the first byte written.</param>
        /// <param name="count">How many bytes.</param>
        /// <returns>How many bytes were read; fewer than asked at the end of what is held and on failure.</returns>
        public int Read(int position, byte[] buffer, int offset, int count)
        {
            return State == UploadState.Idle ? 0 : _files.Read(_target, _received, position, buffer, offset, count);
        }

        /// <summary>Whether all bytes are there, so that the file can be tested.</summary>
        /// <returns>Ok, NoUpload or Incomplete.</returns>
        public RequestStatus CheckComplete()
        {
            return State != UploadState.Receiving ? RequestStatus.NoUpload
                : _received != _record.Length ? RequestStatus.Incomplete
                : RequestStatus.Ok;
        }

        /// <summary>Says that the complete upload passed its tests; from now on it may be confirmed.</summary>
        /// <returns>As <see cref="CheckComplete"/>.</returns>
        public RequestStatus SetTesting()
        {
            RequestStatus status = CheckComplete();
            if (status == RequestStatus.Ok)
            {
                State = UploadState.Testing;
            }

            return status;
        }

        /// <summary>Makes the tested upload the confirmed model, by one write of the journal.</summary>
        /// <returns>Ok, NothingToConfirm, StorageFailed or StorageUnknown: then the test goes on and may be confirmed again, or taken back.</returns>
        public RequestStatus Confirm()
        {
            if (State != UploadState.Testing)
            {
                return RequestStatus.NothingToConfirm;
            }

            RequestStatus status = _slots.Confirm(_target, _record);
            if (status == RequestStatus.Ok)
            {
                State = UploadState.Idle;
            }

            return status;
        }

        /// <summary>
        /// Ends an upload that is not in test and deletes its bytes, because they were refused. When deleting fails the bytes are offered for resuming after the next start, which the other side's check of them survives.
        /// </summary>
        public void Discard()
        {
            if (State != UploadState.Idle && State != UploadState.Testing)
            {
                State = UploadState.Idle;
                _files.Delete(_target);
            }
        }

        /// <summary>
        /// Takes back the last step: ends a test, whose bytes stay and can be resumed; without one, takes back the confirmation of
        /// the active model, and the other slot's model becomes active if it is a confirmed one, else the factory model.
        /// </summary>
        /// <returns>
        /// Ok, NothingToRevert (the factory model is active), StorageFailed (test and active model are what they were) or
        /// StorageUnknown (the same, but which model the next start takes is unknown).
        /// </returns>
        public RequestStatus Revert()
        {
            bool hasLast = State == UploadState.Testing || _slots.ActiveSlot == ModelSlots.Factory;
            RequestStatus status = hasLast ? _slots.Settle() : _slots.TakeBack();
            if (status != RequestStatus.Ok)
            {
                return status;
            }

            if (hasLast && State != UploadState.Testing)
            {
                return RequestStatus.NothingToRevert;
            }

            State = UploadState.Idle;
            return RequestStatus.Ok;
        }
    }
}
