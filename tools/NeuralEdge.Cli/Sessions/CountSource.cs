using System.Diagnostics;
using NeuralEdge.Conversion;
using NeuralEdge.Host;
using NeuralEdge.Host.Recordings;

namespace NeuralEdge.Cli.Sessions;

/// <summary>
/// Rows of counts from a board, on one time that never goes back. A board that restarts, is unplugged or is killed is waited for; what
/// was missed meanwhile is counted and told.
/// </summary>
internal sealed class CountSource : IDisposable
{
    // Whoever waits for a row looks after the file that often.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    // The line may repeat a row, or bring one of an earlier request; not so many.
    private const int MostUseless = 20;

    private readonly Func<BoardLink> _connect;
    private readonly TimeSpan _wait;
    private readonly IReadOnlyList<RecordedColumn> _columns;
    private readonly int _periodMs;
    private readonly CancellationToken _cancellation;
    private readonly Queue<CountRow> _rescued = new();
    private readonly RowClock _clock;
    private BoardLink? _link;

    /// <summary>Begins to sample.</summary>
    /// <param name="link">The board, which then belongs to the source.</param>
    /// <param name="connect">Connects to it again.</param>
    /// <param name="columns">What is sampled.</param>
    /// <param name="periodMs">Milliseconds from row to row.</param>
    /// <param name="firstMs">The time of the first row.</param>
    /// <param name="wait">How long a board that is lost is waited for; zero: not at all.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BoardLinkException">The board fails, or does not know the request.</exception>
    internal CountSource(
        BoardLink link, Func<BoardLink> connect, IReadOnlyList<RecordedColumn> columns, int periodMs, long firstMs, TimeSpan wait, CancellationToken cancellation)
    {
        (_link, _connect, _columns, _periodMs, _wait, _cancellation) = (link, connect, columns, periodMs, wait, cancellation);
        _clock = new RowClock([.. columns.Select(c => c.Source)], firstMs) { Resumed = () => Told(null) };
        try
        {
            Start(link);
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    /// <summary>Rows that the board sampled, or should have, and that did not come, as far as their numbers tell; gaps apart.</summary>
    internal long Missing => _clock.Missing;

    /// <summary>Milliseconds of the times without a board.</summary>
    internal IReadOnlyList<long> Gaps => _clock.Gaps;

    /// <summary>Is told that the board is gone (why), and that its first row after that is here (null).</summary>
    internal Action<string?> Told { get; set; } = _ => { };

    /// <summary>Is called some times a second while nothing comes.</summary>
    internal Action Idle { get; set; } = () => { };

    /// <summary>Waits for the next row.</summary>
    /// <exception cref="BoardLinkException">The board is gone and does not come back in time, or refuses.</exception>
    internal RecordedRow Next()
    {
        int useless = 0;
        while (useless < MostUseless)
        {
            if (_rescued.TryDequeue(out CountRow? row) || TryRead(out row))
            {
                if (_clock.Stamp(row!) is RecordedRow stamped)
                {
                    return stamped;
                }

                useless++;
            }
        }

        throw new BoardLinkException($"The board at {_link?.Port} sends other counts than it was asked for: restart it and try again.");
    }

    public void Dispose()
    {
        if (_link is BoardLink link)
        {
            // On a board that does not listen the counts lapse by themselves.
            Farewell.Say(link.StopCounts);
            link.Dispose();
        }
    }

    private void Start(BoardLink link) => link.StartCounts(_periodMs, [.. _columns.Select(c => c.Source)], _cancellation);

    private bool TryRead(out CountRow? row)
    {
        row = null;
        try
        {
            TimeSpan patience = TimeSpan.FromMilliseconds(3.0 * _periodMs);
            patience = patience < LeastPatience ? LeastPatience : patience;
            for (TimeSpan silence = default; silence < patience; silence += Slice)
            {
                row = _link!.ReadCounts(Slice, _cancellation);
                if (row is not null)
                {
                    return true;
                }

                Idle();
            }

            throw new BoardLinkException($"The board at {_link!.Port} answers, but sends no counts of {string.Join(", ", _columns.Select(column => column.Name))}: see that every sensor has its wires and its power, and with neuraledge info whether a fault holds the board.");
        }
        catch (BoardLinkException e) when (e is not BoardRefusedException && _clock.HasRows && _wait > TimeSpan.Zero)
        {
            ConnectAgain(e);
            return false;
        }
    }

    private void ConnectAgain(BoardLinkException why)
    {
        Told(why.Message);
        while (_link!.TakeCounts() is CountRow row)
        {
            _rescued.Enqueue(row);
        }

        _link.Dispose();
        _link = null;
        long begin = Stopwatch.GetTimestamp();
        while (_link is null)
        {
            Idle();
            BoardLink? link = null;
            try
            {
                link = _connect();
                Start(link);
                _link = link;
            }
            catch (BoardLinkException e) when (e is not BoardRefusedException && Stopwatch.GetElapsedTime(begin) < _wait)
            {
                link?.Dispose();
                _cancellation.WaitHandle.WaitOne(Pause);
                _cancellation.ThrowIfCancellationRequested();
            }
            catch
            {
                link?.Dispose();
                throw;
            }
        }
    }
}
