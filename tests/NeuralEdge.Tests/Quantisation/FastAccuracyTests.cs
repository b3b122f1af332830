using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Tests.Quantisation;

/// <summary>What the profile fast loses on rows that neither training nor rounding has seen.</summary>
[TestClass]
public sealed class FastAccuracyTests
{
    private const double HalfAPoint = 0.005;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("iris.csv", "species", 1)]
    [DataRow("iris.csv", "species", 2)]
    [DataRow("iris.csv", "species", 3)]
    [DataRow("greenhouse.csv", "water,shade", 1)]
    [DataRow("greenhouse.csv", "water,shade", 2)]
    public void FastLosesAtMostHalfAPointOfHeldOutAccuracy(string table, string targets, int seed)
    {
        DataSet all = DataSet.From(Table.Read(Repository.PathOf("tools/examples/" + table)), targets.Split(','));
        (DataSet training, DataSet heldOut) = all.HoldOutEveryFifth();
        FloatModel model = new Trainer(new Hyperparameters { Seed = seed }).Train(training).ToFloatModel().WithRanges(TrainedRanges.Widen(training), replace: true);
        bool classifies = all.Task == TaskKind.Classify;
        BoardSpec board = classifies ? Examples.NoBoard : BoardFile.Read(Repository.PathOf("tools/examples/greenhouse-board.json")).For(model, classifies);
        ModelFile file = Converter.Convert(new(model, classifies ? ModelTask.Classification : ModelTask.Regression, board, Profile.Fast, Samples: training.Inputs, AcceptError: 1)).File;

        double real = Accuracy(heldOut, classifies, model.Network.Scores);
        double integers = Accuracy(heldOut, classifies, row => file.ToScores(file.Run(file.ToRaw(row))));
        TestContext.WriteLine($"{table}, seed {seed}: {heldOut.Count} rows, float {real:P2}, fast {integers:P2}");
        Assert.IsGreaterThanOrEqualTo(real - HalfAPoint, integers);
    }

    // A class, or for each load whether it is on.
    private static double Accuracy(DataSet rows, bool classifies, Func<double[], double[]> scores)
    {
        double right = 0;
        for (int r = 0; r < rows.Count; r++)
        {
            double[] actual = scores(rows.Inputs[r]);
            right += classifies
                ? Array.IndexOf(actual, actual.Max()) == rows.Classes[r] ? 1 : 0
                : actual.Select((y, o) => (y >= 0.5) == (rows.Targets[r][o] >= 0.5) ? 1.0 / actual.Length : 0).Sum();
        }

        return right / rows.Count;
    }
}
