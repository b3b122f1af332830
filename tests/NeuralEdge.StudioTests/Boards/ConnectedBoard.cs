using NeuralEdge.Board.Chips;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Training;
using NeuralEdge.Studio;
using NeuralEdge.Studio.Boards;
using NeuralEdge.Studio.Simulation;
using NeuralEdge.Studio.Wiring;
using NeuralEdge.StudioTests.Wiring;

namespace NeuralEdge.StudioTests.Boards;

/// <summary>A simulated board that the studio's service is connected to, and models for it.</summary>
internal sealed class ConnectedBoard : IAsyncDisposable
{
    private readonly SimulatedWorld _world = new();

    internal BoardService Board { get; } = new(new StudioOptions { Folder = "nowhere", ApplicationName = "none" });

    internal static async Task<ConnectedBoard> StartAsync()
    {
        ConnectedBoard connected = new();
        connected.Board.Connect(connected._world.Start(ChipTable.Classic));
        await BoardServiceTests.Until(() => connected.Board.Now.State == BoardState.Connected, "the board");
        return connected;
    }

    /// <summary>A model of the classes dry and wet, wired to the board.</summary>
    /// <param name="inputs">Names of two channels.</param>
    internal ModelFile Model(string inputs)
    {
        TrainResult result = Pipeline.Train(new TrainOptions(Table.Parse(WiringPlanTests.Csv(inputs), "pot.csv"), "label") { Hyperparameters = new Hyperparameters { Hidden = [] } });
        return new WiringPlan(result, Board.Now.Wiring).Convert(Profile.Exact);
    }

    internal Task Upload(ModelFile file) => Board.Do((link, cancellation) => link.Upload(file.Bytes, confirm: false, cancellation: cancellation));

    internal async Task Confirm() => await Board.ConfirmWhenReady(await Board.Do((link, cancellation) => link.Info(cancellation)));

    internal Task Revert() => Board.Do((link, cancellation) => link.Revert(link.Info(cancellation), cancellation));

    public async ValueTask DisposeAsync()
    {
        await Board.DisposeAsync();
        _world.Dispose();
    }
}
