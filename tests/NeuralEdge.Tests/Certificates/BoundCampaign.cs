using System.Diagnostics;
using System.Globalization;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Networks;
using NeuralEdge.Tests.Quantisation;

namespace NeuralEdge.Tests.Certificates;

/// <summary>
/// How tight certificates are, by depth. NEURALEDGE_BOUND_SEEDS=N looks at N seeds of each shape, and NEURALEDGE_BOUND_EFFORT=E spends E
/// times the usual work on each, as --effort does; NEURALEDGE_BOUND_DEPTH=D leaves out all but D hidden layers. They print the table of
/// tools/NeuralEdge.Checker/README.md.
/// </summary>
[TestClass]
public sealed class BoundCampaign
{
    private static readonly int Seeds = Number("NEURALEDGE_BOUND_SEEDS", 1);
    private static readonly int Depth = Number("NEURALEDGE_BOUND_DEPTH", 0);
    private static readonly int Effort = Number("NEURALEDGE_BOUND_EFFORT", 1);

    public TestContext TestContext { get; set; } = null!;

    // Mean of the seeds, as the goals are; with the usual effort there is room, since the search finds less.
    [TestMethod]
    [DataRow(Activation.Relu, new[] { 1, 2, 3, 6 }, new[] { 2.5, 3, 4, 8 })]
    [DataRow(Activation.Tanh, new[] { 1, 2, 3, 6 }, new[] { 1.5, 2, 2, 3 })]
    public void NearDataABoundIsAFewTimesTheWorstError(Activation activation, int[] depths, double[] goals)
    {
        double room = Effort > 1 ? 1 : 1.5;
        TestContext.WriteLine("| network | whole box | near data | found | seen | proven/found, whole box | near data | decisions proven | checker | seconds |");
        for (int d = 0; d < depths.Length; d++)
        {
            if (Depth > 0 && depths[d] != Depth)
            {
                continue;
            }

            Figures[] figures = [.. Enumerable.Range(0, Seeds).Select(seed => Measure(activation, depths[d], seed))];
            double near = figures.Average(f => f.NearOverFound);
            TestContext.WriteLine(FormattableString.Invariant(
                $"| {activation} 8-32x{depths[d]}-3 | {figures.Average(f => f.Whole):G3} % | {figures.Average(f => f.Near):G3} % | {figures.Average(f => f.Found):G3} % | {figures.Average(f => f.Seen):G3} % | {figures.Average(f => f.WholeOverFound):G3} | {near:F1} | {100 * figures.Average(f => f.Proven):F1} % | {figures.Count(f => f.Accepted)} of {Seeds} accepted | {figures.Average(f => f.Seconds):F1} |"));
            Assert.IsTrue(Array.TrueForAll(figures, f => f.Accepted));
            Assert.IsLessThanOrEqualTo(goals[d] * room, near);
        }
    }

    private static Figures Measure(Activation activation, int depth, int seed)
    {
        FloatModel model = HeNetworks.Create((100 * seed) + depth, activation, 8, 32, depth, 3);
        PortableRandom random = new(2000 + seed);
        double[][] rows = [.. Enumerable.Range(0, 500).Select(_ => HeNetworks.RandomRow(random, 8))];
        Stopwatch clock = Stopwatch.StartNew();
        ConvertedModel conversion = Converter.Convert(new ConversionRequest(
            model, ModelTask.Classification, new BoardSpec(0, [], []), Profile.Exact, Samples: rows, Work: Effort * ErrorBound.DefaultWork));
        double seconds = clock.Elapsed.TotalSeconds;
        Certificate certificate = Certificate.Read(conversion.File)!;
        ProofCheck check = new(model.Network, conversion.Network);
        double[][] scores = [.. rows.Select(model.Network.Scores)];
        double Share(double[] errors) => 100 * errors.Select((error, o) => error / (scores.Max(y => y[o]) - scores.Min(y => y[o]))).Max();
        double Ratio(double[] bound) => bound.Zip(certificate.Found!, (proven, found) => proven / found).Max();
        return new Figures(
            Share(certificate.Bound.Total),
            Share(certificate.Near!.Largest),
            Share(certificate.Found!),
            Share(certificate.Observed),
            Ratio(certificate.Bound.Total),
            Ratio(certificate.Near.Largest),
            (double)certificate.Decisions!.Proven / certificate.Decisions.Rows,
            check.Whole(certificate.Bound) is null && check.Near(certificate.Near, rows) is null,
            seconds);
    }

    private static int Number(string name, int otherwise) =>
        int.Parse(Environment.GetEnvironmentVariable(name) ?? otherwise.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private sealed record Figures(
        double Whole, double Near, double Found, double Seen, double WholeOverFound, double NearOverFound, double Proven, bool Accepted, double Seconds);
}
