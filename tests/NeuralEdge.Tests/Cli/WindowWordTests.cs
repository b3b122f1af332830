using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Link;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Series;
using NeuralEdge.Simulator;
using NeuralEdge.Simulator.Sensors;
using NeuralEdge.Tests.Features;
using NeuralEdge.Tests.Series;

namespace NeuralEdge.Tests.Cli;

/// <summary>Of windows a board samples channels and makes decisions: sentences do not speak of inputs and periods.</summary>
[TestClass]
public sealed class WindowWordTests
{
    [TestMethod]
    public void ATestCountsDecisionsAndAnUploadItsTestWindows()
    {
        using Scratch scratch = new();
        using SimulatedBoard board = new(new SimulatedBoardOptions { Sensors = new FunctionSensors((_, _) => 2000) });
        board.Start();
        scratch.Write("m.nedge", WindowedModels.Create(10, 8, 2, 1, ["mean"]).Bytes);
        string[] port = ["--port", board.Address];
        StringAssert.Matches(scratch.Run(["upload", "m.nedge", "--no-confirm", .. port]).MustSucceed().Output, new(@"the board computed \d+ golden vectors? and 3 test windows bit for bit as promised"));
        StringAssert.Matches(scratch.Run(["info", .. port]).MustSucceed().Output, new(@"(?m)^test +\d+ decisions? in a row on plausible inputs"));
    }

    [TestMethod]
    public void WhatHasNoSensorIsAChannel()
    {
        using Scratch scratch = new();
        using SimulatedBoard board = new(new SimulatedBoardOptions { Sensors = new FunctionSensors((_, _) => 0) });
        board.Start();
        scratch.Write("m.nedge", WindowedModels.Create(10, 8, 2, 1, ["mean"], new BoardOutput("y0", 18, ArgMax: false, On: 3000, Off: 2500)).Bytes);
        string[] port = ["--port", board.Address];
        scratch.Run(["upload", "m.nedge", "--anyway", .. port]).MustSucceed();
        string held = scratch.Run(["monitor", .. port, "--count", "1"]).Error;
        StringAssert.Contains(held, "channel 0 (c0) gives no plausible count");

        scratch.Write("log.csv", Logs.Text(Logs.Loudness(8, 80)));
        scratch.Write("board.json", """{"inputs":[{"name":"x","sensor":3}],"outputs":[]}""");
        scratch.Run("train", "log.csv", "--target", "label", "--window", "320ms", "--features", "std", "--hidden", "none", "--board", "board.json", "-o", "n.nedge").MustSucceed();
        StringAssert.Contains(scratch.Run(["upload", "n.nedge", .. port]).MustFail(2), ": channel 0 is bound to an ADC channel that this board does not sample, or to a sensor that it has not");
    }

    [TestMethod]
    public void OnlyWhatCanGoOnIsAtTheEndOfItsRange()
    {
        ModelFile model = Pipeline.Train(new TrainOptions(Table.Parse(Logs.Text(Logs.Loudness(12, 96).Select((r, n) => n < 6 ? (r.Label, [.. r.Samples.Select(_ => 1500.0)]) : r)), "log.csv"), "label")
        {
            Windows = new WindowOptions(0.32) { HopSeconds = 0.08, Features = ["crossings", "mean"] },
            Hyperparameters = new() { Hidden = [], Starts = 1 },
            Anyway = true,
            AcceptError = 1,
            Work = 1000,
        }).Model.File;
        string[] Remarks(Func<int, int> raw) => [.. LiveText.Rows(model, WatchedBoard.At(model, 1, [.. model.Inputs.Select((input, i) => input.ToValue(raw(i)))], [.. model.Outputs.Select(_ => (byte)LinkProtocol.NoPin)])).Take(2).Select(row => row.Remark)];
        CollectionAssert.AreEqual(new[] { "", "at the end of its range" }, Remarks(model.Model.Network.GetInputMinimum), "there is no number of crossings below 0");
        CollectionAssert.AreEqual(new[] { "at the end of its range", "at the end of its range" }, Remarks(model.Model.Network.GetInputMaximum));
    }
}
