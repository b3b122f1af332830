using NeuralEdge.Host.Recordings;

namespace NeuralEdge.Cli.Sessions;

/// <summary>What was recorded under one label.</summary>
/// <param name="label">The label; null for rows without one.</param>
/// <param name="wanted">How many rows there are to be.</param>
/// <param name="columns">The columns.</param>
internal sealed class LabelTally(string? label, int wanted, IEnumerable<RecordedColumn> columns)
{
    internal string? Label => label;

    /// <summary>What a display calls it.</summary>
    internal string Title => label ?? "Recording";

    internal int Wanted => wanted;

    /// <summary>Rows in the file.</summary>
    internal int Rows { get; private set; }

    internal ChannelTally[] Channels { get; } = [.. columns.Select(c => new ChannelTally(c))];

    internal void Add(RecordedRow row)
    {
        Rows++;
        foreach ((ChannelTally channel, double count) in Channels.Zip(row.Counts))
        {
            channel.Add(count);
        }
    }

    /// <summary>Shows a row that is not recorded.</summary>
    internal void See(RecordedRow row)
    {
        foreach ((ChannelTally channel, double count) in Channels.Zip(row.Counts))
        {
            channel.See(count);
        }
    }
}
