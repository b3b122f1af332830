using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Training;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Training;

/// <summary>Of many rows training takes no longer than it has to.</summary>
[TestClass]
public sealed class ManyRowsTests
{
    [TestMethod]
    public void AnEpochOfManyRowsIsAPartOfThemAndNoRowComesTwiceBeforeAllCame()
    {
        const int Rows = 50_000;
        Hyperparameters options = new() { LearningRate = 0 };
        TrainableNetwork network = new([1, 1], [(ActivationFunction)Activation.Linear], 0, LossKind.SquaredError);

        // A network that answers 0 and learns nothing: the loss of row i is i.
        TrainingRows all = new([.. Enumerable.Range(0, Rows).Select(_ => new double[1])], [.. Enumerable.Range(0, Rows).Select(i => new[] { Math.Sqrt(2.0 * i) })], null);
        TrainingRows one = new([all.Inputs[0]], [all.Targets[0]], null);
        Attempt attempt = new(network, new PortableRandom(1), new Adam(network.WeightMask(), 0), options);
        attempt.Run(new TrainingJob(all, one, all), 3, 100, (_, _, _) => { }, default);
        double[] losses = [.. attempt.Losses.Select(loss => loss.Training)];
        Assert.HasCount(3, losses);
        double[] rows = [Attempt.MostRows, Attempt.MostRows, Rows - (2 * Attempt.MostRows)];
        Assert.AreEqual(Rows * (Rows - 1.0) / 2, losses.Zip(rows, (loss, count) => loss * count).Sum(), 1);
        Assert.AreNotEqual(losses[0], losses[1], "the rows of an epoch are chosen at random");
    }

    [TestMethod]
    public void OfManyRowsNothingIsLearnedTwice()
    {
        static int Epochs(int rows)
        {
            string lines = string.Join('\n', Enumerable.Range(0, rows).Select(r => $"{r * 7919 % 1009},{(r * 7919 % 1009 > 500 ? "a" : "b")}"));
            DataSet data = DataSet.From(Table.Parse("x,y\n" + lines, "t.csv"), ["y"], inputs: ["x"]);
            return new Trainer(new Hyperparameters { Hidden = [], MaximumEpochs = 3, Starts = 1 }).Train(data).Epochs;
        }

        Assert.AreEqual(3, Epochs(Attempt.MostRows + 100));
        Assert.IsGreaterThan(3, Epochs(1000));
    }
}
