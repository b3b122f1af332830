using System.Text.Json;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Features;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Features;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Series;
using NeuralEdge.Models;
using NeuralEdge.Studio.Watching;
using NeuralEdge.Tests.Series;

namespace NeuralEdge.Tests.Features;

/// <summary>That a feature's name means the channel's values, whether samples rise or fall with them.</summary>
[TestClass]
public sealed class FeatureNameTests
{
    private const int Cases = 200;

    private static readonly string[] Names =
    [
        "mean", "std", "min", "max", "range", "rms", "mad", "maxdiff", "crossings", "slope", "first", "last", "ema", "drift",
        .. Enumerable.Range(1, 15).Select(p => $"q{p}"), "octave1", "octave2", "band1", "band2-5",
    ];

    [TestMethod]
    public void EachKindMeansTheValuesOfRisingAndOfFallingSensors()
    {
        for (int seed = Campaigns.Seed; seed < Campaigns.Seed + Cases; seed++)
        {
            AssertMeant(seed, sign: 1);
            AssertMeant(seed, sign: -1);
        }
    }

    [TestMethod]
    public void EveryKindIsAmongThem() => CollectionAssert.AreEquivalent(
        Enum.GetValues<FeatureKind>(), Names.Select(name => FeatureNames.Parse(name, 0, scale: 1).Kind).Distinct().ToArray());

    [TestMethod]
    public void NamesAreWrittenAsTheyWereRead()
    {
        foreach (string name in Names)
        {
            Assert.AreEqual(name, FeatureNames.Of(FeatureNames.Parse(name, 0, -0.5), -0.5));
            Assert.AreEqual(name, FeatureNames.Of(FeatureNames.Parse(name, 0, 0.5), 0.5));
        }
    }

    [TestMethod]
    public void AModelsReportsSpeakOfItsValues()
    {
        ModelFile model = WindowedModels.Falling(8, 2, "min", "q1", "slope");
        CollectionAssert.AreEqual(new[] { "c0 min", "c0 q1", "c0 slope" }, model.Inputs.Select(input => input.Name).ToArray());
        Assert.AreEqual(FeatureKind.Most, model.Model.Windows.Shape.Features[0].Kind, "of its samples, as the format says");
        using StringWriter text = new();
        ModelText.Write(text, model, "m.nedge");
        StringAssert.Contains(text.ToString(), "of c0: min, q1, slope");
        StringAssert.Contains(JsonSerializer.Serialize(ModelDocument.Of(model)), "[\"min\",\"q1\",\"slope\"]");
        StringAssert.StartsWith(FeatureWords.Of(model), "min is the smallest value; q1 is what 6.3 % of the values lie below; slope is how much the curve rises");
    }

    [TestMethod]
    public void WiredToASensorThatFallsTheFeaturesStayWhatTheyAreCalled()
    {
        Table log = Table.Parse(Logs.Text(Logs.Loudness(4, 64, classes: 4)), "log.csv");
        BoardSpec Wiring(bool falls) => new(0, [new BoardInput("x", 0, 1, falls ? new CountCalibration(500, 3500, 4000, 0) : new CountCalibration(500, 3500, 0, 4000))], []);
        WindowedData rising = WindowedData.Of(
            DataSet.From(log, ["label"], keepRepeats: true), log, new WindowOptions(0.2) { Features = ["min", "max", "q2"] }, keepRepeats: true, null, () => Wiring(false), null, CancellationToken.None);
        WindowedData falling = rising.WiredAs(Wiring(true), CancellationToken.None);
        CollectionAssert.AreEqual(rising.Data.InputNames, falling.Data.InputNames);
        Assert.IsLessThan(0, falling.Plan.Channels[0].Raw.Scale);
        for (int r = 0; r < rising.Data.Count; r++)
        {
            // A count is 1.3, and a bin of the quantile 64 counts.
            Assert.AreEqual(rising.Data.Inputs[r][0], falling.Data.Inputs[r][0], 2, $"window {r}, min");
            Assert.AreEqual(rising.Data.Inputs[r][1], falling.Data.Inputs[r][1], 2, $"window {r}, max");
            Assert.AreEqual(rising.Data.Inputs[r][2], falling.Data.Inputs[r][2], 90, $"window {r}, q2");
        }
    }

    private static void AssertMeant(int seed, int sign)
    {
        Random random = new(seed);
        int hop = 8 * (1 + random.Next(6));
        int hops = 1 << random.Next(3);
        int n = hop * hops;
        ChannelShape shape = new(0, 4095, random.Next(1000, 3000), 1 + random.Next(100), random.Next(8));
        double scale = sign * Math.Pow(10, (4 * random.NextDouble()) - 2);
        double offset = (200 * random.NextDouble()) - 100;
        WindowChannel channel = new("c", "", new RawInput(0, 4095, scale, offset), new InputBinding(InputBinding.SourceAdc, 0, 0, 0), shape);
        string[] names = [.. Names.Where(name => name != "band2-5" || n > 12)];
        WindowPlan plan = new(10, hop, hops, [channel], [.. names.Select(name => FeatureNames.Parse(name, 0, scale))]);
        int[] samples = RandomWindows.Samples(random, shape, n + (5 * hop));
        double[] values = Array.ConvertAll(samples, sample => offset + (scale * sample));
        foreach ((int end, int[] row) in WindowPlan.Walk([samples], new WindowStage(plan.PlainShape())))
        {
            double[] computed = plan.ToValues(row);
            for (int i = 0; i < names.Length; i++)
            {
                // Of a rising sensor, so that the names are those of the field.
                Feature meant = FeatureNames.Parse(names[i], 0, scale: 1);
                double room = (FeatureError.Bound(plan.PlainShape(), plan.Features[i]) * (meant.Kind == FeatureKind.Crossings ? 1 : Math.Abs(scale))) + 1e-6;
                double real = PlainFeatures.Real(n, meant, values, end + 1, offset + (scale * shape.Level), shape, scale);
                (double low, double high) = meant.Kind == FeatureKind.Quantile ? Quantile(values[(end + 1 - n)..(end + 1)], meant.First) : (real, real);
                Assert.IsTrue(computed[i] >= low - room && computed[i] <= high + room, $"seed {seed}, {names[i]} with steps of {scale}: {computed[i]} is not {low}..{high}");
            }
        }
    }

    // At least p/16 of the values are no larger, and the rest no smaller: between two values where p/16 of them is a whole number.
    private static (double Low, double High) Quantile(double[] values, int p)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(((p * values.Length) + 15) / 16) - 1], sorted[p * values.Length / 16]);
    }
}
