using NeuralEdge.Board.Control;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Models;
using NeuralEdge.Tests.Control;

namespace NeuralEdge.Tests.Documents.Format;

/// <summary>FORMAT.md 3.1: what a second board must do alike, on this project's board. AnalogSamplerTests and OutputRuleTests try it in breadth.</summary>
[TestClass]
public sealed class BoardRuleTests
{
    private const int Pin = 18;

    [TestMethod]
    public void ARawInputIsTheCorrectedSumOfTheFormula()
    {
        FormatDocument.Says("gain = (((t2 - t1) << 15) + (m2 - m1)) / (2 (m2 - m1))");
        FormatDocument.Says("raw = (gain * (sum - 2^s m1) + 2^(14+s) t1 + 2^(13+s-f)) >> (14 + s - f)");
        foreach ((int s, int f) in new[] { (0, 0), (4, 3), (8, 8), (8, -12), (0, -12) })
        {
            foreach ((int m1, int t1, int m2, int t2) in new[] { (0, 0, 1, 1), (210, 372, 2950, 3103), (300, 0, 1300, 2000), (4094, 0, 4095, 1) })
            {
                foreach (int count in (int[])[0, 209, 2048, 4095])
                {
                    long gain = (((t2 - t1) << 15) + (m2 - m1)) / (2 * (m2 - m1));
                    long sum = (long)count << s;
                    long raw = ((gain * (sum - ((long)m1 << s))) + ((long)t1 << (14 + s)) + (1L << (13 + s - f))) >> (14 + s - f);
                    AdcChannelSettings correction = new AdcChannelSettings(5).Correct(m1, t1, m2, t2);
                    Assert.AreEqual(raw, Sample(s, f, count, correction), $"s {s} f {f} count {count}");
                }
            }
        }
    }

    [TestMethod]
    public void WithoutACorrectionTheGainIs16384()
    {
        FormatDocument.Says("without one, or if t2 - t1 > 2 (m2 - m1), it takes gain = 16384 and m1 = t1 = 0");
        Assert.AreEqual(1000, Sample(4, 0, 1000, new AdcChannelSettings(5)));
        Assert.AreEqual(1000, Sample(4, 0, 1000, new AdcChannelSettings(5).Correct(100, 0, 200, 201)), "a slope above 2");
        Assert.AreEqual(1800, Sample(4, 0, 1000, new AdcChannelSettings(5).Correct(100, 0, 200, 200)), "a slope of 2");
    }

    [TestMethod]
    public void AnImplausibleCountIsBridgedForASecondAndAFaultThen()
    {
        FormatDocument.Says("the input keeps its last good value until that is 1 s old. From then on, or if there was no good value since the model took over, it is a fault. The first plausible sum ends it.");
        FormatDocument.Says("between two inferences it looks at the sensors at least every 250 ms");
        FormatDocument.Says($"at least every {ControlLoop.WatchInterval / 1000} ms");
        Bench bench = new();
        AnalogSampler sampler = new(Load(bench), bench.Parts, [new AdcChannelSettings(0).Plausible(40, 4050)], bench.Settings.SensorFaultMs);
        int[] faults = [.. new[] { (0, 10), (100, 2000), (200, 10), (1099, 4051), (1100, 10), (1200, 10), (1300, 2000), (2299, 10) }.Select(at =>
        {
            bench.Inputs.Count = _ => at.Item2;
            return sampler.Sample(at.Item1 * 1000L);
        })];
        const int Good = AnalogSampler.NoFault;
        CollectionAssert.AreEqual(new[] { 0, Good, Good, Good, 0, 0, Good, Good }, faults);
    }

    [TestMethod]
    public void PlausibilityIsAskedBeforeTheCorrection()
    {
        FormatDocument.Says("Which uncorrected counts a working sensor gives, a board may state for a channel; else the safeguards may (section 3.2); else they are 1 to 4094");
        Bench bench = new(_ => 100);
        AdcChannelSettings channel = new AdcChannelSettings(0).Correct(0, 3000, 1000, 4000).Plausible(40, 200);
        Assert.AreEqual(AnalogSampler.NoFault, new AnalogSampler(Load(bench), bench.Parts, [channel], 1000).Sample(0));
    }

