using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;

namespace NeuralEdge.Tests.Certificates;

/// <summary>Every certificate holds, whatever the network.</summary>
[TestClass]
public sealed class CertificatePropertyTests
{
    private const int Networks = 10_000;
    private const int RowsEach = 4;

    // A handful of boxes for most networks, interval arithmetic for the widest.
    private const double Work = 20_000;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void NoAccumulatorAndNoErrorPassesItsCertificate()
    {
        int refused = 0;
        double closest = 0;
        int[] methods = new int[3];
        object gate = new();
        Parallel.For(0, Networks, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed =>
        {
            PortableRandom random = new(seed);
            HostileNetwork hostile = HostileNetwork.Make(random);
            QuantisedNetwork integers;
            try
            {
                integers = Quantiser.Quantise(hostile.Exact, hostile.Inputs, (Profile)(seed % 3), comparable: seed % 2 == 0);
            }
            catch (InputRefusedException)
            {
                Interlocked.Increment(ref refused);
                return;
            }

            ErrorBound bound = ErrorBound.Find(hostile.Exact, integers, Work);
            double tightness = Check(seed, hostile, integers, bound, random);
            lock (gate)
            {
                closest = Math.Max(closest, tightness);
                methods[(int)bound.Method]++;
            }
        });
        TestContext.WriteLine($"{refused} refused; interval {methods[0]}, affine {methods[1]}, enumeration {methods[2]}; an error came as close as {closest:P1} of its bound");
        Assert.IsLessThan(Networks / 20, refused);
        Assert.IsTrue(Array.TrueForAll(methods, count => count > 20));

        // A bound that nothing comes near would hold without proving anything.
        Assert.IsGreaterThan(0.9, closest);
    }

    private static double Check(int seed, HostileNetwork hostile, QuantisedNetwork integers, ErrorBound bound, PortableRandom random)
    {
        IntegerNetwork network = new(integers);
        AccumulatorTrace trace = new(network.Core);
        double closest = 0;
        for (int r = 0; r < RowsEach; r++)
        {
            double[] row = hostile.Row(random);
            int[] raw = network.ToRaw(row);
            double[] whole = [.. raw.Select((x, i) => integers.Inputs[i].Offset + (integers.Inputs[i].Scale * x))];
            double[] actual = network.Scores(raw);
            double[] expected = hostile.Exact.Scores(row);
            double[] expectedOfWhole = hostile.Exact.Scores(whole);
            for (int o = 0; o < actual.Length; o++)
            {
                double error = Math.Abs(actual[o] - expected[o]);
                double arithmetic = Math.Abs(actual[o] - expectedOfWhole[o]);
                Assert.IsTrue(error <= bound.Total[o], $"network {seed}, row {r}, output {o}: error {error:g17}, bound {bound.Total[o]:g17}");
                Assert.IsTrue(arithmetic <= bound.Arithmetic[o], $"network {seed}, row {r}, output {o}: arithmetic {arithmetic:g17}, bound {bound.Arithmetic[o]:g17}");
                closest = Math.Max(closest, error / Math.Max(bound.Total[o], double.Epsilon));
            }

            CollectionAssert.AreEqual(network.Core.Outputs, trace.Run(raw), $"network {seed}: 32 bits gave something else than 64");
        }

        long[][] worst = AccumulatorBounds.Of(network.Core);
        for (int l = 0; l < worst.Length; l++)
        {
            for (int n = 0; n < worst[l].Length; n++)
            {
                Assert.IsTrue(worst[l][n] <= AccumulatorBounds.Limit(network.Core.GetLayer(l)) && trace.Peaks[l][n] <= worst[l][n], $"network {seed}, layer {l}, neuron {n}");
            }
        }

        return closest;
    }
}
