using System.Buffers.Binary;
using NeuralEdge.Board.Link;

namespace NeuralEdge.Host;

/// <summary>The data of COUNTS.</summary>
internal static class CountRequest
{
    internal static byte[] Write(int periodMs, IReadOnlyList<CountChannel> channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(periodMs, 1);
        ArgumentOutOfRangeException.ThrowIfZero(channels.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels.Count, LinkProtocol.MaxCounts);
        byte[] data = new byte[4 + (2 * channels.Count)];
        BinaryPrimitives.WriteInt32LittleEndian(data, periodMs);
        for (int i = 0; i < channels.Count; i++)
        {
            data[4 + (2 * i)] = (byte)channels[i].Channel;
            data[5 + (2 * i)] = (byte)channels[i].SamplesLog2;
        }

        return data;
    }

    /// <summary>The data that ends the counts.</summary>
    internal static byte[] End => new byte[4];
}
