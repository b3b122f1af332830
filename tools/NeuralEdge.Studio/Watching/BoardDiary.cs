using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;
using NeuralEdge.Studio.Boards;

namespace NeuralEdge.Studio.Watching;

/// <summary>Something that happened to the board.</summary>
/// <param name="At">When, on this computer's clock.</param>
/// <param name="Words">What.</param>
/// <param name="IsBad">True when somebody should look after it.</param>
public sealed record DiaryEntry(DateTimeOffset At, string Words, bool IsBad);

/// <summary>What happened to the board while the studio looked on: told from what the board says of itself, once a second.</summary>
public sealed class BoardDiary : IDisposable
{
    private const int Kept = 1000;

    private readonly object _gate = new();
    private readonly BoardService _board;
    private readonly Queue<DiaryEntry> _entries = new();
    private readonly DiaryFile? _file;
    private BoardView _last = new(BoardState.None);

    /// <summary>A diary of a board.</summary>
    /// <param name="board">The board.</param>
    /// <param name="path">The table that keeps it over the studio's end; null for none.</param>
    public BoardDiary(BoardService board, string? path = null)
    {
        _board = board;
        _file = path is null ? null : new DiaryFile(path);
        _file?.CutBefore(DateTimeOffset.Now.AddDays(-WatchKeeper.CoarseDays));
        foreach (DiaryEntry entry in _file?.Read(Kept) ?? [])
        {
            _entries.Enqueue(entry);
        }

        board.Changed += Look;
    }

    /// <summary>What happened, the newest first.</summary>
    public IReadOnlyList<DiaryEntry> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries.Reverse()];
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _board.Changed -= Look;
        lock (_gate)
        {
            _file?.Dispose();
        }
    }

    /// <summary>What is to be told between two views of a board.</summary>
    /// <param name="before">The one before.</param>
    /// <param name="now">The one after.</param>
    internal static IEnumerable<(string Words, bool IsBad)> Between(BoardView before, BoardView now)
    {
        if (now.State != before.State)
        {
            switch (now.State)
            {
                case BoardState.Connected: yield return ($"the board at {now.Port} answers", false); break;
                case BoardState.Lost: yield return (now.Why ?? "the board is lost", true); break;
                case BoardState.Lent: yield return ("another program has the board", false); break;
                default: break;
            }
        }

        if (before.Report is not BoardReport old || now.Report is not BoardReport report || now.Port != before.Port)
        {
            yield break;
        }

        if (report.UptimeMs < old.UptimeMs)
        {
            yield return ("the board has restarted", true);
            yield break;
        }

        if (report.Sequence != old.Sequence || report.State != old.State || report.Digest != old.Digest)
        {
            bool hasGoneBack = report.State != ModelState.Test && (report.Sequence < old.Sequence || (report.State == ModelState.Factory && old.State != ModelState.Factory));
            string model = report.State == ModelState.Factory ? "the factory model" : $"upload {report.Sequence}";
            yield return (hasGoneBack ? $"the board has gone back to {model}" : $"{model} {(report.State switch { ModelState.Factory => "runs", ModelState.Test => "runs in test", _ => "is confirmed" })}", false);
        }

        if (report.FaultCount > old.FaultCount || report.FaultFlags != old.FaultFlags)
        {
            yield return ($"a fault, number {report.FaultCount}: {(report.BadInput is int bad ? $"{(now.Model is { } model && bad < model.Channels.Length ? model.Channels[bad].Name : $"input {bad}")} {(report.IsInputFrozen ? "is frozen" : "gives what it cannot measure")}" : "see the page Board")}", true);
        }

        if (report.LatePeriods > old.LatePeriods)
        {
            yield return ($"{NumberText.Count((int)(report.LatePeriods - old.LatePeriods), "late period")}", true);
        }

        if (report.RestCount > old.RestCount)
        {
            yield return ("a load has been on for its longest time and rests", false);
        }

        if (report.Digest == old.Digest && report.IsUnfamiliar != old.IsUnfamiliar && report.IsUnfamiliar is bool unlike)
        {
            yield return (unlike ? "inputs are unlike those of the training" : "inputs are like those of the training again", unlike);
        }

        if (report.EndedTests > old.EndedTests)
        {
            yield return ("a test has ended because nobody confirmed the model", true);
        }
    }

    private void Look()
    {
        lock (_gate)
        {
            BoardView now = _board.Now;
            foreach ((string words, bool isBad) in Between(_last, now))
            {
                DiaryEntry entry = new(DateTimeOffset.Now, words, isBad);
                _entries.Enqueue(entry);
                _file?.Add(entry);
            }

            // A board that is away for a moment is compared with what it was before.
            _last = now.Report is null && now.Port == _last.Port ? now with { Report = _last.Report, Model = _last.Model } : now;
            while (_entries.Count > Kept)
            {
                _entries.Dequeue();
            }
        }
    }
}
