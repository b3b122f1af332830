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

        /// <summary>Code of the last refusal: a ModelError after ModelRefused, else 0.</summary>
        int RefusalCode { get; }

        /// <summary>Where of the last refusal, see <see cref="RequestStatus"/>.</summary>
        int RefusalWhere { get; }

        /// <summary>Begins or resumes an upload; a model in test is abandoned first.</summary>
        /// <param name="length">Bytes of the model file.</param>
        /// <param name="digest">Its last four bytes, the CRC-32.</param>
        /// <returns>Ok, Working (bytes already held are being checked), BadLength or StorageFailed.</returns>
        RequestStatus Begin(int length, uint digest);

        /// <summary>Adds bytes to the upload; bytes that begin elsewhere than at the offset are ignored with Ok.</summary>
        /// <param name="position">Index in the model file of the first byte.</param>
        /// <param name="data">Where the bytes come from.</param>
        /// <param name="offset">Index of the first byte.</param>
        /// <param name="count">How many bytes.</param>
        /// <returns>Ok, NoUpload, BadRequest (more bytes than announced) or StorageFailed.</returns>
        RequestStatus Append(int position, byte[] data, int offset, int count);

        /// <summary>Loads the complete upload, runs its golden vectors and lets it run in test.</summary>
        /// <returns>Working, or NoUpload, Incomplete; in the end Ok, ModelRefused (the upload is then deleted) or StorageFailed.</returns>
        RequestStatus Commit();

        /// <summary>Makes the model in test the confirmed one.</summary>
        /// <returns>Ok, NothingToConfirm or StorageFailed.</returns>
        RequestStatus Confirm();

        /// <summary>Goes back to the confirmed model, or from it to the one before.</summary>
        /// <returns>Ok, Working (the other model is being loaded), NothingToRevert or StorageFailed.</returns>
        RequestStatus Revert();

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
