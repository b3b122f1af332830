namespace NeuralEdge.Board.Link
{
    /// <summary>
    /// A byte stream in both directions: a UART on the board, a socket or a pseudo-terminal on the desktop.
    /// </summary>
    /// <remarks>
    /// The nanoFramework serial port blocks until exactly the number of bytes asked for has arrived, and what comes while its
    /// buffer is full is lost. So a reader asks for no more than <see cref="Available"/> says.
    /// </remarks>
    public interface IByteLink
    {
        /// <summary>Number of received bytes that can be read without waiting, 0 when there are none.</summary>
        int Available { get; }

        /// <summary>Reads <paramref name="count"/> bytes, at most <see cref="Available"/>, into a buffer.</summary>
        /// <param name="buffer">Where the bytes go.</param>
        /// <param name="offset">Index of the first byte written.</param>
        /// <param name="count">How many bytes to read, 1..<see cref="Available"/>.</param>
        /// <returns>The number of bytes read.</returns>
        int Read(byte[] buffer, int offset, int count);

        /// <summary>Sends as many bytes as the transmitter has room for, and does not wait for more.</summary>
        /// <param name="buffer">Where the bytes come from.</param>
        /// <param name="offset">Index of the first byte sent.</param>
        /// <param name="count">How many bytes to send, 1 or more.</param>
        /// <returns>How many were taken, 0 when there is no room.</returns>
        int Write(byte[] buffer, int offset, int count);

        /// <summary>Opens the line anew, because its receiver has lost count of its bytes. What was under way is lost.</summary>
        void Reopen();
    }
}
