namespace NeuralEdge.Board.Security
{
    /// <summary>HMAC-SHA256, as RFC 2104 has it: the platform's own, which the firmware brings along.</summary>
    public interface IMessageAuthentication
    {
        /// <summary>Computes the code of a message.</summary>
        /// <param name="key">The key, of any length; not null, and not changed.</param>
        /// <param name="message">All bytes of the message; not null.</param>
        /// <returns>32 bytes in an array of their own.</returns>
        byte[] Compute(byte[] key, byte[] message);
    }
}
