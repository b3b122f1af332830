using NeuralEdge.Board.Link;

namespace NeuralEdge.DeviceTests
{
    /// <summary>A board that does nothing and counts confirmations.</summary>
    internal sealed class QuietBoard : IBoardService
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

        public uint InferenceCount
        {
            get { return 0; }
        }

        public void GetInfo(BoardInfo info)
        {
            info.MaxModelBytes = 32768;
        }

        public LinkStatus Begin(int length, uint digest)
        {
            return LinkStatus.Ok;
        }

        public LinkStatus Append(int position, byte[] data, int offset, int count)
        {
            return LinkStatus.NoUpload;
        }

        public LinkStatus Commit()
        {
            return LinkStatus.Working;
        }

        public LinkStatus Confirm()
        {
            Confirmations++;
            return LinkStatus.Ok;
        }

        public LinkStatus Revert()
        {
            return LinkStatus.NothingToRevert;
        }

        public LinkStatus Abort()
        {
            return LinkStatus.Ok;
        }

        public LinkStatus SetQuestion(int index, int raw)
        {
            return LinkStatus.Ok;
        }

        public LinkStatus Ask()
        {
            return LinkStatus.Ok;
        }

        public int GetAnswer(int index)
        {
            return 0;
        }

        public LinkStatus Poll()
        {
            return LinkStatus.Ok;
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

        public void Reset()
        {
        }
    }
}
