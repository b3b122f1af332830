using NeuralEdge.Conversion.Files;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Series;

namespace NeuralEdge.Tests.Series;

/// <summary>Windows that a model is asked about are cut as those that it learned from.</summary>
[TestClass]
public sealed class ModelSeriesTests
{
    [TestMethod]
    public void ALabelThatTheModelDoesNotKnowEndsAStretchToo()
    {
        (string Label, double[] Samples)[] log = [.. Logs.Loudness(8, 80)];
        ModelFile model = Pipeline.Train(new TrainOptions(Of(log), "label")
        {
            Windows = new WindowOptions(0.32) { HopSeconds = 0.08, Features = ["std"] },
            Hyperparameters = new() { Hidden = [], Starts = 1 },
            Anyway = true,
            Work = 1000,
        }).Model.File;
        Assert.HasCount(8 * 7, ModelSeries.Of(Of(log), model, null).Rows);
        log[3].Label = "idle";
        Assert.HasCount(8 * 7, ModelSeries.Of(Of(log), model, null).Rows);
        log[4].Label = "";
        Assert.HasCount(8 * 7, ModelSeries.Of(Of(log), model, null).Rows);
    }

    [TestMethod]
    public void AMeasurementThatIsSometimesAClassIsNoLabel()
    {
        (string Label, double[] Samples)[] log = [.. Logs.Loudness(8, 80).Select(r => (r.Label[^1..], r.Samples))];
        ModelFile model = Pipeline.Train(new TrainOptions(Of(log), "label")
        {
            Windows = new WindowOptions(0.32) { HopSeconds = 0.08, Features = ["std"] },
            Task = TaskKind.Classify,
            Inputs = ["x"],
            Hyperparameters = new() { Hidden = [], Starts = 1 },
            Anyway = true,
            Work = 1000,
        }).Model.File;
        string[] lines = Logs.Text([("", [.. log.SelectMany(r => r.Samples)])]).TrimEnd().Split('\n');
        string load = string.Join('\n', lines.Select((line, r) => r == 0 ? "time_ms,x,load" : $"{line}{r % 5}"));
        Assert.HasCount(((640 - 32) / 8) + 1, ModelSeries.Of(Table.Parse(load, "load.csv"), model, null).Rows);
    }

    // Times go on from one recording to the next, so that labels alone are ends.
    private static Table Of(IEnumerable<(string Label, double[] Samples)> log) => Table.Parse(Logs.Text(log, pauseMs: 0), "log.csv");
}
