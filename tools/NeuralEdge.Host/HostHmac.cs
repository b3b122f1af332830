using System.Security.Cryptography;
using NeuralEdge.Board.Security;

namespace NeuralEdge.Host;

/// <summary>The desktop's HMAC-SHA256.</summary>
internal sealed class HostHmac : IMessageAuthentication
{
    /// <inheritdoc/>
    public byte[] Compute(byte[] key, byte[] message) => HMACSHA256.HashData(key, message);
}
