using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Networks;
using NeuralEdge.Tests.Quantisation;

namespace NeuralEdge.Tests.Certificates;

/// <summary>What a certificate says beside the bound of all inputs: near data, found, decided, ceilings met, and how to stop it.</summary>
[TestClass]
public sealed class NearDataTests
{
    private const double Work = 2e7;

    private static readonly BoardSpec NoBoard = new(0, [], []);

    [TestMethod]
    [DataRow(Activation.Relu, 3)]
    [DataRow(Activation.Tanh, 2)]
    [DataRow(Activation.LeakyRelu, 2)]
    public void TheBoundNearDataHoldsThereAndIsTighter(Activation activation, int depth)
    {
        FloatModel model = HeNetworks.Create(depth, activation, 6, 16, depth, 3);
        PortableRandom random = new(depth);
        double[][] rows = [.. Enumerable.Range(0, 40).Select(_ => HeNetworks.RandomRow(random, 6))];
        ConvertedModel conversion = Convert(model, ModelTask.Classification, rows);
        Certificate certificate = Certificate.Read(conversion.File)!;
        IntegerNetwork integers = new(conversion.Network);
        Assert.HasCount(certificate.Near!.Rows, rows);
        for (int o = 0; o < 3; o++)
        {
            Assert.IsLessThan(certificate.Bound.Total[o], certificate.Near.Largest[o]);
            Assert.IsLessThanOrEqualTo(certificate.Near.Largest[o], certificate.Near.Median[o]);
            Assert.IsLessThanOrEqualTo(certificate.Found![o], certificate.Observed[o]);
            Assert.IsLessThanOrEqualTo(certificate.Bound.Total[o], certificate.Found[o]);
        }

        // r is a share of half a range, which is 1 here.
        foreach (double[] row in rows)
        {
            for (int k = 0; k < 50; k++)
            {
                double[] beside = Array.ConvertAll(row, x => Math.Clamp(x + (certificate.Near.Radius * ((2 * random.NextDouble()) - 1)), -1, 1));
                double[] board = integers.Scores(integers.ToRaw(beside));
                double[] real = model.Network.Scores(beside);
                for (int o = 0; o < 3 && !integers.Saturated; o++)
                {
                    Assert.IsLessThanOrEqualTo(certificate.Near.Largest[o], Math.Abs(board[o] - real[o]));
                }
            }
        }
    }

    [TestMethod]
    public void AProvenClassIsTheRealNetworksEverywhereNearTheRow()
    {
        FloatModel model = HeNetworks.Create(5, Activation.Relu, 2, 12, 2, 3);
        PortableRandom random = new(5);
        double[][] rows = [.. Enumerable.Range(0, 200).Select(_ => HeNetworks.RandomRow(random, 2))];
        Decisions decisions = Certificate.Read(Convert(model, ModelTask.Classification, rows).File)!.Decisions!;
        Assert.IsTrue(decisions.Proven <= decisions.Same && decisions.Same <= decisions.Rows && decisions.Proven > 0.9 * decisions.Rows, $"{decisions}");
        Assert.IsTrue(decisions.Share is > 0.8 and < 1, $"{decisions}");
    }

    // Two classes whose scores are equal everywhere: nothing can be proven, whatever is run.
    [TestMethod]
    public void ATieIsNeverProven()
    {
        FloatModel model = new(
            new FloatNetwork(new FloatLayer([[1.0], [1.0]], [0, 0], Activation.Linear)),
            [new InputSpec("x", "", -1, 1)],
            [new OutputSpec("a"), new OutputSpec("b")]);
        Decisions decisions = Certificate.Read(Convert(model, ModelTask.Classification, [[0.5], [0.25]]).File)!.Decisions!;
        Assert.AreEqual(new Decisions(2, 0, 2, 0), decisions);
    }