    [TestMethod]
    public void WhenAModelTakesOverItsPinsAreOffAndTheirOffTimeBegins()
    {
        FormatDocument.Says("When a model begins to run, each of its pins is off, and its shortest time off begins.");
        (Bench bench, ControlLoop loop) = Start();
        bench.Clock.Microseconds += 60_000_000;
        loop.Use(Load(bench, Water(minOffMs: 1000)));
        List<bool> seen = Periods(bench, loop, 12);

        // A period of 100 ms: 1000 ms are over in the eleventh at the latest.
        Assert.IsFalse(seen[0]);
        Assert.IsTrue(seen.IndexOf(true) is >= 9 and <= 10, $"on in period {seen.IndexOf(true)}");
    }

    [TestMethod]
    public void APinThatTheModelBeforeHadIsInheritedWithItsAge()
    {
        FormatDocument.Says("the new one inherits the pin's state and how long it has been in it. All other pins of the model before go to their inactive level.");
        (Bench bench, ControlLoop loop) = Start();
        loop.Use(Load(bench, Water(), new BoardOutput("y1", 21, ArgMax: false, On: 100, Off: 50)));
        _ = Periods(bench, loop, 5);
        Assert.IsTrue(bench.Pins.Levels[Pin] && bench.Pins.Levels[21]);
        bench.Inputs.Count = _ => 0;
        loop.Use(Load(bench, Water(minOnMs: 1000)));
        Assert.IsTrue(bench.Pins.Levels[Pin], "inherited");
        Assert.IsFalse(bench.Pins.Levels[21], "no heir");

        // It has been on for about 400 of its 1000 ms.
        List<bool> seen = Periods(bench, loop, 12);
        Assert.IsTrue(seen.IndexOf(false) is >= 4 and <= 7, $"off in period {seen.IndexOf(false)}");
    }

    [TestMethod]
    public void AFaultOverridesTheShortestTimeOnAndBeginsTheTimeOff()
    {
        FormatDocument.Says("A fault drives every pin to its inactive level at once, whatever the shortest time on says; a pin that was on begins its shortest time off.");
        (Bench bench, ControlLoop loop) = Start();
        loop.Use(Load(bench, Water(minOnMs: 60_000, minOffMs: 1000)));
        Assert.IsTrue(Periods(bench, loop, 15)[^1]);
        bench.Inputs.Count = _ => throw new InvalidOperationException("broken");
        Assert.IsFalse(Periods(bench, loop, 1)[0]);
        bench.Inputs.Count = _ => 2000;
        List<bool> seen = Periods(bench, loop, 15);
        Assert.IsTrue(seen.IndexOf(true) is >= 8 and <= 10, $"on in period {seen.IndexOf(true)}");
    }

    private static BoardOutput Water(int minOnMs = 0, int minOffMs = 0) =>
        new("y0", Pin, ArgMax: false, On: 100, Off: 50, MinOnMs: minOnMs, MinOffMs: minOffMs);

    private static (Bench, ControlLoop) Start()
    {
        Bench bench = new();
        bench.Outputs.DriveSafe();
        return (bench, new ControlLoop(bench.Parts, bench.Settings));
    }

    private static Model Load(Bench bench, params BoardOutput[] outputs) => bench.Load(Bench.Identity(2, 100, outputs));

    /// <summary>Whether the pin is high after each period.</summary>
    private static List<bool> Periods(Bench bench, ControlLoop loop, int count) => [.. Enumerable.Range(0, count).Select(_ =>
    {
        bench.Period(loop);
        return bench.Pins.Levels[Pin];
    })];

    /// <summary>The raw input of one sample on channel 5, whose range takes everything.</summary>
    private static int Sample(int s, int f, int count, AdcChannelSettings correction)
    {
        byte[] bindings = [.. new byte[8], 1, 5, (byte)s, (byte)(sbyte)f, .. new byte[20]];
        Model model = new TinyModel { Smallest = -(1 << 30), Largest = 1 << 30, Weight = 1, Bindings = bindings }.Load();
        Assert.AreEqual(AnalogSampler.NoFault, new AnalogSampler(model, new BoardParts { Inputs = new FakeInputs(_ => count) }, [correction.Plausible(0, 4095)], 1000).Sample(0));
        model.Network.Forward();
        return model.Network.Outputs[0];
    }
}
