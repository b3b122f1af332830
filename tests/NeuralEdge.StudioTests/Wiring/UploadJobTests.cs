using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Chips;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Training;
using NeuralEdge.Studio;
using NeuralEdge.Studio.Boards;
using NeuralEdge.Studio.Simulation;
using NeuralEdge.Studio.Wiring;
using NeuralEdge.StudioTests.Boards;

namespace NeuralEdge.StudioTests.Wiring;

[TestClass]
public sealed class UploadJobTests
{
    /// <summary>"It runs in test" beside a board that runs something else would be believed.</summary>
    [TestMethod]
    public async Task WhatCameOfAnUploadIsSaidOnlyWhileItIsTrue()
    {
        using SimulatedWorld world = new();
        await using BoardService board = new(new StudioOptions { Folder = "nowhere", ApplicationName = "none" });
        using UploadJob job = new(board);
        board.Connect(world.Start(ChipTable.Classic));
        await BoardServiceTests.Until(() => board.Now.State == BoardState.Connected, "the board");
        TrainResult result = Pipeline.Train(new TrainOptions(Table.Parse(WiringPlanTests.Csv("adc0,adc3"), "pot.csv"), "label") { Hyperparameters = new Hyperparameters { Hidden = [] } });
        Assert.IsNull(job.OutcomeOn(board.Now.Report), "before");

        await Send("runs it in test");
        Assert.IsNull(job.OutcomeOn(null), "without a board");
        await board.Do((link, cancellation) => link.Revert(link.Info(cancellation), cancellation));
        await Gone("went back");

        await Send("runs it in test");
        await board.ConfirmWhenReady(await board.Do((link, cancellation) => link.Info(cancellation)));
        await Gone("decided");
        await Send("runs this model already");

        Task Gone(string what) => BoardServiceTests.Until(() => job.OutcomeOn(board.Now.Report) is null, what);

        async Task Send(string words)
        {
            await job.Start(cancellation => new WiringPlan(result, board.Now.Wiring).Convert(Profile.Exact, cancellation), confirms: false);
            Assert.IsNull(job.Problem);
            await BoardServiceTests.Until(() => job.OutcomeOn(board.Now.Report)?.Contains(words, StringComparison.Ordinal) == true, words);
        }
    }
}
