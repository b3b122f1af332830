namespace NeuralEdge.Board.Link
{
    /// <summary>
    /// The slots, as a host sees them: another model comes in, is tested, confirmed, or taken back. Every method returns soon;
    /// work that takes longer answers <see cref="RequestStatus.Working"/> and goes on in <see cref="Poll"/>.
    /// </summary>
    /// <remarks>
    /// All methods are called from <see cref="LinkServer.Step"/>, so between two inferences. At most one operation is
    /// working at a time. An exception is answered with <see cref="RequestStatus.Fault"/>.
    /// </remarks>
    public interface IModelUpdates
    {
        /// <summary>How many bytes of the upload are held, from the first on.</summary>
        int UploadOffset { get; }

        /// <summary>Check value of the bytes held when the upload was begun (PROTOCOL.md, BEGIN).</summary>
        uint UploadCheck { get; }

        /// <summary>Code of the last refusal, see <see cref="RequestStatus"/>; 0 where it has none.</summary>
        int RefusalCode { get; }

        /// <summary>Where of the last refusal, see <see cref="RequestStatus"/>.</summary>
        int RefusalWhere { get; }

        /// <summary>Begins or resumes an upload; a model in test is abandoned first.</summary>
        /// <param name="length">Bytes of the model file.</param>
        /// <param name="digest">Its last four bytes, the CRC-32.</param>
        /// <returns>Ok, Working (bytes already held are being checked), BadLength, StorageFailed or StorageUnknown (a model in test may then run on).</returns>
        RequestStatus Begin(int length, uint digest);

        /// <summary>Adds bytes to the upload; bytes that begin elsewhere than at the offset are ignored with Ok.</summary>
        /// <param name="position">Index in the model file of the first byte.</param>
        /// <param name="data">Where the bytes come from.</param>
        /// <param name="offset">Index of the first byte.</param>
        /// <param name="count">How many bytes.</param>
        /// <returns>Ok, NoUpload, BadRequest (more bytes than announced) or StorageFailed.</returns>
        RequestStatus Append(int position, byte[] data, int offset, int count);

        /// <summary>Loads the complete upload, runs its golden vectors and lets it run in test.</summary>
        /// <returns>Working, or NoUpload, Incomplete; in the end Ok, ModelRefused or NotAuthorised (the upload is then deleted) or StorageFailed.</returns>
        RequestStatus Commit();

        /// <summary>Makes the model in test the confirmed one.</summary>
        /// <param name="sequence">Its upload number.</param>
        /// <param name="digest">Its digest.</param>
        /// <param name="anyway">True to confirm it although it has not run long enough on plausible inputs.</param>
        /// <returns>Ok, WrongModel, NothingToConfirm, NotYet, StorageFailed or StorageUnknown.</returns>
        RequestStatus Confirm(uint sequence, uint digest, bool anyway);

        /// <summary>Goes back from a model in test to the confirmed one, or from that to the one before.</summary>
        /// <param name="sequence">Upload number of the model that is taken back: the one that runs.</param>
        /// <param name="digest">Its digest.</param>
        /// <returns>
        /// Ok, Working (the other model is being loaded), WrongModel, NothingToRevert, StorageFailed, StorageUnknown, or ModelRefused
        /// (taken back, but no other model can run).
        /// </returns>
        RequestStatus Revert(uint sequence, uint digest);

        /// <summary>Ends an upload and deletes its bytes; nothing happens when there is none. A model in test stays.</summary>
        /// <returns>Ok.</returns>
        RequestStatus Abort();

        /// <summary>Goes on with the operation that answered Working: one bounded piece of it.</summary>
        /// <returns>Working, or how the operation ended.</returns>
        RequestStatus Poll();

        /// <summary>
        /// The host has left: ends a BEGIN or COMMIT at work. A REVERT at work goes on, and what cannot begin meanwhile answers
        /// Busy.
        /// </summary>
        void Cancel();

        /// <summary>Reads bytes of the running model's file, be it the factory model, confirmed or in test.</summary>
        /// <param name="position">Index of the first byte.</param>
        /// <param name="buffer">Where the bytes go.</param>
        /// <param name="offset">Index of the first byte written.</param>
        /// <param name="count">How many bytes.</param>
        /// <returns>How many bytes were read, fewer at the file's end.</returns>
        int ReadModel(int position, byte[] buffer, int offset, int count);
    }
}
