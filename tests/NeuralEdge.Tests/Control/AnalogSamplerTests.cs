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
    private static readonly OutputBinding Pump = new(OutputBinding.RuleThreshold, 18, false, 1, 0, 0, 0);

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
                    Assert.AreEqual(AnalogSampler.NoFault, sampler.Sample(0));
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
                AdcChannelSettings correction = new AdcChannelSettings(0).Correct(measured, ideal, measured + run, ideal + rise).Plausible(0, 4095);
                int next = 0;
                AnalogSampler sampler = Sampler(_ => counts[next++], 4, fraction, [correction], out Network network);
                Assert.AreEqual(AnalogSampler.NoFault, sampler.Sample(0));

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
        foreach ((int m1, int t1, int m2, int t2) in new[] { (5, 1, 5, 9), (9, 1, 5, 9), (1, 9, 5, 5), (1, 5, 5, 5), (0, 0, 10, 21) })
        {
            AdcChannelSettings settings = new AdcChannelSettings(0).Correct(m1, t1, m2, t2);
            Assert.AreEqual(16384, settings.Gain);
            Assert.AreEqual(0, settings.MeasuredCount - settings.TrueCount);
        }
    }

    [TestMethod]
    public void AnImplausibleCountIsBridgedForASecondAndAFaultThen()
    {
        int count = 1000;
        AnalogSampler sampler = Sampler(_ => count, 0, 0, [new AdcChannelSettings(0).Plausible(40, 4050)], out Network network);
        Assert.AreEqual(AnalogSampler.NoFault, sampler.Sample(0));
        count = 4095;
        Assert.AreEqual(AnalogSampler.NoFault, sampler.Sample(1));
        Assert.AreEqual(0, sampler.FirstBad, "it is said before it is a fault");
        Assert.AreEqual(AnalogSampler.NoFault, sampler.Sample(999_999));
        Assert.AreEqual(1000, network.GetInput(0), "the last good value stands in");
        Assert.AreEqual(0, sampler.Sample(1_000_000));
        count = 39;
        Assert.AreEqual(0, sampler.Sample(1_100_000));
        count = 40;
        Assert.AreEqual(AnalogSampler.NoFault, sampler.Sample(1_200_000));
        Assert.AreEqual(AnalogSampler.NoFault, sampler.FirstBad);
        Assert.AreEqual(40, network.GetInput(0));
        count = 4051;
        Assert.AreEqual(AnalogSampler.NoFault, sampler.Sample(2_199_999), "bridged again after it has recovered");
        Assert.AreEqual(0, sampler.Sample(2_200_000));
    }

    [TestMethod]
    public void BetweenInferencesAGoodValueIsKeptForBridgingAndTheNetworkStaysAsItIs()
    {
        int count = 1000;
        AnalogSampler sampler = Sampler(_ => count, 0, 0, [new AdcChannelSettings(0).Plausible(40, 4050)], out Network network);
        sampler.Sample(0);
        count = 2000;
        Assert.AreEqual(AnalogSampler.NoFault, sampler.Watch(900_000));
        Assert.AreEqual(1000, network.GetInput(0));
        count = 0;
        Assert.AreEqual(AnalogSampler.NoFault, sampler.Sample(1_800_000));
        Assert.AreEqual(2000, network.GetInput(0));
        Assert.AreEqual(0, sampler.Watch(1_900_000));
    }

    [TestMethod]
    public void AnInputWhoseSumStaysTheSameForLongerThanTheModelSaysIsFrozen()
    {
        int count = 1000;
        Safeguards safeguards = new(1, [Pump]);
        safeguards.SetInput(0, 0, 0, 5000);
        AnalogSampler sampler = Sampler(_ => count, 0, 0, [], out _, safeguards);
        Assert.AreEqual(AnalogSampler.NoFault, sampler.Sample(0));
        Assert.AreEqual(AnalogSampler.NoFault, sampler.Sample(5_000_000));
        Assert.IsFalse(sampler.IsFrozen);
        Assert.AreEqual(0, sampler.Sample(5_000_001));
        Assert.IsTrue(sampler.IsFrozen);
        count = 1001;
        Assert.AreEqual(AnalogSampler.NoFault, sampler.Sample(5_100_000), "one other count ends it");
        Assert.IsFalse(sampler.IsFrozen);
        Assert.AreEqual(AnalogSampler.NoFault, sampler.Sample(10_100_000));
        Assert.AreEqual(0, sampler.Sample(10_100_001));
    }

    [TestMethod]
    public void TheEndsOfTheAdcAreImplausibleUnlessTheBoardOrTheModelSaysOtherwise()
    {
        Safeguards wide = new(1, [Pump]);
        wide.SetInput(0, 0, 4095, 0);
        AdcChannelSettings narrow = new AdcChannelSettings(0).Plausible(100, 4000);
        AdcChannelSettings corrected = new AdcChannelSettings(0).Correct(0, 1, 1000, 1001);
        foreach ((int count, AdcChannelSettings board, Safeguards? model, bool good) in new (int, AdcChannelSettings, Safeguards?, bool)[]
        {
            (0, corrected, null, false), (1, corrected, null, true), (4094, corrected, null, true), (4095, corrected, null, false),
            (0, corrected, wide, true), (4095, corrected, wide, true),
            (99, narrow, null, false), (100, narrow, wide, true), (4000, narrow, wide, true), (4001, narrow, wide, false), (0, narrow, wide, false),
        })
        {
            AnalogSampler sampler = Sampler(_ => count, 0, 0, [board], out _, model);
            Assert.AreEqual(good ? AnalogSampler.NoFault : 0, sampler.Sample(0), $"{count}");
        }
    }

    [TestMethod]
    public void WithoutAGoodValueBeforeAnImplausibleCountIsAFaultAtOnce()
    {
        foreach (int count in new[] { -1, 4096, 39 })
        {
            AnalogSampler sampler = Sampler(_ => count, 2, 0, [new AdcChannelSettings(0).Plausible(40, 4095)], out _);
            Assert.AreEqual(0, sampler.Sample(0));
        }
    }

    [TestMethod]
    public void AModelThatDrivesNoPinTakesEveryCountUnlessTheBoardSaysOtherwise()
    {
        foreach ((int count, AdcChannelSettings board, bool good) in new[] { (0, new AdcChannelSettings(0), true), (4095, new AdcChannelSettings(0), true), (0, new AdcChannelSettings(0).Plausible(1, 9), false) })
        {
            OutputBinding none = new(OutputBinding.RuleNone, 0, false, 0, 0, 0, 0);
            Bindings bindings = new(0, [new InputBinding(InputBinding.SourceAdc, 0, 0, 0)], [none], false);
            Network network = new([new DenseLayer(1, 1, Activation.Linear, 0, 0, false)], [0], [4095]);
            AnalogSampler sampler = new(new Model(network, bindings, new GoldenVectors(1, 1, 1), 0, 0), new BoardParts { Inputs = new FakeInputs(_ => count) }, [board], 1000);
            Assert.AreEqual(good ? AnalogSampler.NoFault : 0, sampler.Sample(0), $"{count}");
        }
    }

    private static AnalogSampler Sampler(Func<int, int> count, int samplesLog2, int fractionBits, AdcChannelSettings[] channels, out Network network, Safeguards? safeguards = null)
    {
        network = new Network([new DenseLayer(1, 1, Activation.Linear, 0, 0, false)], [0], [fractionBits >= 0 ? 4095 << fractionBits : (4095 >> -fractionBits) + 1]);
        Bindings bindings = new(
            0,
            [new InputBinding(InputBinding.SourceAdc, 0, samplesLog2, fractionBits)],
            [Pump],
            false,
            safeguards ?? new Safeguards(1, [Pump]));
        Model model = new(network, bindings, new GoldenVectors(1, 1, 1), 0, 0);
        return new AnalogSampler(model, new BoardParts { Inputs = new FakeInputs(count) }, channels.Length > 0 ? channels : [new AdcChannelSettings(0).Plausible(0, 4095)], 1000);
    }
}