    [TestMethod]
    public void AThresholdIsProvenWhereTheErrorCannotReachIt()
    {
        FloatModel model = new(
            new FloatNetwork(new FloatLayer([[1.0]], [0], Activation.Linear)), [new InputSpec("x", "", -1, 1)], [new OutputSpec("y")]);
        BoardSpec board = new(0, [], [new BoardOutput("y", 18, false, 0.5, 0.25)]);
        ConvertedModel conversion = Converter.Convert(
            new ConversionRequest(model, ModelTask.Regression, board, Profile.Exact, Samples: [[0.5], [0.25], [0.4], [-1.0]], Work: Work));
        Certificate certificate = Certificate.Read(conversion.File)!;
        Assert.AreEqual(2, certificate.Decisions!.Proven);

        // All but two bands as wide as twice the error.
        double bands = 2 * 2 * certificate.Bound.Total[0] / 2;
        Assert.IsTrue(certificate.Decisions.Share < 1 && certificate.Decisions.Share > 1 - (4 * bands), $"{certificate.Decisions}");
    }

    [TestMethod]
    public void RowsThatMeetACeilingAreCountedAndNotJudged()
    {
        // Scales for the small rows; with the large ones the first layer passes them.
        FloatModel model = HeNetworks.CreateExploding(0);
        PortableRandom random = new(1);
        double[][] small = [.. Enumerable.Range(0, 300).Select(_ => Array.ConvertAll(HeNetworks.RandomRow(random, 5), x => x / 50))];
        ConvertedModel conversion = Convert(model, ModelTask.Classification, small);
        Assert.IsTrue(conversion.Network.Saturates);
        Certificate own = Certificate.Read(conversion.File)!;
        Assert.AreEqual(0, own.SaturatedRows);
        double[][] large = [.. Enumerable.Range(0, 100).Select(_ => HeNetworks.RandomRow(random, 5))];
        Certificate beyond = Certificate.Compute(model.Network, conversion.Network, [.. small, .. large], Work);
        Assert.IsGreaterThan(50, beyond.SaturatedRows);
        Assert.IsTrue(beyond.Observed.Zip(beyond.Bound.Total, (seen, bound) => seen <= bound).All(holds => holds));
    }

    [TestMethod]
    public void ASearchFindsMoreThanRowsShow()
    {
        FloatModel model = HeNetworks.Create(1, Activation.Relu, 8, 32, 2, 3);
        PortableRandom random = new(1);
        double[][] rows = [.. Enumerable.Range(0, 300).Select(_ => HeNetworks.RandomRow(random, 8))];
        Certificate certificate = Certificate.Read(Convert(model, ModelTask.Classification, rows).File)!;
        Assert.IsGreaterThan(1.2, certificate.Found!.Zip(certificate.Observed, (found, seen) => found / seen).Average());
    }

    [TestMethod]
    public void ProofsStopWhenAsked()
    {
        FloatModel model = HeNetworks.Create(1, Activation.Tanh, 8, 32, 3, 3);
        using CancellationTokenSource source = new();
        List<string> stages = [];
        Progress progress = new(step =>
        {
            lock (stages)
            {
                stages.Add(step.Stage);
            }

            source.Cancel();
        });
        ConversionRequest request = new(model, ModelTask.Classification, NoBoard, Profile.Exact, Work: 1e12);
        System.Diagnostics.Stopwatch clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Throws<OperationCanceledException>(() => Converter.Convert(request, progress, source.Token));
        Assert.IsLessThan(5, clock.Elapsed.TotalSeconds);
        Assert.AreEqual("proving the error bound", stages[0]);
    }

    private static ConvertedModel Convert(FloatModel model, ModelTask task, double[][] rows) =>
        Converter.Convert(new ConversionRequest(model, task, NoBoard, Profile.Exact, Samples: rows, Work: Work));

    private sealed class Progress(Action<NeuralEdge.Conversion.ConversionProgress> report) : IProgress<NeuralEdge.Conversion.ConversionProgress>
    {
        public void Report(NeuralEdge.Conversion.ConversionProgress value) => report(value);
    }
}
