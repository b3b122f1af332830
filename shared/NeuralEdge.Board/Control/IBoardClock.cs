namespace NeuralEdge.Board.Control
{
    /// <summary>Time since the board started, and waiting.</summary>
    public interface IBoardClock
    {
        /// <summary>Microseconds since start, never going back.</summary>
        long Microseconds { get; }

        /// <summary>Lets other threads run for about this long; the board's tick is 10 ms.</summary>
        /// <param name="milliseconds">0 yields only.</param>
        void Sleep(int milliseconds);
    }
}
