using NeuralEdge.Board;
using NeuralEdge.Board.Link;

namespace NeuralEdge.DeviceTests
{
    /// <summary>A board that does nothing and counts confirmations.</summary>
    internal sealed class QuietBoard : IModelUpdates, ILiveValues, IQuestions, IInfoSource, ICounts
    {
        internal int Confirmations { get; private set; }

        public int UploadOffset
        {
            get { return 0; }
        }

        public uint UploadCheck
        {
            get { return 0; }
        }

        public int AnswerCount
        {
            get { return 0; }
        }

        public int RefusalCode
        {
            get { return 0; }
        }

        public int RefusalWhere
        {
            get { return 0; }
        }

        public uint ModelDigest
        {
            get { return 0; }
        }

        public int InputCount
        {
            get { return 0; }
        }

        public int OutputCount
        {
            get { return 0; }
        }

        public bool IsSaturated
        {
            get { return false; }
        }

        public bool IsUnfamiliar
        {
            get { return false; }
        }

        public bool IsAnswerSaturated
        {
            get { return false; }
        }

        public uint InferenceCount
        {
            get { return 0; }
        }

        public void Report(BoardInfo info)
        {
            info.MaxModelBytes = 32768;
        }

        public RequestStatus Begin(int length, uint digest)
        {
            return RequestStatus.Ok;
        }

        public RequestStatus Append(int position, byte[] data, int offset, int count)
        {
            return RequestStatus.NoUpload;
        }

        public RequestStatus Commit()
        {
            return RequestStatus.Working;
        }

        public RequestStatus Confirm(uint sequence, uint digest, bool anyway)
        {
            Confirmations++;
            return RequestStatus.Ok;
        }

        public RequestStatus Revert(uint sequence, uint digest)
        {
            return RequestStatus.NothingToRevert;
        }

        public RequestStatus Abort()
        {
            return RequestStatus.Ok;
        }

        public RequestStatus Set(int index, int raw)
        {
            return RequestStatus.Ok;
        }

        public void Ask()
        {
        }

        public int GetAnswer(int index)
        {
            return 0;
        }

        public RequestStatus Poll()
        {
            return RequestStatus.Ok;
        }

        public void Cancel()
        {
        }

        public int GetInput(int index)
        {
            return 0;
        }

        public int GetOutput(int index)
        {
            return 0;
        }

        public int GetPin(int index)
        {
            return LinkProtocol.NoPin;
        }

        public int ReadModel(int position, byte[] buffer, int offset, int count)
        {
            return 0;
        }

        public bool Has(int channel)
        {
            return channel == 0 || channel == 3;
        }

        public bool TryRead(int channel, int samplesLog2, out int count)
        {
            count = 16384 + channel;
            return true;
        }

        public void Forget()
        {
        }
    }
}
