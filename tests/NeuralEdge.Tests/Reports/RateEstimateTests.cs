using System.Globalization;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Reports;
using NeuralEdge.Tests.Control;
using NeuralEdge.Tests.Features;

namespace NeuralEdge.Tests.Reports;

/// <summary>What a board is said to hold, and what is said when it is asked for more.</summary>
[TestClass]
public sealed class RateEstimateTests
{
    [TestMethod]
    [DataRow(1, 100, 310)]
    [DataRow(3, 100, 235)]
    [DataRow(6, 100, 170)]
    public void MoreChannelsAreHeldAtALowerRate(int channels, int hop, int most)
    {
        // Half of 240 MHz at 0.3 instructions a cycle; 45 microseconds for each channel's conversion.
        RateEstimate rate = RateEstimate.Of(Model(channels, hop))!;
        double sample = ((92_500 + (15_340.0 * channels)) / 72e6) + (45e-6 * channels);
        Assert.AreEqual(240, rate.Megahertz);
        Assert.IsLessThan(Math.Min(1000, 0.5 / sample) + 1, rate.Most);
        Assert.AreEqual(most, rate.Most, 0.05 * most);
        Assert.AreEqual(200, rate.Asked);
    }

    [TestMethod]
    public void ThreeChannelsOfOneConversionAreHeldTwoHundredTimesASecond() => Assert.IsGreaterThanOrEqualTo(200, RateEstimate.Of(Model(3, 50, "mean", "std", "range", "mad"))!.Most);

    [TestMethod]
    public void TheDocumentHasTheFiguresOfTheEstimate() => StringAssert.Contains(
        File.ReadAllText(Path.Combine(Repository.Root, "tools", "README.md")).ReplaceLineEndings(" "),
        string.Create(
            CultureInfo.InvariantCulture,
            $"({RateEstimate.InstructionsOfSample:N0} for a sample, {RateEstimate.InstructionsOfChannel:N0} for each channel of it and {RateEstimate.InstructionsOfConversion:N0} for each conversion; {RateEstimate.InstructionsOfDecision:N0} for a decision and {RateEstimate.InstructionsOfChannelDecided:N0} for each channel of it)"));

    [TestMethod]
    public void MoreDecisionsMoreFeaturesAndAWeakerChipCost()
    {
        int few = RateEstimate.Of(Model(6, 100))!.Most;
        Assert.IsLessThan(few, RateEstimate.Of(Model(6, 10))!.Most, "decisions");
        Assert.IsLessThan(few, RateEstimate.Of(Model(6, 100, "mean", "band1-4"))!.Most, "bins of a spectrum");
        Assert.IsLessThan(few, RateEstimate.Of(Model(6, 100, "mean", "crossings"))!.Most);
        Assert.IsNull(RateEstimate.Of(Bench.Identity(2, 100)), "without windows a period is as long as one says");
    }

    [TestMethod]
    public void WhoAsksForMoreThanABoardHoldsIsWarned()
    {
        ModelFile quick = WindowedModels.Create(1, 100, 4, 6, ["mean"]);
        StringAssert.Matches(RateText.Warning(quick)!, new(@"^warning: asked for 1000 samples a second, and an ESP32 at 240 MHz holds about \d+, an estimate from counted instructions"));
        StringAssert.Contains(RateText.Warning(quick)!, "record less often, or leave channels out.");
        Assert.IsNull(RateText.Warning(Model(3, 100)));
        StringAssert.Matches(RateText.Held(Model(3, 100))!, new(@"^an ESP32 at 240 MHz holds about \d+ samples a second with these features, conversions and network: an estimate .* asked: 200$"));
        Assert.AreEqual("400 samples, 2 s; one decision each 0.5 s, 100 samples; a sample each 5 ms, 200 a second", RateText.Of(Model(1, 100)));
    }

    private static ModelFile Model(int channels, int hop, params string[] features) => WindowedModels.Create(5, hop, 4, channels, features.Length == 0 ? ["mean"] : features);
}
