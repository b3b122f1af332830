using System.Collections.Concurrent;
using System.Diagnostics;
using NeuralEdge.Board;
using NeuralEdge.Conversion;
using NeuralEdge.Host;
using NeuralEdge.Host.Recordings;

namespace NeuralEdge.Studio.Boards;

/// <summary>
/// The board of the studio, which all pages share: owns its port on a thread of its own, looks for it when it is gone, and keeps what it
/// sends. A link belongs to one thread, so whoever wants something of the board hands it over with <see cref="Do"/>.
/// </summary>
public sealed class BoardService : IAsyncDisposable
{
    /// <summary>The most rows a second of six channels that a line of 115200 baud has room for, with some to spare.</summary>
    public static IReadOnlyList<int> Periods { get; } = [10, 20, 50, 100, 200, 1000];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongestTest = TimeSpan.FromMinutes(1);

    private readonly StudioOptions _options;
    private readonly CancellationTokenSource _end = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly ConcurrentQueue<IBoardWork> _works = new();
    private readonly object _gate = new();
    private readonly Thread _thread;
    private CancellationTokenSource _connection = new();
    private LoanOfPort? _loan;
    private volatile bool _isWorking;
    private string? _port;
    private int _periodMs = 100;
    private bool _isDisposed;
    private volatile BoardView _now = new(BoardState.None);

    /// <summary>A service without a board.</summary>
    /// <param name="options">What the studio was started with.</param>
    public BoardService(StudioOptions options)
    {
        _options = options;
        _thread = new Thread(Run) { IsBackground = true, Name = "the board's port" };
        _thread.Start();
    }

    /// <summary>Something in <see cref="Now"/> is new. Raised on the port's thread: be quick.</summary>
    public event Action? Changed;

    /// <summary>A row of counts has come. Raised on the port's thread: be quick.</summary>
    public event Action<RecordedRow>? RowCame;

    /// <summary>What is known of the board.</summary>
    public BoardView Now => _now;

    /// <summary>Counts of all channels; another ring when another board comes. Null before the first.</summary>
    public RowRing? Rows { get; private set; }

    /// <summary>Inputs, outputs and pins of the model that runs; another one for another model. Null before the first.</summary>
    public LiveRing? Live { get; private set; }

    /// <summary>Milliseconds from one sampled row to the next.</summary>
    public int PeriodMs
    {
        get => _periodMs;
        set
        {
            _periodMs = value;
            _ = _now.State == BoardState.Connected ? TryDo((_, _) => true) : Task.CompletedTask;
        }
    }

    /// <summary>Goes to a port, and stays there.</summary>
    /// <param name="port">As for the verbs.</param>
    public void Connect(string port)
    {
        lock (_gate)
        {
            _port = port;
            Set(new BoardView(BoardState.Connecting) { Port = port });
            _connection.Cancel();
        }

        _wake.Set();
    }

    /// <summary>Leaves the board and its port alone.</summary>
    public void Disconnect()
    {
        lock (_gate)
        {
            _port = null;
            Set(new BoardView(BoardState.None));
            _connection.Cancel();
        }

        _wake.Set();
    }

    /// <summary>Has the board do something.</summary>
    /// <param name="work">What; runs on the port's thread, while nothing else comes from the board.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BoardLinkException">There is no board, or it failed.</exception>
    public Task<T> Do<T>(Func<BoardLink, CancellationToken, T> work, CancellationToken cancellation = default) => Hand(work, takesCounts: false, cancellation);

    /// <summary>Has the board do something that samples channels in its own way; the studio's rows go on afterwards.</summary>
    /// <param name="work">What; runs on the port's thread, while nothing else comes from the board.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InputRefusedException">Rows are wanted just now.</exception>
    /// <exception cref="BoardLinkException">There is no board, or it failed.</exception>
    public Task<T> DoInPlaceOfRows<T>(Func<BoardLink, CancellationToken, T> work, CancellationToken cancellation = default) => WhyKept() is null
        ? Hand(work, takesCounts: true, cancellation)
        : throw new InputRefusedException("The studio records: end that first, or rows would be missing.");

    private Task<T> Hand<T>(Func<BoardLink, CancellationToken, T> work, bool takesCounts, CancellationToken cancellation)
    {
        BoardView now = _now;
        if (now.State != BoardState.Connected)
        {
            throw new BoardLinkException(now.Why ?? (now.State == BoardState.None ? "No board is connected: choose one on the page Board." : $"The board at {now.Port} does not answer yet."));
        }

        BoardWork<T> item = new(work, takesCounts, cancellation);
        _works.Enqueue(item);
        if (_now.State != BoardState.Connected)
        {
            // It went away in between: nobody might look again.
            FailWorks(_now.Why ?? "The board is gone.");
        }

        return item.Result;
    }

