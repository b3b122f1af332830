using System.Buffers.Binary;
using System.Security.Cryptography;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;

namespace NeuralEdge.Host;

/// <summary>Signs requests and models with the keys of a file, as PROTOCOL.md has it in section 9.</summary>
internal sealed class Signer(params KeyFile[] files)
{
    private static readonly HostHmac Hmac = new();

    /// <summary>The files' names, for messages.</summary>
    public string Name => string.Join(" or ", files.Select(file => file.Path).Distinct());

    /// <summary>
    /// The key to sign a request with: the one that the board says it has. What it says is not signed, so it decides between the keys
    /// of one kind only: PROVISION is never signed and covered with a key for everyday use, whatever somebody on the line would have.
    /// </summary>
    /// <param name="ids">What the board says of its two keys.</param>
    /// <param name="replaces">True when it must be the board's replacement key.</param>
    /// <returns>The key, null when no file has it.</returns>
    public byte[]? Choose(ReadOnlySpan<byte> ids, bool replaces)
    {
        foreach (byte[] key in files.Select(file => replaces ? file.Replacement : file.Key).OfType<byte[]>())
        {
            ReadOnlySpan<byte> id = Hmac.Compute(key, KeyedMessages.OfKeyId()).AsSpan(0, KeyedMessages.KeyIdLength);
            if (id.SequenceEqual(ids.Slice(replaces ? KeyedMessages.KeyIdLength : 0, KeyedMessages.KeyIdLength)))
            {
                return key;
            }
        }

        return null;
    }

    /// <summary>The data of SIGNED.</summary>
    /// <param name="key">The key.</param>
    /// <param name="nonce">The board's nonce.</param>
    /// <param name="session">Session of the frame.</param>
    /// <param name="sequence">Sequence of the frame.</param>
    /// <param name="request">The request inside.</param>
    /// <param name="data">Its data.</param>
    public static byte[] Sign(byte[] key, byte[] nonce, int session, int sequence, LinkRequest request, ReadOnlySpan<byte> data)
    {
        byte[] signed = new byte[LinkProtocol.SignedOverhead + data.Length];
        signed[0] = (byte)request;
        data.CopyTo(signed.AsSpan(1));
        if (request == LinkRequest.Provision && data.Length == KeyedMessages.ProvisionLength)
        {
            KeyedMessages.Cover(Hmac, key, nonce, signed, 2);
        }

        Hmac.Compute(key, KeyedMessages.OfRequest(nonce, session, sequence, signed, 0, 1 + data.Length)).CopyTo(signed.AsSpan(1 + data.Length));
        return signed;
    }

    /// <summary>The data of PROVISION.</summary>
    /// <param name="keys">The keys that the board is to have; null to open it.</param>
    /// <param name="closeReading">True when reading is to need the key, too.</param>
    public static byte[] Provision(KeyFile? keys, bool closeReading)
    {
        return keys is null
            ? [KeyedMessages.Open]
            : [(byte)(closeReading ? KeyedMessages.CloseReading : 0), .. keys.Key, .. keys.Replacement!, .. RandomNumberGenerator.GetBytes(KeyedMessages.SaltLength)];
    }

    /// <summary>The data of COMMIT for a keyed board.</summary>
    /// <param name="file">The model file.</param>
    /// <param name="number">Its security number; null for the board's own, which the board fills in.</param>
    /// <param name="older">True even if the board has confirmed a higher one.</param>
    /// <param name="key">The key.</param>
    public static byte[] Commit(byte[] file, uint? number, bool older, byte[] key)
    {
        byte[] data = new byte[KeyedMessages.CommitLength];
        int flags = number is null ? KeyedMessages.OwnNumber : older ? KeyedMessages.Older : 0;
        BinaryPrimitives.WriteUInt32LittleEndian(data, number ?? 0);
        data[4] = (byte)flags;
        Hmac.Compute(key, KeyedMessages.OfModel(number ?? 0, flags, file.Length, Hmac.Compute(key, file))).CopyTo(data, 5);
        return data;
    }
}
