using NeuralEdge.Board.Link;

namespace NeuralEdge.Firmware
{
    /// <summary>The link of a board whose port the debugger has: nobody speaks, and the model runs all the same.</summary>
    internal sealed class NoLink : IByteLink
    {
        public int Available
        {
            get { return 0; }
        }

        public int Read(byte[] buffer, int offset, int count)
        {
            return 0;
        }

        public int Write(byte[] buffer, int offset, int count)
        {
            return count;
        }

        public void Reopen()
        {
        }
    }
}
