using NeuralEdge.Benchmarks.Scoring;
using NeuralEdge.Learning.Training;
using NeuralEdge.Simulator.Gestures;

namespace NeuralEdge.Tests.Series;

/// <summary>What windows are for: a smaller version of what "scores windows" of the benchmarks measures, and the model that its data are from.</summary>
[TestClass]
public sealed class GestureTests
{
    private static readonly Hyperparameters Quick = new() { Hidden = [16], Starts = 1, MaximumEpochs = 60 };

    [TestMethod]
    public void FeaturesKnowGesturesOfOtherPeopleBetterThanAllSamplesAndInLess()
    {
        var logs = WindowCase.Examples(Repository.PathOf("tools/examples"));
        WindowCase samples = WindowCase.OfSamples(logs, Quick);
        WindowCase features = WindowCase.OfFeatures(logs, Quick, ["std", "mad"]);
        Assert.IsGreaterThanOrEqualTo(samples.Right + 0.1, features.Right, $"{samples} {features}");
        Assert.IsLessThan(4096, features.Bytes);
        Assert.IsGreaterThan(4 * features.Bytes, samples.Bytes);
        StringAssert.Matches(ScoreProgram.Line(features), new(@"^std, mad \| 6 \| 16 \| \d\d\.\d % \| \d\d\.\d % \| \d{4}$"));
    }

    [TestMethod]
    public void AStillSensorFeelsOneGravityAndASwungOneWhatItsPendulumSays()
    {
        // At the lowest point gravity and the pull to the centre add up; nothing of it depends on how the sensor is worn.
        Accelerometer ideal = new(new GestureRandom(1));
        Assert.AreEqual(409.5, Accelerometer.CountsPerG, 1e-9);
        Assert.AreEqual(409.5, ideal.Count(0, 1) - ideal.Count(0, 0), 409.5 * 0.031, "a chip's sensitivity is within 3 %");
        Assert.AreEqual(ideal.Count(2, 3.6), ideal.Count(2, 9), "the sensor ends at 3.6 g");
        for (int seed = 1; seed <= 20; seed++)
        {
            Wearer wearer = new(new GestureRandom(seed));
            double[] Sizes(Gesture gesture)
            {
                wearer.Begin();
                return [.. Enumerable.Range(0, 500).Select(_ => Math.Sqrt(wearer.Move(gesture, 0.02).Sum(axis => axis * axis)))];
            }

            Assert.IsTrue(Array.TrueForAll(Sizes(Gesture.Rest), size => Math.Abs(size - 1) < 0.06), "a tremor is no more than 0.03 g along each axis");
            Assert.IsGreaterThan(0.3, Spread(Sizes(Gesture.Shake)));
            Assert.IsGreaterThan(0.15, Spread(Sizes(Gesture.Swing)));
        }
    }

    [TestMethod]
    public void TheSameSeedGivesTheSameLogAndAnotherOneOtherPeople()
    {
        string log = GestureLog.Text(GestureLog.Generate(7, 2, 1));
        Assert.AreEqual(log, GestureLog.Text(GestureLog.Generate(7, 2, 1)));
        Assert.AreNotEqual(log, GestureLog.Text(GestureLog.Generate(8, 2, 1)));
        Assert.HasCount(1 + (2 * 3 * 50) + 1, log.Split('\n'));
    }

    private static double Spread(double[] sizes) => sizes.Max() - sizes.Min();
}
