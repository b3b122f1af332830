using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Import.Onnx;

namespace NeuralEdge.Tests.Import.Onnx.Graphs;

/// <summary>
/// Random valid graphs are the networks that OnnxRuntime takes them for, or refused in one sentence, which is rare.
/// NEURALEDGE_GRAPHS=N tests N of them instead of 100; NEURALEDGE_SEED=S others.
/// </summary>
[TestClass]
public sealed class RandomGraphTests
{
    private const int GraphsInSuite = 100;
    private const int Rows = 20;

    /// <summary>What float's 24 bits cost, for the size of the numbers.</summary>
    private const double FloatError = 1e-4;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void RandomGraphsAgreeWithTheOracle()
    {
        long count = Setting("NEURALEDGE_GRAPHS", GraphsInSuite);
        long first = Setting("NEURALEDGE_SEED", 1) * 1_000_000;
        List<string> wrong = [];
        Dictionary<string, int> refusals = [];
        double worst = 0;
        int compared = 0;
        for (long seed = first; seed < first + count; seed++)
        {
            RandomGraph graph = RandomGraphs.Of(seed);
            byte[] file = graph.Writer.ToArray();
            try
            {
                FloatNetwork network = OnnxReader.Parse(file, "m.onnx").Model.Network;
                (double error, string? difference) = Compare(graph, file, network);
                worst = graph.Slack > 0 ? worst : Math.Max(worst, error);
                compared++;
                if (difference is not null)
                {
                    wrong.Add($"graph {seed}: {difference}: {graph.Story}");
                }
            }
            catch (InputRefusedException e)
            {
                Refusals.ResultOrRefusal(() => throw e);
                string sentence = Regex.Replace(e.Message, "[0-9]+", "#");
                refusals[sentence] = refusals.GetValueOrDefault(sentence) + 1;
                TestContext.WriteLine($"graph {seed} is refused: {e.Message} ({graph.Story})");
            }
            catch (Exception e)
            {
                wrong.Add($"graph {seed}: {e.GetType().Name} {e.Message}: {graph.Story}");
            }
        }

        foreach ((string sentence, int times) in refusals.OrderByDescending(r => r.Value))
        {
            TestContext.WriteLine($"{times} x {sentence}");
        }

        TestContext.WriteLine($"{compared} of {count} graphs compared, largest difference without rounding {worst:E2} of the numbers' size, {refusals.Values.Sum()} refused");
        Assert.IsEmpty(wrong, $"{wrong.Count} wrong\n{string.Join("\n", wrong.Take(40))}");
        Assert.IsLessThanOrEqualTo(count / 20, refusals.Values.Sum(), "more than one in twenty is refused");
    }

    /// <summary>The comparison can fail: a graph is not the network of another.</summary>
    [TestMethod]
    public void AnotherWeightIsSeen()
    {
        RandomGraph graph = RandomGraphs.Of(1_000_003);
        byte[] file = graph.Writer.ToArray();
        FloatNetwork network = OnnxReader.Parse(file, "m.onnx").Model.Network;
        Assert.IsNull(Compare(graph, file, network).Difference);
        network.Layers[0].Weights[0][0] += 0.5;
        Assert.IsNotNull(Compare(graph, file, network).Difference);
    }

    // The largest error for the size of the outputs, and the first place where it is too large.
    private static (double Error, string? Difference) Compare(RandomGraph graph, byte[] file, FloatNetwork network)
    {
        if (network.InputCount != graph.Inputs)
        {
            return (0, $"{network.InputCount} inputs for {graph.Inputs}");
        }

        using Oracle oracle = new(file);
        PortableRandom random = new(5);
        double worst = 0;
        for (int r = 0; r < Rows; r++)
        {
            double[] row = [.. Enumerable.Range(0, graph.Inputs).Select(_ => (double)(float)((random.NextDouble() * 6) - 3))];
            double[] ours = network.Forward(row);
            double[] expected = [.. graph.Outputs.SelectMany(o => oracle.Run(row, o))];
            double size = Math.Max(1, expected.Select(Math.Abs).DefaultIfEmpty(1).Max());
            if (graph.Outputs.Count > 0 && expected.Length != ours.Length)
            {
                return (0, $"{ours.Length} outputs for {expected.Length}");
            }

            for (int o = 0; o < expected.Length; o++)
            {
                double error = Math.Abs(ours[o] - expected[o]);
                worst = Math.Max(worst, error / size);
                if (!(error <= (FloatError * size) + graph.Slack))
                {
                    return (worst, $"output {o} is {ours[o]:R} and should be {expected[o]:R}");
                }
            }

            if (graph.Label is string label && oracle.Class(row, label) is long chosen && chosen != network.ArgMax(row)
                && network.Scores(row) is double[] scores && !(scores.Max() - scores[chosen] <= (FloatError * Math.Max(1, scores.Select(Math.Abs).Max())) + (2 * graph.Slack)))
            {
                return (worst, $"the class is {network.ArgMax(row)} and should be {chosen}");
            }
        }

        return (worst, null);
    }

    private static long Setting(string name, long otherwise) =>
        long.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : otherwise;
}
