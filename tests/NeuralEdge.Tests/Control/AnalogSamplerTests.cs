using CsCheck;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Control;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Control;

/// <summary>From counts to raw inputs.</summary>
[TestClass]
public sealed class AnalogSamplerTests
{
    [TestMethod]
    public void EveryCountOfEveryOversamplingComesThroughUnchanged()
    {
        for (int samples = 0; samples <= 8; samples++)
        {
            for (int fraction = -12; fraction <= samples; fraction++)
            {
                int now = 0;
                AnalogSampler sampler = Sampler(_ => now, samples, fraction, [], out Network network);

                // All counts for single samples, every 41st (a prime) for the longer ones.
                for (now = 0; now <= 4095; now += samples == 0 ? 1 : 41)
                {
                    Assert.AreEqual(AnalogSampler.NoFault, sampler.Sample());
                    int raw = fraction < 0 ? (now + (1 << (-fraction - 1))) >> -fraction : now << fraction;
                    Assert.AreEqual(raw, network.GetInput(0), $"count {now}, 2^{samples} samples, {fraction} fraction bits");
                }
            }
        }
    }

    [TestMethod]
    public void TheMeanIsRoundedHalfUpOnceWithTheCorrectionInIt()
    {
        Gen.Select(Gen.Int[0, 4095].Array[16], Gen.Int[-12, 4], Gen.Int[0, 2000], Gen.Int[1, 2000], Gen.Int[0, 2000], Gen.Int[1, 2000]).Sample(
            (counts, fraction, measured, run, ideal, rise) =>
            {
                rise = Math.Min(rise, 2 * run);
                AdcChannelSettings correction = new AdcChannelSettings(0).Correct(measured, ideal, measured + run, ideal + rise);
                int next = 0;
                AnalogSampler sampler = Sampler(_ => counts[next++], 4, fraction, [correction], out Network network);
                Assert.AreEqual(AnalogSampler.NoFault, sampler.Sample());

                // In rational numbers: gain is what is stored, everything after it is exact up to one rounding.
                decimal gain = correction.Gain / 16384m;
                decimal sum = counts.Sum(count => (decimal)count);
                decimal mean = ((sum - (16 * measured)) * gain) + (16 * ideal);
                decimal raw = Math.Floor((mean * (decimal)Math.Pow(2, fraction) / 16) + 0.5m);
                int limited = (int)Math.Clamp(raw, network.GetInputMinimum(0), network.GetInputMaximum(0));
                Assert.AreEqual(limited, network.GetInput(0));
                Assert.IsLessThanOrEqualTo(0.5m / 16384, Math.Abs(gain - ((decimal)rise / run)));
            },
            iter: 2000);
    }

    [TestMethod]
    public void ACorrectionThatMakesNoSenseIsLeftOut()
    {
        foreach ((int m1, int t1, int m2, int t2) in new[] { (5, 1, 5, 9), (9, 1, 5, 9), (1, 9, 5, 5), (0, 0, 10, 21) })
        {
            AdcChannelSettings settings = new AdcChannelSettings(0).Correct(m1, t1, m2, t2);
            Assert.AreEqual(16384, settings.Gain);
            Assert.AreEqual(0, settings.MeasuredCount - settings.TrueCount);
        }
    }

    [TestMethod]
    public void AnImplausibleCountIsBridgedForTwoPeriodsAndAFaultInTheThird()
    {
        int now = 1000;
        AnalogSampler sampler = Sampler(_ => now, 0, 0, [new AdcChannelSettings(0).Plausible(40, 4050)], out Network network);
        Assert.AreEqual(AnalogSampler.NoFault, sampler.Sample());
        now = 4095;
        Assert.AreEqual(AnalogSampler.NoFault, sampler.Sample());
        Assert.AreEqual(AnalogSampler.NoFault, sampler.Sample());
        Assert.AreEqual(1000, network.GetInput(0), "the last good value stands in");
        Assert.AreEqual(0, sampler.Sample());
        now = 39;
        Assert.AreEqual(0, sampler.Sample());
        now = 40;
        Assert.AreEqual(AnalogSampler.NoFault, sampler.Sample());
        Assert.AreEqual(40, network.GetInput(0));
        now = 4051;
        Assert.AreEqual(AnalogSampler.NoFault, sampler.Sample(), "bridged again after it has recovered");
    }

    [TestMethod]
    public void WithoutAGoodValueBeforeAnImplausibleCountIsAFaultAtOnce()
    {
        foreach (int count in new[] { -1, 4096, 39 })
        {
            AnalogSampler sampler = Sampler(_ => count, 2, 0, [new AdcChannelSettings(0).Plausible(40, 4095)], out _);
            Assert.AreEqual(0, sampler.Sample());
        }
    }

    private static AnalogSampler Sampler(Func<int, int> count, int samplesLog2, int fractionBits, AdcChannelSettings[] channels, out Network network)
    {
        network = new Network([new DenseLayer(1, 1, Activation.Linear, 0, 0, false)], [0], [fractionBits >= 0 ? 4095 << fractionBits : (4095 >> -fractionBits) + 1]);
        Bindings bindings = new(
            0,
            [new InputBinding(InputBinding.SourceAdc, 0, samplesLog2, fractionBits)],
            [new OutputBinding(OutputBinding.RuleNone, 0, false, 0, 0, 0, 0)],
            false);
        Model model = new(network, bindings, new GoldenVectors(1, 1, 1), 0, 0);
        return new AnalogSampler(model, new FakeInputs(count), channels, 3);
    }
}
