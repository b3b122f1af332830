using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Training;
using NeuralEdge.Tests.Cli;

namespace NeuralEdge.Tests.Training;

/// <summary>The library does what the verbs do.</summary>
[TestClass]
public sealed class PipelineTests
{
    private static readonly string Iris = Repository.PathOf("tools/examples/iris.csv");
    private static readonly string Onnx = Repository.PathOf("tools/examples/iris.onnx");

    private static readonly TrainOptions Small = new(Table.Read(Iris), "species")
    {
        Hyperparameters = new() { Hidden = [4], MaximumEpochs = 20, Starts = 1 },
        Work = 1e5,
    };

    [TestMethod]
    public void TrainingGivesTheFileThatTheVerbWrites()
    {
        using Scratch scratch = new();
        scratch.Run("train", Iris, "--target", "species", "--hidden", "4", "--seed", "3", "--profile", "fast", "-o", "m.nedge").MustSucceed();
        TrainOptions options = new(Table.Read(Iris), "species") { Hyperparameters = new() { Hidden = [4], Seed = 3 }, Profile = Profile.Fast };
        CollectionAssert.AreEqual(File.ReadAllBytes(scratch.PathOf("m.nedge")), Pipeline.Train(options).Model.File.Bytes);
    }

    [TestMethod]
    public void ImportingGivesTheFileThatTheVerbWrites()
    {
        using Scratch scratch = new();
        scratch.Run("import", Onnx, "--calibrate", Iris, "--outputs", "setosa,versicolor,virginica", "-o", "m.nedge").MustSucceed();
        ImportResult result = Pipeline.Import(new ImportOptions(Onnx) { Calibration = Table.Read(Iris), OutputNames = ["setosa", "versicolor", "virginica"] });
        CollectionAssert.AreEqual(File.ReadAllBytes(scratch.PathOf("m.nedge")), result.Model.File.Bytes);
        Assert.HasCount(150, result.Calibration!.Inputs);
        StringAssert.Contains(result.Notes[0], "sepal_length");
    }

    [TestMethod]
    public void ConvertingKeepsWhatItIsTold()
    {
        BoardFile board = BoardFile.Parse("""{"periodMs":70,"inputs":[{"name":"a","adc":3,"counts":[0,4095],"values":[-4,4]},{"name":"b","adc":0,"counts":[0,4095],"values":[-4,4]}],"outputs":[{"name":"y","pin":19,"on":1}]}""", "board");
        ConvertedModel model = Pipeline.Convert(Examples.WorkedExample, new ConvertOptions { Profile = Profile.Compact, Board = board, Name = "worked", Samples = [[1, 2]], Work = 1e5 });
        Assert.AreEqual(ModelTask.Regression, model.File.Task);
        Assert.AreEqual("name: worked", model.File.About);
        Assert.AreEqual(70, model.File.Model.Bindings.PeriodMs);
        Assert.AreEqual(3, model.File.Model.Bindings.Inputs[0].Channel);
        Assert.AreEqual(1, model.Network.Layers[0].WeightBytes);
        Assert.AreEqual(1, Certificate.Read(model.File)!.Samples);
        Assert.AreEqual(Examples.WorkedExample.Network.Forward([2, 3])[0], model.File.Evaluate(2, 3)[0], 0.05);
    }

    [TestMethod]
    public void TheResultOfTrainingIsThatOfTheRowsHeldOut()
    {
        TrainResult result = Pipeline.Train(Small);
        Assert.AreEqual((150, 150), (result.Training.Count, result.HeldOut.Count));
        Assert.AreEqual(150, result.IntegerScores!.Count);
        Assert.AreEqual(result.Disagreements == 0, result.RealScores!.Confusion.SelectMany(row => row).SequenceEqual(result.IntegerScores.Confusion.SelectMany(row => row)));
        Assert.IsInRange(0, 0.01, result.LargestDifference);
        Assert.HasCount(150, result.Analyse().Fixed);
    }

    [TestMethod]
    public void ItSaysHowFarItIsAndStopsWhenItIsTold()
    {
        using CancellationTokenSource source = new();
        List<int> epochs = [];
        Listener listener = new(progress =>
        {
            epochs.Add(progress.Epoch);
            if (progress.Epoch == 3)
            {
                source.Cancel();
            }
        });
        Assert.ThrowsExactly<OperationCanceledException>(() => Pipeline.Train(Small, listener, source.Token));

        // Once per epoch it says how many trainings are done; they run side by side, so that one more may end meanwhile.
        CollectionAssert.AreEqual(new[] { 0, 1, 2, 3 }, epochs.Distinct().Take(4).ToArray());
        Assert.IsGreaterThan(20, epochs.Count);
        Assert.ThrowsExactly<OperationCanceledException>(() => Pipeline.Import(new ImportOptions(Onnx) { Range = (0, 8) }, source.Token));
        Assert.ThrowsExactly<OperationCanceledException>(() => Pipeline.Convert(Examples.WorkedExample, new ConvertOptions(), source.Token));
    }

    [TestMethod]
    public void WhatCannotBeUsedIsRefusedWithASentence()
    {
        Refusals.Expect("colour|species", () => Pipeline.Train(Small with { Targets = ["colour"] }));
        Refusals.Expect("soil|sepal_length", () => Pipeline.Train(Small with { Board = BoardFile.Read(Repository.PathOf("tools/examples/greenhouse-board.json")) }));
        Refusals.Expect("nothere.onnx", () => Pipeline.Import(new ImportOptions("nothere.onnx")));
        Refusals.Expect("--range", () => Pipeline.Import(new ImportOptions(Onnx)));
        Refusals.Expect("3 names|4 are needed", () => Pipeline.Import(new ImportOptions(Onnx) { InputNames = ["a", "b", "c"] }));
    }

    private sealed class Listener(Action<TrainingProgress> told) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => told(value);
    }
}
