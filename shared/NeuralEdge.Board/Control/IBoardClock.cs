namespace NeuralEdge.Board.Control
{
    /// <summary>Time since the board started, and waiting.</summary>
    public interface IBoardClock
    {
        /// <summary>Microseconds since start, never going back.</summary>
        long Microseconds { get; }

        /// <summary>Lets other threads run for about this long.</summary>
        /// <param name="milliseconds">
        /// Less than 10 only passes the turn on, on an ESP32: its scheduler's tick is 10 ms, and it waits for whole ones (nf-interpreter,
        /// Events_WaitForEvents). From 10 on it blocks, for up to a tick longer.
        /// </param>
        void Sleep(int milliseconds);
    }
}
