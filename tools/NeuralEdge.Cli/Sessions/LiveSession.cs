using System.Diagnostics;
using NeuralEdge.Board.Link;
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

    private static readonly TimeSpan ReportAge = TimeSpan.FromSeconds(2);

    private readonly Stopwatch _reported = Stopwatch.StartNew();
    private readonly BoardSession _session;

    internal LiveSession(string port, KeyFile? keys, int every, CancellationToken cancellation)
    {
        _session = new BoardSession(port, keys, cancellation);
        try
        {
            Report = _session.Info(cancellation);
            RunsFactoryModel = Report.State == ModelState.Factory;
            _session.Link.Subscribe(every, cancellation);
        }
        catch
        {
            _session.Dispose();
            throw;
        }

        Every = every;
    }

    /// <summary>What the board says of itself, some seconds old at most.</summary>
    internal BoardReport Report { get; private set; }

    /// <summary>True when nobody had taught the board anything at the beginning of the session.</summary>
    internal bool RunsFactoryModel { get; }

    /// <summary>The model of the last live values.</summary>
    internal ModelFile Model => _session.Model;

    private int Every { get; }

    /// <summary>The next live values; reads the model again when the board runs another one.</summary>
    internal LiveValues Next(CancellationToken cancellation)
    {
        if (_reported.Elapsed > ReportAge)
        {
            Refresh(cancellation);
        }

        for (int readings = 0; ; readings++)
        {
            LiveValues live = _session.Link.ReadLive(Patience, cancellation)
                ?? throw new BoardLinkException($"The board at {_session.Link.Port} sends no live values; see with neuraledge info whether a fault holds it.");
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

    /// <summary>Asks the board anew.</summary>
    internal void Refresh(CancellationToken cancellation)
    {
        Report = _session.Link.Info(cancellation);
        _reported.Restart();
    }

    /// <summary>Values of the inputs.</summary>
    internal double[] Inputs(LiveValues live) => [.. live.Inputs.Select((raw, i) => Model.Inputs[i].ToValue(raw))];

    public void Dispose()
    {
        try
        {
            _session.Link.Subscribe(0, CancellationToken.None);
        }
        catch (BoardLinkException)
        {
            // The subscription lapses by itself.
        }

        _session.Dispose();
    }
}
