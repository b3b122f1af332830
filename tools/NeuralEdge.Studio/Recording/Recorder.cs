using NeuralEdge.Conversion;
using NeuralEdge.Host.Recordings;
using NeuralEdge.Studio.Boards;

namespace NeuralEdge.Studio.Recording;

/// <summary>Puts the board's rows into a session while somebody holds a label; all pages share it.</summary>
public sealed class Recorder : IDisposable
{
    // Between what was there and what is recorded later lies a second, whatever the clock says.
    private const int PauseMs = 1000;

    private readonly object _gate = new();
    private readonly BoardService _board;
    private object? _holder;
    private int[] _columns = [];
    private long? _shift;

    /// <summary>A recorder of a board.</summary>
    /// <param name="board">The board.</param>
    public Recorder(BoardService board)
    {
        _board = board;
        board.RowCame += Take;
        board.WhyKept = () => Held is string label ? $"The studio records {label}: end that first, then repeat the command." : null;
    }

    /// <summary>Another label is held, another session is open, or the disk has failed. Raised on any thread.</summary>
    public event Action? Changed;

    /// <summary>The session that is open; null for none.</summary>
    public RecordingSession? Session { get; private set; }

    /// <summary>The label that is recorded now; null for none.</summary>
    public string? Held { get; private set; }

    /// <summary>Why nothing is recorded although a label was held; null for nothing.</summary>
    public string? Problem { get; private set; }

    /// <summary>Opens a session in place of the one before.</summary>
    /// <param name="session">The session; null for none.</param>
    public void Open(RecordingSession? session)
    {
        lock (_gate)
        {
            Session?.Dispose();
            (Session, Held, _holder, _shift, Problem) = (session, null, null, null, null);
        }

        Changed?.Invoke();
    }

    /// <summary>Records under a label from now on.</summary>
    /// <param name="label">The label.</param>
    /// <param name="holder">Who holds it; whoever came last decides.</param>
    /// <exception cref="InputRefusedException">No session is open, or the board does not sample its columns.</exception>
    public void Hold(string label, object holder)
    {
        lock (_gate)
        {
            RecordingSession session = Session ?? throw new InputRefusedException("No session is open: begin one first.");
            IReadOnlyList<string> sampled = _board.Rows?.Names ?? [];
            _columns = [.. session.Columns.Select(column => sampled.ToList().IndexOf(column))];
            int missing = Array.IndexOf(_columns, -1);
            if (missing >= 0 || _board.Now.State != BoardState.Connected)
            {
                throw new InputRefusedException(_board.Now.State != BoardState.Connected
                    ? "No board is connected, so there is nothing to record."
                    : $"The session has a column {session.Columns[missing]}, which this board does not sample: begin a new session.");
            }

            (Held, _holder, Problem) = (label, holder, null);
        }

        Changed?.Invoke();
    }

    /// <summary>Ends what the same holder began.</summary>
    /// <param name="holder">Who held it.</param>
    public void LetGo(object holder)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_holder, holder))
            {
                return;
            }

            (Held, _holder) = (null, null);
            Try(session => session.Keep());
        }

        Changed?.Invoke();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _board.RowCame -= Take;
        Open(null);
    }

    private void Take(RecordedRow row)
    {
        lock (_gate)
        {
            if (Held is not string label || Session is null)
            {
                return;
            }

            long last = Session.LastMs ?? -1;
            _shift ??= -row.Ms;
            if (row.Ms + _shift <= last)
            {
                // A session that goes on, another board, or a clock that began anew.
                _shift = last + PauseMs - row.Ms;
            }

            Try(session => session.Add(row.Ms + _shift.Value, [.. _columns.Select(c => row.Counts[c])], label));
        }
    }

    private void Try(Action<RecordingSession> action)
    {
        try
        {
            if (Session is not null)
            {
                action(Session);
            }
        }
        catch (Exception e) when (e is InputRefusedException or IOException or UnauthorizedAccessException)
        {
            (Problem, Held, _holder) = (e.Plain(), null, null);
            Task.Run(() => Changed?.Invoke());
        }
    }
}
