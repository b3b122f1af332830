using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Chips;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Host;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Training;
using NeuralEdge.Studio;
using NeuralEdge.Studio.Boards;
using NeuralEdge.Studio.Simulation;
using NeuralEdge.Studio.Watching;
using NeuralEdge.Studio.Wiring;
using NeuralEdge.StudioTests.Boards;
using NeuralEdge.StudioTests.Wiring;

namespace NeuralEdge.StudioTests.Watching;

[TestClass]
public sealed class GoingBackTests
{
    /// <summary>What is confirmed, and what the board has gone back to, are two things although it says "confirmed" of both.</summary>
    [TestMethod]
    public async Task WhoGoesBackReadsThatAndNotThatAnOldModelIsConfirmed()
    {
        using SimulatedWorld world = new();
        await using BoardService board = new(new StudioOptions { Folder = "nowhere", ApplicationName = "none" });
        using BoardDiary diary = new(board);
        board.Connect(world.Start(ChipTable.Classic));
        await BoardServiceTests.Until(() => board.Now.State == BoardState.Connected, "the board");
        foreach (string inputs in new[] { "adc0,adc3", "adc4,adc3" })
        {
            TrainResult result = Pipeline.Train(new TrainOptions(Table.Parse(WiringPlanTests.Csv(inputs), "pot.csv"), "label") { Hyperparameters = new Hyperparameters { Hidden = [] } });
            byte[] file = new WiringPlan(result, board.Now.Wiring).Convert(Profile.Exact).Bytes;
            await board.Do((link, cancellation) => link.Upload(file, confirm: false, cancellation: cancellation));
            await Said("runs in test");
            await board.ConfirmWhenReady(await board.Do((link, cancellation) => link.Info(cancellation)));
            await Said("is confirmed");
        }

        uint second = board.Now.Report!.Sequence;
        await board.Do((link, cancellation) => link.Revert(link.Info(cancellation), cancellation));
        await BoardServiceTests.Until(() => board.Now.Report!.Sequence < second, "the model before");
        await Said($"the board has gone back to upload {board.Now.Report!.Sequence}");
        await board.Do((link, cancellation) => link.Revert(link.Info(cancellation), cancellation));
        await BoardServiceTests.Until(() => board.Now.Report!.State == ModelState.Factory, "the factory model");
        await Said("the board has gone back to the factory model");

        Task Said(string words) => BoardServiceTests.Until(() => diary.Entries[0].Words.Contains(words, StringComparison.Ordinal), words);
    }
}
