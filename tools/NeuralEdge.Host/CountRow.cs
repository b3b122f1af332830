using System.Buffers.Binary;

namespace NeuralEdge.Host;

/// <summary>A row of counts that the board has sampled for a recording (PROTOCOL.md, section 4).</summary>
public sealed record CountRow
{
    private const int FixedBytes = 8;

    private CountRow(ReadOnlySpan<byte> data, int session)
    {
        Session = session;
        Number = BinaryPrimitives.ReadUInt32LittleEndian(data);
        UptimeMs = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
        Counts = new int[(data.Length - FixedBytes) / 4];
        for (int i = 0; i < Counts.Length; i++)
        {
            Counts[i] = BinaryPrimitives.ReadInt32LittleEndian(data[(FixedBytes + (i * 4))..]);
        }
    }

    /// <summary>The session it was sent in; the numbers of another one begin anew.</summary>
    public int Session { get; }

    /// <summary>Its number since the counts began, the first is 0; numbers that are missing were left out, or lost on the line.</summary>
    public uint Number { get; }

    /// <summary>Milliseconds since the board started, when the first channel was read.</summary>
    public uint UptimeMs { get; }

    /// <summary>The count of each channel that was asked for, in that order; <see cref="CountChannel.FractionBits"/> of them are the fraction.</summary>
    public int[] Counts { get; }

    /// <summary>Reads a counts event.</summary>
    /// <param name="data">The frame's data.</param>
    /// <param name="session">The frame's session.</param>
    /// <returns>The row, or null when it has no whole counts.</returns>
    public static CountRow? Read(ReadOnlySpan<byte> data, int session) =>
        data.Length > FixedBytes && data.Length % 4 == 0 ? new CountRow(data, session) : null;
}
