using System.Globalization;
using NeuralEdge.Conversion;
using NeuralEdge.Studio.Boards;

namespace NeuralEdge.Studio.Watching;

/// <summary>
/// Keeps what the board's model does for days, whether a page is open or not: for each model a table of five-second stretches, and one of
/// five-minute stretches that is quicker to look through, in the folder of the sessions. What is older than it promises goes once a day.
/// </summary>
public sealed class WatchKeeper : IDisposable
{
    /// <summary>Milliseconds of a stretch of the finer table.</summary>
    public const long FineMs = 5_000;

    /// <summary>Milliseconds of a stretch of the coarser table.</summary>
    public const long CoarseMs = 300_000;

    /// <summary>Days that the finer tables go back: some megabytes each.</summary>
    public const int FineDays = 31;

    /// <summary>Days that the coarser tables and the diary go back.</summary>
    public const int CoarseDays = 400;

    private const long DayMs = 24 * 3600_000L;

    // Longer looks are at the coarser table.
    private const long LongestFineMs = DayMs;
    private const long MostDrift = 2_000;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    private readonly object _gate = new();
    private readonly Dictionary<object, (long From, long SpanMs)> _shown = [];
    private readonly BoardService _board;
    private readonly StudioOptions _options;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private LiveRing? _ring;
    private WatchLog[] _logs = [];
    private long _next;
    private long _offset;
    private DateTimeOffset _again;
    private long _trimmedDay = -1;

    /// <summary>Keeps what a board does.</summary>
    /// <param name="board">The board.</param>
    /// <param name="options">Where the sessions are.</param>
    public WatchKeeper(BoardService board, StudioOptions options)
        : this(board, options, TimeProvider.System)
    {
    }

    internal WatchKeeper(BoardService board, StudioOptions options, TimeProvider clock)
    {
        (_board, _options, _clock) = (board, options, clock);
        _timer = clock.CreateTimer(_ => Look(_board.Live), null, Pace, Pace);
    }

    /// <summary>The folder of the tables.</summary>
    public string Folder => Path.Combine(_options.Folder, "watch");

    /// <summary>Why nothing is kept; null for nothing.</summary>
    public string? Problem { get; private set; }

    /// <summary>The names of what is kept of a model, in the order of its rows.</summary>
    /// <param name="ring">What the model does.</param>
    public static IReadOnlyList<string> NamesOf(LiveRing ring)
    {
        ArgumentNullException.ThrowIfNull(ring);
        int pins = ring.Model.Inputs.Length + ring.Model.Outputs.Length;
        return [.. ring.Rows.Names.Select((name, i) => i < pins ? name : "pin " + name)];
    }

    /// <summary>The finer table of a model, or the coarser one for long looks.</summary>
    /// <param name="ring">What the model does.</param>
    /// <param name="spanMs">How much is looked at.</param>
    public WatchTable TableOf(LiveRing ring, long spanMs)
    {
        ArgumentNullException.ThrowIfNull(ring);
        return new WatchTable(PathOf(ring, spanMs > LongestFineMs ? CoarseMs : FineMs), ring.Rows.Names.Count);
    }

    /// <summary>Says what a page shows, so that it is not taken away under somebody's eyes.</summary>
    /// <param name="page">The page.</param>
    /// <param name="from">Where it begins, in milliseconds since 1970.</param>
    /// <param name="spanMs">How much of it there is.</param>
    public void Show(object page, long from, long spanMs)
    {
        lock (_gate)
        {
            _shown[page] = (from, spanMs);
        }
    }

    /// <summary>Says that a page shows nothing any more.</summary>
    /// <param name="page">The page.</param>
    public void Forget(object page)
    {
        lock (_gate)
        {
            _shown.Remove(page);
        }
    }

    /// <summary>Takes what has come since it looked last.</summary>
    /// <param name="ring">What the model that runs does; null for none.</param>
    internal void Look(LiveRing? ring)
    {
        lock (_gate)
        {
            DateTimeOffset now = _clock.GetUtcNow();
            if (now < _again)
            {
                return;
            }

            try
            {
                Take(ring, now.ToUnixTimeMilliseconds());
                TrimDaily(now.ToUnixTimeMilliseconds());
                Problem = null;
            }
            catch (Exception e) when (e is InputRefusedException or IOException or UnauthorizedAccessException)
            {
                // What is lost is said; the room on the disk may come back.
                Problem = e.Plain();
                _again = now + AfterFailure;
                Close();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            Close();
            _again = DateTimeOffset.MaxValue;
        }
    }

    private void Take(LiveRing? ring, long now)
    {
        if (ring is not null && !ReferenceEquals(ring, _ring))
        {
            Close();
            IReadOnlyList<string> names = NamesOf(ring);
            (_ring, _next, _offset) = (ring, 0, 0);
            _logs = [new WatchLog(PathOf(ring, FineMs), names, FineMs), new WatchLog(PathOf(ring, CoarseMs), names, CoarseMs)];
        }

        if (_ring is null)
        {
            return;
        }

        if (_ring.Rows.Count > _next)
        {
            // The rows have the time of a clock that only goes on; that of the wall is set now and then, and goes on while the computer sleeps.
            long offset = now - _ring.Rows.LastMs;
            _offset = Math.Abs(offset - _offset) > MostDrift ? offset : _offset;
            _ring.Rows.ForEach(ref _next, (ms, values) => Array.ForEach(_logs, log => log.Add(ms + _offset, values)));
        }

        Array.ForEach(_logs, log => log.EndBefore(now - MostDrift));
    }

    // The oldest days go, and never one that somebody looks at.
    private void TrimDaily(long now)
    {
        if (now / DayMs == _trimmedDay || !Directory.Exists(Folder))
        {
            return;
        }

        _trimmedDay = now / DayMs;
        Array.ForEach(_logs, log => log.LetGo());
        foreach (string path in Directory.EnumerateFiles(Folder, "model *.csv"))
        {
            bool isCoarse = path.EndsWith(Ending(CoarseMs), StringComparison.Ordinal);
            long seen = _shown.Values.Where(shown => shown.SpanMs > LongestFineMs == isCoarse).Select(shown => shown.From / DayMs).DefaultIfEmpty(long.MaxValue).Min();
            try
            {
                new WatchTable(path, 0).CutBefore(DayMs * Math.Min((now / DayMs) - (isCoarse ? CoarseDays : FineDays), seen));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Tomorrow there may be room, or nobody who holds it.
            }
        }
    }

    private static string Ending(long bucketMs) => string.Create(CultureInfo.InvariantCulture, $", {bucketMs / 1000} s.csv");

    private void Close()
    {
        Array.ForEach(_logs, log => log.Dispose());
        (_ring, _logs) = (null, []);
    }

    internal string PathOf(LiveRing ring, long bucketMs) =>
        Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"model {ring.Model.Model.Digest:x8}{Ending(bucketMs)}"));
}
