using NeuralEdge.Cli.Host;
using NeuralEdge.Modeling;
using NeuralEdge.Modeling.Files;

namespace NeuralEdge.Cli.Verbs;

/// <summary>Live values of a board in the units of whatever model it runs at the time.</summary>
internal sealed class LiveSession : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly BoardLink _link;

    internal LiveSession(string port, int every, CancellationToken cancellation)
    {
        (_link, Model) = CommonOptions.Connect(port, cancellation);
        try
        {
            RunsFactoryModel = _link.Info(cancellation).State == Link.ModelState.Factory;
            _link.Subscribe(every, cancellation);
        }
        catch
        {
            _link.Dispose();
            throw;
        }

        Every = every;
    }

    /// <summary>True when nobody had taught the board anything at the beginning of the session.</summary>
    internal bool RunsFactoryModel { get; }

    /// <summary>The model of the last live values.</summary>
    internal ModelFile Model { get; private set; }

    /// <summary>What the board said of itself lately.</summary>
    internal BoardReport? Board => _link.LastReport;

    private int Every { get; }

    /// <summary>The next live values; reads the model again when the board runs another one.</summary>
    internal LiveValues Next(CancellationToken cancellation)
    {
        while (true)
        {
            LiveValues live = _link.ReadLive(Patience, cancellation)
                ?? throw new BoardLinkException($"The board at {_link.Port} sends no live values; see with neuraledge info whether a fault holds it.");
            if (live.Digest == Model.Model.Digest)
            {
                if (live.Inputs.Length < live.InputCount || live.Outputs.Length < live.OutputCount)
                {
                    throw new InputRefusedException($"The board's model has {live.InputCount} inputs and {live.OutputCount} outputs, more than live values can carry; use neuraledge ask.");
                }

                return live;
            }

            Model = CommonOptions.ReadModel(_link, cancellation);
            _link.Subscribe(Every, cancellation);
        }
    }

    /// <summary>Values of the inputs.</summary>
    internal double[] Inputs(LiveValues live) => [.. live.Inputs.Select((raw, i) => Model.Labels.Inputs[i].ToValue(raw))];

    public void Dispose()
    {
        try
        {
            _link.Subscribe(0, CancellationToken.None);
        }
        catch (BoardLinkException)
        {
            // The subscription lapses by itself.
        }

        _link.Dispose();
    }
}