    /// <summary>Keeps the model in test once it has run long enough on plausible inputs; the board sends on meanwhile.</summary>
    /// <param name="shown">What the board said before, which whoever decides has seen.</param>
    /// <param name="cancellation">Ends the waiting; the model stays in test.</param>
    /// <exception cref="BoardLinkException">The board failed, runs another model, or inputs kept it waiting for too long; the sentence says which.</exception>
    public async Task<BoardReport> ConfirmWhenReady(BoardReport shown, CancellationToken cancellation = default)
    {
        long begin = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await Do((link, end) => link.Confirm(shown, anyway: false, end), cancellation);
            }
            catch (BoardRefusedException e) when (e.Status == RequestStatus.NotYet && Stopwatch.GetElapsedTime(begin) < LongestTest)
            {
                await Task.Delay(Again, cancellation);
            }
        }
    }

    /// <summary>Why the port is kept although another program asks for it; null when it may have it.</summary>
    public Func<string?> WhyKept { get; set; } = () => null;

    /// <summary>Gives the port to another program for as long as it wants, and goes on afterwards.</summary>
    /// <param name="use">What it does with the line; runs on the port's thread, until its token is cancelled at the latest.</param>
    /// <returns>Ends when the port is back.</returns>
    /// <exception cref="BoardLinkException">It cannot be had now.</exception>
    public Task Lend(Action<IHostLine, CancellationToken> use)
    {
        LoanOfPort loan = new(use);
        lock (_gate)
        {
            if (_port is null || _loan is not null || _isWorking)
            {
                throw new BoardLinkException(_isWorking ? "The studio is at work on the board: wait until it is done, then repeat the command." : "The studio has no board, or has lent it already: repeat the command.");
            }

            _loan = loan;
            _connection.Cancel();
        }

        _wake.Set();
        return loan.Done.Task;
    }

    /// <summary>Frees the port.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        lock (_gate)
        {
            _port = null;
            _end.Cancel();
            _connection.Cancel();
        }

        _wake.Set();
        await Task.Run(() => _thread.Join(TimeSpan.FromSeconds(5)));
        _connection.Dispose();
        _end.Dispose();
        _wake.Dispose();
    }

    private async Task TryDo(Func<BoardLink, CancellationToken, bool> work)
    {
        try
        {
            await Do(work);
        }
        catch (Exception e) when (e is BoardLinkException or OperationCanceledException)
        {
            // The view says so.
        }
    }

    private void Run()
    {
        while (!_end.IsCancellationRequested)
        {
            string? port;
            LoanOfPort? loan;
            CancellationToken cancellation;
            lock (_gate)
            {
                (port, loan) = (_port, _loan);
                if (_connection.IsCancellationRequested && !_end.IsCancellationRequested)
                {
                    _connection.Dispose();
                    _connection = new CancellationTokenSource();
                }

                cancellation = _connection.Token;
            }

            if (loan is not null)
            {
                FailWorks("Another program has the board.");
                Serve(loan, port, cancellation);
                continue;
            }

            if (port is null)
            {
                FailWorks("No board is connected.");
                _wake.WaitOne();
                continue;
            }

            try
            {
                Serve(port, cancellation);
            }
            catch (OperationCanceledException)
            {
                FailWorks("The board was disconnected.");
            }
            catch (Exception e) when (e is BoardLinkException or InputRefusedException)
            {
                lock (_gate)
                {
                    if (!cancellation.IsCancellationRequested)
                    {
                        Set(_now with { State = BoardState.Lost, Why = e.Plain() });
                    }
                }

                FailWorks(e.Plain());
                _wake.WaitOne(Patience);
            }
        }
    }

    private void Serve(string port, CancellationToken cancellation)
    {
        using BoardLink link = BoardLink.Connect(port, BoardPump.Times, _options.Keys, cancellation);
        BoardPump pump = new(link, Rows, Live, cancellation);
        pump.Start(_periodMs);
        Publish();
        while (!cancellation.IsCancellationRequested)
        {
            if (pump.PeriodMs != _periodMs)
            {
                pump.StartCounts(_periodMs);
            }

            while (_works.TryDequeue(out IBoardWork? work))
            {
                _isWorking = true;
                work.Run(link);
                _isWorking = false;
                if (work.TakesCounts)
                {
                    pump.StartCounts(_periodMs);
                }

                pump.Ask();
                Publish();
            }

            RecordedRow[] rows = pump.Receive();
            Array.ForEach(rows, row => RowCame?.Invoke(row));
            if (pump.AskInTime())
            {
                Publish();
            }
        }

        void Publish()
        {
            // Rings first: whoever sees the view may look for them.
            (Rows, Live) = (pump.Rows, pump.Live);
            lock (_gate)
            {
                if (!cancellation.IsCancellationRequested)
                {
                    Set(new BoardView(BoardState.Connected)
                    {
                        Port = port,
                        Report = pump.Report,
                        Model = pump.Model,
                        Channels = pump.Channels,
                        PeriodMs = pump.PeriodMs,
                        DecisionMs = pump.DecisionMs,
                        Missing = pump.Missing,
                        NoCounts = pump.NoCounts,
                    });
                }
            }
        }
    }

    private void Serve(LoanOfPort loan, string? port, CancellationToken cancellation)
    {
        Exception? failed = null;
        try
        {
            if (port is null)
            {
                throw new BoardLinkException("The studio has left the board: repeat the command.");
            }

            Set(_now with { State = BoardState.Lent, Why = "Another program of yours has the board; it comes back by itself." });
            using IHostLine line = HostLine.Open(port);
            loan.Use(line, cancellation);
        }
        catch (Exception e)
        {
            // Whoever borrowed it is told; what is wrong with the port shows when it is opened again.
            failed = e;
        }

        lock (_gate)
        {
            _loan = null;
            if (_port == port && port is not null)
            {
                Set(_now with { State = BoardState.Connecting, Why = null });
            }
        }

        // Only now: whoever waits for its turn asks at once, and must find the port free.
        if (failed is null)
        {
            loan.Done.TrySetResult();
        }
        else
        {
            loan.Done.TrySetException(failed);
        }
    }

    private void Set(BoardView view)
    {
        _now = view;
        Changed?.Invoke();
    }

    private void FailWorks(string why)
    {
        while (_works.TryDequeue(out IBoardWork? work))
        {
            work.Fail(why);
        }
    }

    /// <summary>Somebody who wants the port for a while.</summary>
    private sealed record LoanOfPort(Action<IHostLine, CancellationToken> Use)
    {
        internal TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
