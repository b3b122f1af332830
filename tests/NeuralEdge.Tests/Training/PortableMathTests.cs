using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.FloatModels;

namespace NeuralEdge.Tests.Training;

/// <summary>Functions that must be right, and the same everywhere.</summary>
[TestClass]
public sealed class PortableMathTests
{
    [TestMethod]
    public void ValuesAgreeWithTheSystemsOwnToAFewLastPlaces()
    {
        PortableRandom random = new(1);
        for (int n = 0; n < 200_000; n++)
        {
            double x = (random.NextDouble() - 0.5) * (n % 2 == 0 ? 1400 : 4);
            Near(Math.Exp(x), PortableMath.Exp(x), 4, x);
            Near(Math.Log(Math.Abs(x)), PortableMath.Log(Math.Abs(x)), 4, x);
            Near(Math.Tanh(x), PortableMath.Tanh(x), 16, x);
            Near(1 / (1 + Math.Exp(-x)), PortableMath.Sigmoid(x), 16, x);
        }
    }

    [TestMethod]
    public void EndsOfTheRangeAreWhatTheyShouldBe()
    {
        Assert.AreEqual(0.0, PortableMath.Exp(-1e9));
        Assert.AreEqual(double.PositiveInfinity, PortableMath.Exp(1e9));
        Assert.AreEqual(1.0, PortableMath.Exp(0));
        Assert.AreEqual(double.NegativeInfinity, PortableMath.Log(0));
        Assert.AreEqual(0.0, PortableMath.Log(1));
        Assert.IsTrue(double.IsNaN(PortableMath.Log(-1)));
        Assert.AreEqual(-744.4400719213812, PortableMath.Log(double.Epsilon), 1e-10);
        Assert.AreEqual(1.0, PortableMath.Tanh(double.PositiveInfinity));
        Assert.AreEqual(-1.0, PortableMath.Tanh(double.NegativeInfinity));
        Assert.AreEqual(0.0, PortableMath.Sigmoid(-1e9));
        Assert.AreEqual(1.0, PortableMath.Sigmoid(1e9));
        Assert.IsTrue(double.IsNaN(PortableMath.Tanh(double.NaN)) && double.IsNaN(PortableMath.Exp(double.NaN)));
    }

    [TestMethod]
    public void TanhIsOddToTheLastBit()
    {
        PortableRandom random = new(2);
        for (int n = 0; n < 10_000; n++)
        {
            double x = random.NextDouble() * (n % 2 == 0 ? 30 : 0.3);
            Assert.AreEqual(-PortableMath.Tanh(x), PortableMath.Tanh(-x));
        }
    }

    /// <summary>
    /// Written down once: if a machine, a compiler or a change of the code gives other bits, seeds have lost
    /// their meaning and this says so.
    /// </summary>
    [TestMethod]
    public void BitsAreThoseWrittenDown()
    {
        ulong hash = 14695981039346656037;
        PortableRandom random = new(2026);
        for (int n = 0; n < 20_000; n++)
        {
            double x = (random.NextDouble() - 0.5) * 50;
            foreach (double y in new[] { PortableMath.Exp(x), PortableMath.Tanh(x), PortableMath.Sigmoid(x), PortableMath.Log(Math.Abs(x)) })
            {
                hash = (hash ^ (ulong)BitConverter.DoubleToInt64Bits(y)) * 1099511628211;
            }
        }

        Assert.AreEqual(11922899235292701193UL, hash);
    }

    /// <summary>The first numbers of xoshiro256** after SplitMix64 of 0, as its authors' reference gives them.</summary>
    [TestMethod]
    public void RandomBitsAreThoseOfTheReference()
    {
        PortableRandom random = new(0);
        Assert.AreEqual(0x99EC5F36CB75F2B4UL, random.NextBits());
        Assert.AreEqual(0xBF6E1F784956452AUL, random.NextBits());
    }

    private static void Near(double expected, double actual, int places, double x)
    {
        double unit = Math.Max(Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected), 1e-300);
        Assert.IsLessThanOrEqualTo(places * unit, Math.Abs(expected - actual), $"at {x:R}: {expected:R} and {actual:R}");
    }
}
