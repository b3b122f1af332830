using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;

namespace NeuralEdge.Tests.Evaluation;

/// <summary>A class's score is shifted by what meets the goal, and by no more.</summary>
[TestClass]
public sealed class DecisionGoalTests
{
    [TestMethod]
    public void NoSmallerShiftFindsAsManyAndNoOtherCostsLess()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            PortableRandom random = new(seed);
            DataSet data = Made.Set(Made.Noise(30, seed, 3));
            double[][] scores = [.. Enumerable.Range(0, 30).Select(_ => new[] { random.NextDouble(), random.NextDouble(), random.NextDouble() })];
            int all = data.Classes.Count(c => c == 1);
            double[] others = [.. Enumerable.Range(-40, 81).Select(i => i / 20.0)];

            double shift = new DecisionGoal("k1") { Recall = 0.8 }.Shift(data, scores);
            Assert.IsGreaterThanOrEqualTo(0.8 * all, Found(data, scores, shift));
            int answered = Answered(scores, shift);
            Assert.IsFalse(others.Any(s => Found(data, scores, s) >= 0.8 * all && Answered(scores, s) < answered));

            shift = new DecisionGoal("k1") { InsteadOf = "k0", Cost = 5 }.Shift(data, scores);
            double cost = Cost(data, scores, shift);
            Assert.IsFalse(others.Any(s => Cost(data, scores, s) < cost), $"seed {seed}");
        }
    }

    private static int Answer(double[] scores, double shift)
    {
        double[] shifted = [scores[0], scores[1] + shift, scores[2]];
        return Array.IndexOf(shifted, shifted.Max());
    }

    private static double Found(DataSet data, double[][] scores, double shift) => scores.Where((s, r) => data.Classes[r] == 1 && Answer(s, shift) == 1).Count();

    private static int Answered(double[][] scores, double shift) => scores.Count(s => Answer(s, shift) == 1);

    private static double Cost(DataSet data, double[][] scores, double shift) => scores.Select((s, r) =>
        Answer(s, shift) == data.Classes[r] ? 0.0 : data.Classes[r] == 1 && Answer(s, shift) == 0 ? 5 : 1).Sum();
}
