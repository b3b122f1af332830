using System.Buffers.Binary;
using NeuralEdge.Board.Link;

namespace NeuralEdge.Host;

/// <summary>The data of CONFIRM and REVERT: each names the model that it is about.</summary>
internal static class DecisionData
{
    private const int NameLength = 8;

    /// <summary>The data of CONFIRM.</summary>
    /// <param name="sequence">Upload number of the model in test.</param>
    /// <param name="digest">Its digest.</param>
    /// <param name="anyway">True although it has not run long enough on plausible inputs.</param>
    public static byte[] Confirm(uint sequence, uint digest, bool anyway)
    {
        byte[] data = new byte[NameLength + 1];
        Name(data, sequence, digest);
        data[NameLength] = (byte)(anyway ? LinkProtocol.Anyway : 0);
        return data;
    }

    /// <summary>The data of REVERT.</summary>
    /// <param name="sequence">Upload number of the model to take back.</param>
    /// <param name="digest">Its digest.</param>
    public static byte[] Revert(uint sequence, uint digest)
    {
        byte[] data = new byte[NameLength];
        Name(data, sequence, digest);
        return data;
    }

    private static void Name(byte[] data, uint sequence, uint digest)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(data, sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(4), digest);
    }
}
