using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Learning;
using NeuralEdge.Studio.Watching;

namespace NeuralEdge.StudioTests.Watching;

/// <summary>On the page Try pins do what the rules say of the sliders, whatever times the board would keep.</summary>
[TestClass]
public sealed class PinDecisionTests
{
    private const string Network = """{"inputs":[{"name":"a","min":0,"max":1},{"name":"b","min":0,"max":1},{"name":"c","min":0,"max":1}],"outputs":[{"name":"x"},{"name":"y"},{"name":"z"}],"layers":[{"weights":[[1,0,0],[0,1,0],[0,0,1]],"activation":"linear"}]}""";

    private const string Times = "\"minOnMs\":60000,\"minOffMs\":60000,\"maxOnMs\":60000";

    [TestMethod]
    public void AThresholdHasItsHysteresisAndNoTime()
    {
        Question question = Of($$"""{"inputs":[{"name":"a","adc":0,"counts":[0,4095],"values":[0,1]},{"name":"b","adc":3,"counts":[0,4095],"values":[0,1]},{"name":"c","adc":4,"counts":[0,4095],"values":[0,1]}],"outputs":[{"name":"x","pin":18,"on":0.6,"off":0.4,{{Times}}},{"name":"y","pin":19,"on":0.4,"off":0.6}]}""");
        foreach ((double value, bool isOn) in new[] { (0.7, true), (0.5, true), (0.3, false), (0.5, false), (0.61, true) })
        {
            question.Set(0, value);
            question.Set(1, 1 - value);
            Assert.AreEqual(isOn, question.IsOn(0), $"{value}");
            Assert.AreEqual(isOn, question.IsOn(1), $"{value}, on below");
            Assert.IsNull(question.IsOn(2));
        }
    }

    [TestMethod]
    public void OutputsThatExcludeEachOtherWaitForEachOther()
    {
        Question question = Of($$"""{"inputs":[{"name":"a","adc":0,"counts":[0,4095],"values":[0,1]},{"name":"b","adc":3,"counts":[0,4095],"values":[0,1]},{"name":"c","adc":4,"counts":[0,4095],"values":[0,1]}],"outputs":[{"name":"x","pin":18,"on":0.6,"off":0.4,"group":"m",{{Times}}},{"name":"y","pin":19,"on":0.6,"off":0.4,"group":"m",{{Times}}}]}""");
        question.Set(0, 0);
        question.Set(1, 1);
        Assert.IsTrue(question.IsOn(1));
        question.Set(0, 1);
        Assert.IsFalse(question.IsOn(0), "the other one is on");
        question.Set(1, 0);
        Assert.IsTrue(question.IsOn(0));
        Assert.IsFalse(question.IsOn(1));
    }

    [TestMethod]
    public void TheLargestOutputsPinIsOnAlone()
    {
        Question question = Of("""{"inputs":[{"name":"a","adc":0,"counts":[0,4095],"values":[0,1]},{"name":"b","adc":3,"counts":[0,4095],"values":[0,1]},{"name":"c","adc":4,"counts":[0,4095],"values":[0,1]}],"outputs":[{"name":"x","pin":18,"argmax":true},{"name":"y","pin":19,"argmax":true},{"name":"z","pin":21,"argmax":true}]}""");
        for (int largest = 0; largest < 3; largest++)
        {
            for (int i = 0; i < 3; i++)
            {
                question.Set(i, i == largest ? 0.9 : 0.1);
            }

            CollectionAssert.AreEqual(Enumerable.Range(0, 3).Select(o => (bool?)(o == largest)).ToArray(), Enumerable.Range(0, 3).Select(question.IsOn).ToArray());
        }
    }

    private static Question Of(string board)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".json");
        File.WriteAllText(path, Network);
        try
        {
            return new Question(ModelFile.Parse(Pipeline.Import(new ImportOptions(path) { Board = BoardFile.Parse(board, "board.json") }).Model.File.Bytes, "copy"));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
