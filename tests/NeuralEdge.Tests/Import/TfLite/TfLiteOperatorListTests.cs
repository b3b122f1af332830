using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite;
using NeuralEdge.Learning.Import.TfLite.Parsing;

namespace NeuralEdge.Tests.Import.TfLite;

/// <summary>An operator is a file, a line in the list, and a test model.</summary>
[TestClass]
public sealed class TfLiteOperatorListTests
{
    private static readonly OperatorFolder Folder = new("TfLite", TfLiteOperators.All);

    [TestMethod]
    public void EveryFileIsAnOperatorOfTheList() => Folder.AssertAllListed();

    [TestMethod]
    public void EveryOperatorHasATestModel() => Violations.AssertNone("operators that no test meets", Untested(TfLiteOperators.All.Select(o => o.Name)));

    [TestMethod]
    public void ALackIsNamed()
    {
        Assert.AreEqual(
            "tools/NeuralEdge.Learning/Import/TfLite/Operators/Cast.cs is not in the list: add \"new Cast(),\" to TfLiteOperators.All in tools/NeuralEdge.Learning/Import/TfLite/TfLiteOperators.cs.",
            Folder.Unlisted(["Tanh", "Cast"]).Single());
        Assert.AreEqual(
            "No test model has the operator CAST: add a small network with one to tests/NeuralEdge.Tests/Import/TfLite/TfLiteOperatorModels.cs.",
            Untested(["TANH", "CAST"]).Single());
    }

    [TestMethod]
    public void TheTemplateCompiles() => Folder.AssertTemplateCompiles();

    private static IEnumerable<string> Untested(IEnumerable<string> operators)
    {
        IEnumerable<int> codes = TfLiteOperatorModels.All().SelectMany(m => new TfLiteGraph(m.File, new WorkBudget("m.tflite")).Operators);
        return OperatorFolder.Untested(operators, codes.Select(TfLiteOperators.NameOf), "TfLite/TfLiteOperatorModels.cs");
    }
}
