using System.Globalization;
using System.Text;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;
using NeuralEdge.Learning.Series;

namespace NeuralEdge.Tests.Series;

/// <summary>That a score is not of features which the windows chose that judge it.</summary>
[TestClass]
public sealed class NestedFeaturesTests
{
    private const int Seeds = 16;
    private const int Recordings = 40;
    private const int Samples = 16;

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void OfNoiseThePrintedScoreIsNoBetterThanAGuess()
    {
        double nested = 0;
        double leaking = 0;
        for (int seed = 1; seed <= Seeds; seed++)
        {
            Table noise = Noise(seed, channels: 4);
            TrainResult chosen = Train(noise, null);

            // Named, they are those that all windows chose: what was printed before.
            TrainResult named = Train(noise, [.. chosen.Model.File.Inputs.Select(input => input.Name.Split(' ')[^1]).Distinct()]);
            nested += chosen.IntegerScores!.Accuracy / Seeds;
            leaking += named.IntegerScores!.Accuracy / Seeds;
            Assert.AreEqual(SplitKind.Recordings, chosen.Verdict.Split);
            CollectionAssert.AreEqual(named.Model.File.Inputs.Select(input => input.Name).ToArray(), chosen.Model.File.Inputs.Select(input => input.Name).ToArray());
        }

        TestContext.WriteLine(string.Create(CultureInfo.InvariantCulture, $"chosen without the windows that judge {100 * nested:F1} %, by all {100 * leaking:F1} %"));

        // Half of the labels are of each class: so many windows are right in 50 +- 2 % by chance.
        double deviation = Math.Sqrt(0.25 / (Seeds * Recordings));
        Assert.IsLessThan(0.5 + (2.5 * deviation), nested, $"{leaking}");
        Assert.IsGreaterThan(0.5 + (2.5 * deviation), leaking, "this test must be able to fail");
    }

    [TestMethod]
    public void EachTrainingChoosesByItsOwnWindowsAlone()
    {
        // Without its last recordings the log knows nothing of loudness: only "the others" may say so.
        WindowedData windows = Logs.Windows(Table.Parse(Logs.Text(Logs.Loudness(20, 64)), "log.csv"), new WindowOptions(0.32) { HopSeconds = 0.08 });
        Partition partition = Partition.Of(windows.Data);
        NestedInputs nested = NestedFeatures.Of(windows, partition, _ => { }, CancellationToken.None)!;
        Assert.AreEqual(partition.HeldOut.Count, nested.Count);
        for (int k = 0; k < nested.Count; k++)
        {
            int[] rows = partition.TrainingRows(k, windows.Data.Count);
            DataSet training = windows.Choice!.Candidates.Select(rows);
            int[] columns = FeatureSelection.Choose(training, windows.Choice.Plan, WindowedData.MostFeatures, CancellationToken.None).Columns;
            CollectionAssert.AreEqual(columns.Select(c => windows.Choice.Candidates.InputNames[c]).ToArray(), nested.Rows(k, rows).InputNames);
            CollectionAssert.AreEqual(nested.Rows(k, rows).InputNames, nested.Plan(k).Names.ToArray());
            CollectionAssert.AreEqual(nested.Rows(k, rows).Inputs[0], nested.Chosen(k, nested.Candidates(rows[0])));
        }

        Assert.IsNull(NestedFeatures.Of(Logs.Windows(Table.Parse(Logs.Text(Logs.Loudness(20, 64)), "log.csv"), new WindowOptions(0.32) { Features = ["std"] }), partition, _ => { }, CancellationToken.None), "named ones are not chosen");
        Assert.IsNull(NestedFeatures.Of(null, partition, _ => { }, CancellationToken.None));
    }

    [TestMethod]
    public void TheVerdictSaysHowCertainTheChoiceIs()
    {
        Table log = Table.Parse(Logs.Text(Logs.Loudness(20, 64)), "log.csv");
        TrainResult auto = Train(log, null);
        StringAssert.Matches(string.Join('\n', auto.Verdict.Remarks), new(@"Features were chosen anew for each training that is judged, by its own windows alone: in [0-5] of 5 the same as those that are kept"));
        Assert.DoesNotContain("chosen anew", string.Join('\n', Train(log, ["std"]).Verdict.Remarks));
        StringAssert.Contains(string.Join('\n', auto.Training.Notes), "These figures are the best of many, and flatter.");
        Assert.DoesNotContain("chosen anew", string.Join('\n', Pipeline.Train(Request(log, null) with { Test = Table.Parse(Logs.Text(Logs.Loudness(8, 64, seed: 9)), "later.csv") }).Verdict.Remarks), "another table has had no say anyway");
    }

    private static TrainResult Train(Table table, string[]? features) => Pipeline.Train(Request(table, features));

    private static TrainOptions Request(Table table, string[]? features) => new(table, "label")
    {
        Windows = new WindowOptions(Samples * 0.01) { HopSeconds = Samples * 0.01, Features = features },
        Hyperparameters = new() { Hidden = [], Starts = 1, MaximumEpochs = 40 },
        AcceptError = 1,
        Work = 1000,
    };

    // Channels of noise that have nothing to do with labels; a recording is a window.
    private static Table Noise(long seed, int channels)
    {
        PortableRandom random = new(seed);
        StringBuilder text = new($"time_ms,{string.Join(',', Enumerable.Range(0, channels).Select(c => $"c{c}"))},label\n");
        for (int r = 0; r < Recordings; r++)
        {
            for (int s = 0; s < Samples; s++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{(r * 10_000) + (s * 10)},{string.Join(',', Enumerable.Range(0, channels).Select(_ => Math.Round(4000 * random.NextDouble())))},{(r % 2 == 0 ? "a" : "b")}\n");
            }
        }

        return Table.Parse(text.ToString(), "noise.csv");
    }
}
