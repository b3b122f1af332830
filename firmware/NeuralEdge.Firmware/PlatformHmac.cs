using System;
using System.Security.Cryptography;
using NeuralEdge.Board.Security;

namespace NeuralEdge.Firmware
{
    /// <summary>The platform's HMAC-SHA256.</summary>
    internal sealed class PlatformHmac : IMessageAuthentication
    {
        public byte[] Compute(byte[] key, byte[] message)
        {
            // The platform's code frees what it has not taken when one of them is null. No instance of the class: it keeps the
            // caller's key itself, and wipes it in the end.
            if (key == null || message == null)
            {
                throw new ArgumentException("a key and a message are needed");
            }

            return HMACSHA256.HashData(key, message);
        }
    }
}
