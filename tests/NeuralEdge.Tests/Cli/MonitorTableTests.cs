using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Link;
using NeuralEdge.Cli.Monitoring;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Series;
using NeuralEdge.Learning.Training;
using NeuralEdge.Tests.Series;

namespace NeuralEdge.Tests.Cli;

/// <summary>What monitor --csv writes.</summary>
[TestClass]
public sealed class MonitorTableTests
{
    private const long Noon = 1_800_000_000_000;

    [TestMethod]
    public void TimesAreTheBoardsOwnStepsAndNeverGoBack()
    {
        using Scratch scratch = new();
        string path = scratch.PathOf("m.csv");
        using (MonitorTable table = new(path))
        {
            Assert.IsNull(table.Summary);

            // Late by what the line took, which is none of the board's doing; then the board starts anew, and this computer's clock is set back.
            (int Inference, long Now)[] rows = [(10, Noon), (11, Noon + 130), (12, Noon + 210), (1, Noon + 5000), (2, Noon - 60_000), (3, Noon - 59_900)];
            foreach ((int inference, long now) in rows)
            {
                table.Add(WatchedBoard.Model, WatchedBoard.At(WatchedBoard.Model, inference, [80, 50], LinkProtocol.PinOn, LinkProtocol.NoPin), now);
            }

            Assert.AreEqual($"Wrote 6 rows as {path}.", table.Summary);
        }

        string[] lines = File.ReadAllLines(path);
        Assert.AreEqual("time_ms,soil,light,water,shade,GPIO18", lines[0]);
        CollectionAssert.AreEqual(new long[] { 0, 100, 200, 5000, 5000, 5000 }, lines[1..].Select(line => long.Parse(line.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture) - Noon).ToArray());
        StringAssert.EndsWith(lines[1], ",1");

        using MonitorTable more = new(path);
        more.Add(WatchedBoard.Model, WatchedBoard.At(WatchedBoard.Model, 13, [20, 50], 0, LinkProtocol.NoPin), Noon + 9000);
        Assert.AreEqual($"Added 1 row to {path}.", more.Summary);
        StringAssert.EndsWith(File.ReadAllLines(path)[^1], ",0");
    }

    [TestMethod]
    public void AnotherModelsValuesAreNotMixedIn()
    {
        using Scratch scratch = new();
        ModelFile other = ModelFile.Parse(Imported.Model(WatchedBoard.Network.Replace("soil", "sand", StringComparison.Ordinal)), "other");
        using MonitorTable table = new(scratch.PathOf("m.csv"));
        table.Add(WatchedBoard.Model, WatchedBoard.At(WatchedBoard.Model, 1, [80, 50], 1, LinkProtocol.NoPin));
        InputRefusedException refusal = Assert.ThrowsExactly<InputRefusedException>(() => table.Add(other, WatchedBoard.At(other, 2, [80, 50], LinkProtocol.NoPin, LinkProtocol.NoPin)));
        StringAssert.Contains(refusal.Message, "time_ms, sand, light");
        StringAssert.Contains(refusal.Message, "1 row");
        Assert.HasCount(2, File.ReadAllLines(scratch.PathOf("m.csv")));
    }

    [TestMethod]
    public void NoTwoColumnsHaveOneName()
    {
        using Scratch scratch = new();
        ModelFile same = ModelFile.Parse(Imported.Model(WatchedBoard.Network.Replace("water", "soil", StringComparison.Ordinal)), "same");
        using MonitorTable table = new(scratch.PathOf("m.csv"));
        table.Add(same, WatchedBoard.At(same, 1, [80, 50], LinkProtocol.NoPin, LinkProtocol.NoPin));
        Assert.AreEqual("time_ms,soil,light,soil',shade", File.ReadAllLines(scratch.PathOf("m.csv"))[0]);
    }

    /// <summary>The steps of a network's input need not meet zero, and the value of the step that has it may lie below.</summary>
    [TestMethod]
    public void NoSpreadIsShownBelowZero()
    {
        using Scratch scratch = new();
        (string Label, double[] Samples)[] log = [.. Logs.Loudness(12, 96).Select((r, n) => (r.Label, r.Samples.Select(x => n % 2 == 0 ? 1500 : 1500 + (9 * (x - r.Samples[0]))).ToArray()))];
        ModelFile model = Pipeline.Train(new TrainOptions(Table.Parse(Logs.Text(log), "log.csv"), "label")
        {
            Windows = new WindowOptions(0.32) { HopSeconds = 0.08, Features = ["std", "range", "mad", "maxdiff", "slope"] },
            Hyperparameters = new() { Hidden = [], Starts = 1 },
            Anyway = true,
            AcceptError = 1,
            Work = 1000,
        }).Model.File;
        int[] lowest = [.. Enumerable.Range(0, model.Inputs.Length).Select(model.Model.Network.GetInputMinimum)];
        double[] plain = [.. lowest.Select((raw, i) => model.Inputs[i].ToValue(raw))];
        LiveValues live = WatchedBoard.At(model, 1, plain, [.. model.Outputs.Select(_ => (byte)LinkProtocol.NoPin)]);
        (string Name, string Value, string Remark)[] shown = [.. LiveText.Rows(model, live).Take(5)];
        using (MonitorTable table = new(scratch.PathOf("m.csv")))
        {
            table.Add(model, live);
        }

        string[] cells = File.ReadAllLines(scratch.PathOf("m.csv"))[1].Split(',')[1..6];
        Assert.IsTrue(plain[..4].Any(value => value < 0), "the case exists");
        Assert.IsFalse(shown[..4].Any(row => row.Value.StartsWith('-')) || cells[..4].Any(cell => cell.StartsWith('-')));
        Assert.IsTrue(shown[4].Value.StartsWith('-') && cells[4].StartsWith('-'), "a slope may be");
    }
}
