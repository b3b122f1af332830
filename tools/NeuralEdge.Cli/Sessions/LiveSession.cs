using System.Diagnostics;
using NeuralEdge.Board.Link;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Sessions;

/// <summary>Live values of a board in the units of whatever model it runs at the time.</summary>
internal sealed class LiveSession : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Values that were sent before the model was read are of the one before; more than a few are no change of models.
    private const int MostReadings = 20;

    // After that, somebody who waits is told why.
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(800);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan ReportAge = TimeSpan.FromSeconds(2);

    private readonly Stopwatch _reported = Stopwatch.StartNew();
    private readonly Func<BoardLink> _connect;
    private readonly Action<string> _tell;
    private readonly bool _waits;
    private BoardSession _session;
    private string? _told;

    /// <summary>Connects, and begins.</summary>
    /// <param name="connect">Connects to the board, again when it was lost.</param>
    /// <param name="every">One event for every so many inferences.</param>
    /// <param name="tell">Takes sentences for who waits: why no values come, that the board is gone, and that it is back.</param>
    /// <param name="waits">True to wait for a board that is gone; else that is the end.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="BoardLinkException">Nothing answers there, or the model cannot be understood.</exception>
    internal LiveSession(Func<BoardLink> connect, int every, Action<string> tell, bool waits, CancellationToken cancellation)
    {
        (_connect, _tell, _waits, Every) = (connect, tell, waits, every);
        _session = Begin(cancellation);
        RunsFactoryModel = Report.State == ModelState.Factory;
    }

    /// <summary>What the board says of itself, some seconds old at most.</summary>
    internal BoardReport Report { get; private set; } = null!;

    /// <summary>True when nobody had taught the board anything at the beginning of the session.</summary>
    internal bool RunsFactoryModel { get; }

    /// <summary>The model of the last live values.</summary>
    internal ModelFile Model => _session.Model;

    private int Every { get; }

    /// <summary>The next live values; reads the model again when the board runs another one.</summary>
    internal LiveValues Next(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return Read(cancellation);
            }
            catch (BoardLinkException e) when (_waits && e is not BoardRefusedException)
            {
                _tell($"{e.Message.TrimEnd('.')}. Waiting for the board, Ctrl+C ends it.");
                BoardReport before = Report;
                ConnectAgain(cancellation);
                _tell(ReturnText.Of(before, Report));
            }
        }
    }

    /// <summary>Asks the board anew.</summary>
    internal void Refresh(CancellationToken cancellation)
    {
        Report = _session.Link.Info(cancellation);
        _reported.Restart();
    }

    /// <summary>Values of the inputs.</summary>
    internal double[] Inputs(LiveValues live) => Model.ToInputs(live.Inputs);

    public void Dispose()
    {
        // On a board that does not listen the subscription lapses by itself.
        Farewell.Say(cancellation => _session.Link.Subscribe(0, cancellation));
        _session.Dispose();
    }

    private BoardSession Begin(CancellationToken cancellation)
    {
        BoardSession session = new(_connect(), cancellation);
        try
        {
            Report = session.Info(cancellation);
            _reported.Restart();
            session.Link.Subscribe(Every, cancellation);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private void ConnectAgain(CancellationToken cancellation)
    {
        _session.Dispose();
        while (true)
        {
            try
            {
                _session = Begin(cancellation);
                return;
            }
            catch (BoardLinkException e) when (e is not BoardRefusedException)
            {
                cancellation.WaitHandle.WaitOne(Pause);
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private LiveValues Read(CancellationToken cancellation)
    {
        if (_reported.Elapsed > ReportAge)
        {
            Refresh(cancellation);
        }

        for (int readings = 0; ; readings++)
        {
            LiveValues live = Await(cancellation);
            if (live.Digest == Model.Model.Digest)
            {
                if (live.InputCount != Model.Inputs.Length || live.OutputCount != Model.Outputs.Length)
                {
                    throw new BoardLinkException($"The board at {_session.Link.Port} sends live values of {live.InputCount} inputs and {live.OutputCount} outputs, but its model has {Model.Inputs.Length} and {Model.Outputs.Length}: restart it and try again.");
                }

                if (live.Inputs.Length < live.InputCount || live.Outputs.Length < live.OutputCount)
                {
                    throw new InputRefusedException($"The board's model has {live.InputCount} inputs and {live.OutputCount} outputs, more than live values can carry; use neuraledge ask.");
                }

                return live;
            }

            if (readings == MostReadings)
            {
                throw new BoardLinkException($"The board at {_session.Link.Port} sends live values of another model than the one that it gives to read: restart it and try again.");
            }

            _session.ReadModelAgain(cancellation);
            _session.Link.Subscribe(Every, cancellation);
        }
    }

    // The next values, with a word to who waits when something holds them up; a board that is waited for may take as long as it likes to be mended.
    private LiveValues Await(CancellationToken cancellation)
    {
        TimeSpan waited = TimeSpan.Zero;
        TimeSpan patience = Silence;
        while (true)
        {
            if (_session.Link.ReadLive(patience, cancellation) is LiveValues live)
            {
                _told = null;
                return live;
            }

            waited += patience;
            Refresh(cancellation);
            string? held = SensorText.WhyHeld(Report, Model);
            string silence = $"The board at {_session.Link.Port} sends no live values: {held ?? $"its faults: {BoardText.Faults(Report)}"}; see neuraledge doctor.";
            TimeSpan due = LiveText.Due(Report, Model, Every);

            // What holds a board does not wait for values that are due later.
            bool isEnd = held is not null ? patience > Silence && !_waits : waited > Patience + due;
            if (isEnd)
            {
                throw new BoardLinkException(_told == silence ? $"The board at {_session.Link.Port} still sends no live values." : silence);
            }

            // Said as the end's own sentence otherwise.
            string? word = held is not null ? silence : due > Patience ? LiveText.WhenDue(Report, Model, Every) : null;
            if (word is not null && _told != word)
            {
                _told = word;
                _tell(word);
            }

            patience = Patience;
        }
    }
}
