using System.Globalization;
using System.Text;
using NeuralEdge.Learning.Data;
using NeuralEdge.Simulator.Machines;

namespace NeuralEdge.Benchmarks.Scoring;

/// <summary>
/// What somebody records of a machine that is well: a stretch of all samples now and then, over some days. All of them would be more than the 64 MB
/// of a table.
/// </summary>
internal sealed class MachineLog
{
    private readonly string[] _channels;
    private readonly double _apartSeconds;

    private MachineLog(string[] channels, double apartSeconds, int[][][] stretches)
    {
        _channels = channels;
        _apartSeconds = apartSeconds;
        Stretches = stretches;
    }

    /// <summary>Samples by stretch and time, a count of each channel.</summary>
    internal int[][][] Stretches { get; }

    /// <summary>Records.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="hours">How long.</param>
    /// <param name="stretchSeconds">Length of a stretch.</param>
    /// <param name="apartSeconds">From the beginning of one to that of the next.</param>
    /// <param name="cancellation">Looked at often.</param>
    internal static MachineLog Of(Machine machine, double hours, double stretchSeconds, double apartSeconds, CancellationToken cancellation)
    {
        int[][][] stretches = new int[(int)(3600 * hours / apartSeconds)][][];
        for (int s = 0; s < stretches.Length; s++)
        {
            cancellation.ThrowIfCancellationRequested();
            stretches[s] = new int[(int)(1000 * stretchSeconds / Machine.PeriodMs)][];
            for (int t = 0; t < stretches[s].Length; t++)
            {
                stretches[s][t] = new int[machine.Channels.Count];
                machine.Sample(stretches[s][t]);
            }

            machine.Skip(apartSeconds - stretchSeconds);
        }

        return new MachineLog([.. machine.Channels], apartSeconds, stretches);
    }

    /// <summary>The table that "record" would have written.</summary>
    internal Table ToTable()
    {
        StringBuilder text = new($"time_ms,{string.Join(',', _channels)}\n");
        for (int s = 0; s < Stretches.Length; s++)
        {
            for (int t = 0; t < Stretches[s].Length; t++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{(long)(1000 * s * _apartSeconds) + (t * Machine.PeriodMs)},").AppendJoin(',', Stretches[s][t]).Append('\n');
            }
        }

        return Table.Parse(text.ToString(), "normal.csv");
    }
}
