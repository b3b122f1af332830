namespace NeuralEdge.Board.Link
{
    /// <summary>
    /// What the link asks of the board. Every method returns soon; work that takes longer answers
    /// <see cref="LinkStatus.Working"/> and goes on in <see cref="Poll"/>.
    /// </summary>
    /// <remarks>
    /// All methods are called from <see cref="LinkServer.Step"/>, so between two inferences. At most one operation is
    /// working at a time. An exception is answered with <see cref="LinkStatus.Fault"/>.
    /// </remarks>
    public interface IBoardService
    {
        /// <summary>Fills in the board's state.</summary>
        /// <param name="info">Where to; every field is set at each call.</param>
        void GetInfo(BoardInfo info);

        /// <summary>Begins or resumes an upload; a model in test is abandoned first.</summary>
        /// <param name="length">Bytes of the model file.</param>
        /// <param name="digest">Its last four bytes, the CRC-32.</param>
        /// <returns>Ok, Working (bytes already held are being checked), BadLength or StorageFailed.</returns>
        LinkStatus Begin(int length, uint digest);

        /// <summary>How many bytes of the upload are held: <c>ModelStore.ReceivedLength</c>.</summary>
        int UploadOffset { get; }

        /// <summary>Check value of the bytes held when the upload was begun: <c>ModelStore.PrefixCheck</c>.</summary>
        uint UploadCheck { get; }

        /// <summary>Adds bytes to the upload; bytes that begin elsewhere than at the offset are ignored with Ok.</summary>
        /// <param name="position">Index in the model file of the first byte.</param>
        /// <param name="data">Where the bytes come from.</param>
        /// <param name="offset">Index of the first byte.</param>
        /// <param name="count">How many bytes.</param>
        /// <returns>Ok, NoUpload, BadRequest (more bytes than announced) or StorageFailed.</returns>
        LinkStatus Append(int position, byte[] data, int offset, int count);

        /// <summary>Loads the complete upload, runs its golden vectors and lets it run in test.</summary>
        /// <returns>Working, or NoUpload, Incomplete; in the end Ok, ModelRefused (the upload is then deleted) or StorageFailed.</returns>
        LinkStatus Commit();

        /// <summary>Makes the model in test the confirmed one.</summary>
        /// <returns>Ok, NothingToConfirm or StorageFailed.</returns>
        LinkStatus Confirm();

        /// <summary>Goes back to the confirmed model, or from it to the one before.</summary>
        /// <returns>Ok, Working (the other model is being loaded), NothingToRevert or StorageFailed.</returns>
        LinkStatus Revert();

        /// <summary>Ends an upload and deletes its bytes; nothing happens when there is none. A model in test stays.</summary>
        /// <returns>Ok.</returns>
        LinkStatus Abort();

        /// <summary>Sets one input of a question.</summary>
        /// <param name="index">Which input.</param>
        /// <param name="raw">Its raw value.</param>
        /// <returns>Ok or InputRange.</returns>
        LinkStatus SetQuestion(int index, int raw);

        /// <summary>Runs the network on the inputs of the question. No pin moves.</summary>
        /// <returns>Ok or Working.</returns>
        LinkStatus Ask();

        /// <summary>Outputs of the last question that was answered.</summary>
        int AnswerCount { get; }

        /// <summary>One raw output of the last question.</summary>
        /// <param name="index">0..<see cref="AnswerCount"/>-1.</param>
        int GetAnswer(int index);

        /// <summary>Goes on with the operation that answered Working: one bounded piece of it.</summary>
        /// <returns>Working, or how the operation ended.</returns>
        LinkStatus Poll();

        /// <summary>
        /// The host has left: ends a BEGIN, COMMIT or ASK at work. A REVERT at work goes on, and what cannot begin
        /// meanwhile answers Busy.
        /// </summary>
        void Cancel();

        /// <summary>Code of the last refusal: a ModelError after ModelRefused, else 0.</summary>
        int RefusalCode { get; }

        /// <summary>Where of the last refusal, see <see cref="LinkStatus"/>.</summary>
        int RefusalWhere { get; }

        /// <summary>CRC-32 of the running model's file: live events carry it, so that a host notices a new model.</summary>
        uint ModelDigest { get; }

        /// <summary>Inputs of the running network.</summary>
        int InputCount { get; }

        /// <summary>Outputs of the running network.</summary>
        int OutputCount { get; }

        /// <summary>A raw input of the last inference on sampled values.</summary>
        /// <param name="index">Which input.</param>
        int GetInput(int index);

        /// <summary>A raw output of the last inference on sampled values.</summary>
        /// <param name="index">Which output.</param>
        int GetOutput(int index);

        /// <summary>What an output's pin does: 1 active, 0 inactive, <see cref="LinkProtocol.NoPin"/> when it has none.</summary>
        /// <param name="index">Which output.</param>
        int GetPin(int index);

        /// <summary>Inferences on sampled values since the board started.</summary>
        uint InferenceCount { get; }

        /// <summary>Reads bytes of the running model's file, be it the factory model, confirmed or in test.</summary>
        /// <param name="position">Index of the first byte.</param>
        /// <param name="buffer">Where the bytes go.</param>
        /// <param name="offset">Index of the first byte written.</param>
        /// <param name="count">How many bytes.</param>
        /// <returns>How many bytes were read, fewer at the file's end.</returns>
        int ReadModel(int position, byte[] buffer, int offset, int count);

        /// <summary>
        /// Restarts the board. The reply has been written; wait 50 ms so that it leaves. Outputs go to the safe
        /// state first.
        /// </summary>
        void Reset();
    }
}
