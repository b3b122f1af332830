using System.Diagnostics;

namespace NeuralEdge.Host.Recordings;

/// <summary>
/// Puts rows of counts on one time that never goes back, whatever the board's own does: it restarts, is unplugged, or its uptime wraps.
/// What was missed meanwhile is counted.
/// </summary>
/// <param name="columns">What is sampled, in the order of the counts.</param>
/// <param name="firstMs">The time of the first row.</param>
public sealed class RowClock(IReadOnlyList<CountChannel> columns, long firstMs = 0)
{
    // More than the clocks of board and host drift apart.
    private const double DoubtMs = 1000;
    private const double ClockDrift = 0.01;

    private readonly List<long> _gaps = [];
    private CountRow? _last;
    private long _lastAt;
    private long _ms = firstMs;

    /// <summary>Rows that the board sampled, or should have, and that did not come, as far as their numbers tell; gaps apart.</summary>
    public long Missing { get; private set; }

    /// <summary>Milliseconds of the times without a board.</summary>
    public IReadOnlyList<long> Gaps => _gaps;

    /// <summary>True when a row has come.</summary>
    public bool HasRows => _last is not null;

    /// <summary>Time since the last row.</summary>
    public TimeSpan Silence => Stopwatch.GetElapsedTime(_lastAt);

    /// <summary>Is called when the first row after a gap is here.</summary>
    public Action Resumed { get; init; } = () => { };

    /// <summary>Puts a row on the time of the recording.</summary>
    /// <param name="row">The row as the board sent it.</param>
    /// <returns>The row in counts; null for one that came twice, or has other columns.</returns>
    public RecordedRow? Stamp(CountRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Counts.Length != columns.Count)
        {
            return null;
        }

        double elapsed = Silence.TotalMilliseconds;
        if (_last is CountRow last)
        {
            // The uptime wraps after 49 days, and so does the difference.
            long step = unchecked((int)(row.UptimeMs - last.UptimeMs));
            if (row.Session == last.Session && row.Number == last.Number)
            {
                return null;
            }

            if (row.Session == last.Session && row.Number > last.Number)
            {
                Missing += row.Number - last.Number - 1;
            }
            else
            {
                // A board that restarted has lost its time; the host's tells how long it was gone.
                step = step < elapsed - DoubtMs - (ClockDrift * elapsed) ? (long)elapsed : step;
                _gaps.Add(Math.Max(step, 1));
                Resumed();
            }

            _ms += Math.Max(step, 1);
        }

        _last = row;
        _lastAt = Stopwatch.GetTimestamp();
        double[] counts = new double[columns.Count];
        for (int c = 0; c < counts.Length; c++)
        {
            counts[c] = columns[c].ToCount(row.Counts[c]);
        }

        return new RecordedRow(_ms, counts);
    }
}
