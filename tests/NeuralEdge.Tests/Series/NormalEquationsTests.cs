using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Series;

namespace NeuralEdge.Tests.Series;

/// <summary>The quick model that features are chosen by.</summary>
[TestClass]
public sealed class NormalEquationsTests
{
    private const int Rows = 60;
    private const int Columns = 4;

    [TestMethod]
    public void ARegressionKnowsTheRowsOfItsTrainingAndNoOthers()
    {
        PortableRandom random = new(4);
        double[][] rows = [.. Enumerable.Range(0, Rows).Select(_ => Enumerable.Range(0, Columns).Select(_ => (4 * random.NextDouble()) - 2).ToArray())];

        // The first half follows one law, the second another.
        double[][] targets = [.. rows.Select((row, r) => (double[])[r < Rows / 2 ? 3 + (2 * row[0]) - (row[1] * row[1]) : -row[0]])];
        double[] weights = [.. Enumerable.Repeat(1.0, Rows)];
        int[] first = [.. Enumerable.Range(0, Rows / 2)];
        NormalEquations equations = new(rows, targets, weights, [first, [.. Enumerable.Range(Rows / 2, Rows / 2)], []]);
        int[] columns = [0, 1];
        double[][] solution = equations.Solve(columns, 0)!;
        Assert.IsTrue(Array.TrueForAll(first, r => Math.Abs(equations.Answer(solution, columns, r)[0] - targets[r][0]) < 0.05), "a law of columns and squares is found");
        double[][] other = equations.Solve(columns, 1)!;
        Assert.AreEqual(-1, other[0][0], 0.02);
        Assert.AreEqual(0, other[3][0], 0.02);
        Assert.IsNull(equations.Solve(columns, 2), "there is nothing to learn from");
    }

    [TestMethod]
    public void ItIsTheRidgeRegressionOfTheChosenColumns()
    {
        PortableRandom random = new(5);
        double[][] rows = [.. Enumerable.Range(0, Rows).Select(_ => Enumerable.Range(0, Columns).Select(_ => (4 * random.NextDouble()) - 2).ToArray())];
        double[][] targets = [.. rows.Select(_ => (double[])[random.NextDouble(), random.NextDouble()])];
        double[] weights = [.. rows.Select(_ => 0.5 + random.NextDouble())];
        int[] training = [.. Enumerable.Range(0, Rows).Where(r => r % 5 != 0)];
        int[] columns = [3, 1];
        NormalEquations equations = new(rows, targets, weights, [training]);
        double[][] solution = equations.Solve(columns, 0)!;

        // At the least sum of weighted squares and of the ridge its slope is nothing.
        double[] Terms(int r) => [rows[r][3], rows[r][3] * rows[r][3], rows[r][1], rows[r][1] * rows[r][1], 1];
        for (int t = 0; t < 5; t++)
        {
            for (int o = 0; o < 2; o++)
            {
                double slope = training.Sum(r => weights[r] * Terms(r)[t] * (Terms(r).Select((x, i) => x * solution[i][o]).Sum() - targets[r][o])) + (1e-3 * training.Length * solution[t][o]);
                Assert.AreEqual(0, slope, 1e-9);
            }
        }
    }
}
