using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx;
using NeuralEdge.Learning.Import.Onnx.Parsing;
using NeuralEdge.Tests.Import.Onnx.Forms;

namespace NeuralEdge.Tests.Import.Onnx;

/// <summary>An operator is a file, a line in the list, and a test model.</summary>
[TestClass]
public sealed class OnnxOperatorListTests
{
    private static readonly OperatorFolder Folder = new("Onnx", OnnxOperators.All);

    [TestMethod]
    public void EveryFileIsAnOperatorOfTheList()
    {
        Folder.AssertAllListed();
        Assert.IsTrue(OnnxOperators.All.All(o => o.Name == o.GetType().Name), "a class is called what the operator is called in files");
    }

    [TestMethod]
    public void EveryOperatorHasATestModel() => Violations.AssertNone("operators that no test meets", Untested(OnnxOperators.All.Select(o => o.Name)));

    [TestMethod]
    public void ALackIsNamed()
    {
        Assert.AreEqual(
            "tools/NeuralEdge.Learning/Import/Onnx/Operators/Reshrink.cs is not in the list: add \"new Reshrink(),\" to OnnxOperators.All in tools/NeuralEdge.Learning/Import/Onnx/OnnxOperators.cs.",
            Folder.Unlisted(["Add", "Reshrink"]).Single());
        Assert.AreEqual(
            "No test model has the operator Reshrink: add a small network with one to tests/NeuralEdge.Tests/Import/Onnx/OperatorModels.cs.",
            Untested(["Add", "Reshrink"]).Single());
    }

    [TestMethod]
    public void TheTemplateCompiles() => Folder.AssertTemplateCompiles();

    private static IEnumerable<string> Untested(IEnumerable<string> operators)
    {
        byte[][] files = [.. OperatorModels.All().Select(m => m.File), .. Spellings.All().Select(s => s.File), .. ClassifierModels.All().Select(m => m.File), .. FormTests.AllForms().Select(f => f.File), ClassifierModels.ArgMaxOfLogSoftmax()];
        IEnumerable<OnnxNode> nodes = files.SelectMany(file => new OnnxParser(file, new WorkBudget("m.onnx")).Parse().Nodes);
        return OperatorFolder.Untested(operators, nodes.Select(n => n.Operator), "Onnx/OperatorModels.cs");
    }
}
