using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Benchmarks;

namespace NeuralEdge.Tests.Benchmarks;

/// <summary>The float networks that the others are compared with do the work that they stand for.</summary>
[TestClass]
public sealed class NaiveNetworkTests
{
    public static IEnumerable<object[]> Names => Shapes.GetAll().Select(shape => new object[] { Shapes.GetName(shape) });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void BothComputeWhatTheTextbookSays(string name)
    {
        int[] shape = [.. name.Split('-').Select(int.Parse)];
        double expected = Expected(shape);
        float naive = new NaiveNetwork(shape).Forward();
        Assert.AreEqual(expected, naive, 1e-5);
        Assert.AreEqual(naive, new JaggedNetwork(shape).Forward(), "both add up in the same order");
        Assert.AreNotEqual(0, naive);
    }

    [TestMethod]
    public void MacsAreCounted()
    {
        Assert.AreEqual(6, Shapes.GetMacs([2, 2, 1]));
        Assert.AreEqual(288, Shapes.GetMacs([1, 16, 16, 1]));
        Assert.AreEqual(4608, Shapes.GetMacs([64, 64, 8]));
    }

    private static double Expected(int[] shape)
    {
        double[] values = [.. Enumerable.Range(0, shape[0]).Select(i => ((i % 7) + 1) * 0.1)];
        for (int l = 1; l < shape.Length; l++)
        {
            double[] sums = [.. Enumerable.Range(0, shape[l]).Select(n => values.Select((x, i) => ((((n * values.Length) + i) % 17) - 8) * 0.05 * x).Sum())];
            values = l < shape.Length - 1 ? [.. sums.Select(Math.Tanh)] : sums;
        }

        return values[0];
    }
}
