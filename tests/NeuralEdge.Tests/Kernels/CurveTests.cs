using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Kernels;

/// <summary>Tabulated layers: the integers of FORMAT.md 2.5 in 64 bits, what met its ceiling, and ranges that miss nothing.</summary>
[TestClass]
public sealed class CurveTests
{
    [TestMethod]
    public void NetworksGiveTheIntegersOfThePlainFormulaAndCountWhatMetItsCeiling()
    {
        PortableRandom random = new(43);
        int met = 0;
        int clear = 0;
        for (int k = 0; k < 1500; k++)
        {
            ActivationCurve curve = Make(random, out short[] knots);
            int inputs = 1 + random.Next(9);
            int neurons = 1 + random.Next(34);
            DenseLayer layer = new(inputs, neurons, curve);
            long[][] weights = [.. Enumerable.Range(0, neurons).Select(_ => Enumerable.Range(0, inputs).Select(_ => (long)random.Next(6001) - 3000).ToArray())];
            bool mild = random.Next(2) == 0;
            int[] shifts = [.. Enumerable.Range(0, neurons).Select(_ => mild ? 13 + random.Next(19) : random.Next(4) == 0 ? -random.Next(32) : random.Next(32))];
            for (int n = 0; n < neurons; n++)
            {
                layer.SetNeuron(n, (sbyte)shifts[n], n * 1000);
                for (int i = 0; i < inputs; i++)
                {
                    layer.SetWeight(n, i, (short)weights[n][i]);
                }
            }

            Network network = new([layer], [.. new int[inputs].Select(_ => -30000)], [.. new int[inputs].Select(_ => 30000)]);
            int[] x = [.. Enumerable.Range(0, inputs).Select(_ => random.Next(60001) - 30000)];
            network.SetInputs(x, 0);
            network.Forward();
            int saturated = 0;
            for (int n = 0; n < neurons; n++)
            {
                long acc = (n * 1000) + weights[n].Zip(x, (w, v) => w * v).Sum();
                long z = shifts[n] >= 0 ? acc >> shifts[n] : Math.Clamp(acc << -shifts[n], -int.MaxValue, int.MaxValue);
                long u = Math.Clamp(z, -32768, 32767) + 32768;
                saturated += u - 32768 != z && !curve.IsFlatBeyond ? 1 : 0;
                long y = knots[u >> 7] + ((((knots[(u >> 7) + 1] - (long)knots[u >> 7]) * (u & 127)) + 64) >> 7);
                Assert.AreEqual(y, network.Outputs[n], $"shift {shifts[n]}, accumulator {acc}");
                Assert.AreEqual(y, layer.Map((int)acc, n));
            }

            Assert.AreEqual(saturated, network.SaturatedCount);
            met += saturated > 0 ? 1 : 0;
            clear += saturated == 0 ? 1 : 0;
        }

        Assert.IsGreaterThan(300, met);
        Assert.IsGreaterThan(100, clear);
    }

    [TestMethod]
    public void ARangeIsExactlyWhatTheCurveTakesInIt()
    {
        PortableRandom random = new(44);
        for (int k = 0; k < 300; k++)
        {
            ActivationCurve curve = Make(random, out _);
            int low = random.Next(80_000) - 40_000;
            int high = low + random.Next(random.Next(2) == 0 ? 300 : 20_000);
            curve.Range(low, high, out int least, out int most);
            int[] all = [.. Enumerable.Range(low, high - low + 1).Select(curve.Look)];
            Assert.AreEqual((all.Min(), all.Max()), (least, most), $"{low}..{high}");
        }
    }

    [TestMethod]
    public void ACurveKeepsBetweenItsKnots()
    {
        PortableRandom random = new(45);
        ActivationCurve curve = Make(random, out short[] knots);
        for (int z = ActivationCurve.Lowest; z <= ActivationCurve.Highest; z++)
        {
            int k = (z - ActivationCurve.Lowest) >> 7;
            int y = curve.Look(z);
            Assert.IsTrue(y >= Math.Min(knots[k], knots[k + 1]) && y <= Math.Max(knots[k], knots[k + 1]), $"{z}");
        }
    }

    private static ActivationCurve Make(PortableRandom random, out short[] knots)
    {
        int size = 1 << random.Next(17);
        short[] values = [.. Enumerable.Range(0, ActivationCurve.KnotCount).Select(_ => (short)(random.Next(size) - (size / 2)))];
        ActivationCurve curve = new(isFlatBeyond: random.Next(2) == 0);
        Assert.IsTrue(curve.Fill([.. values.SelectMany(BitConverter.GetBytes)], 0, 513));
        CollectionAssert.AreEqual(values, curve.Knots);
        knots = values;
        return curve;
    }
}
