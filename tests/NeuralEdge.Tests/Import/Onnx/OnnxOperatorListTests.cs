using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx;
using NeuralEdge.Learning.Import.Onnx.Nodes;
using NeuralEdge.Learning.Import.Onnx.Parsing;

namespace NeuralEdge.Tests.Import.Onnx;

/// <summary>An operator is a file, a line in the list, and a test model; a lack of one is named.</summary>
[TestClass]
public sealed class OnnxOperatorListTests
{
    private const string Folder = "tools/NeuralEdge.Learning/Import/Onnx/Operators";
    private const string List = "OnnxOperators.All in tools/NeuralEdge.Learning/Import/Onnx/OnnxOperators.cs";
    private const string Models = "tests/NeuralEdge.Tests/Import/Onnx/OperatorModels.cs";

    [TestMethod]
    public void EveryFileIsAnOperatorOfTheList()
    {
        string[] files = [.. Directory.GetFiles(Repository.PathOf(Folder), "*.cs").Select(f => Path.GetFileNameWithoutExtension(f)!)];
        Assert.IsNotEmpty(files);
        Violations.AssertNone("operators that nothing finds", Unlisted(files));
        CollectionAssert.AreEquivalent(files, OnnxOperators.All.Select(o => o.Name).ToArray(), $"each operator of {List} is alone in a file of its name");
        CollectionAssert.AreEqual(OnnxOperators.All.Select(o => o.Name).Order(StringComparer.Ordinal).ToArray(), OnnxOperators.All.Select(o => o.Name).ToArray(), $"{List} is in order");
    }

    [TestMethod]
    public void EveryOperatorHasATestModel() => Violations.AssertNone("operators that no test meets", Untested(OnnxOperators.All));

    [TestMethod]
    public void ALackIsNamed()
    {
        Assert.AreEqual($"{Folder}/Gelu.cs is not in the list: add \"new Gelu(),\" to {List}.", Unlisted(["Add", "Gelu"]).Single());
        Assert.AreEqual($"No test model has a node Gelu: add a small network with one to {Models}.", Untested([.. OnnxOperators.All, new Gelu()]).Single());
    }

    [TestMethod]
    public void TheTemplateCompiles() => OperatorTemplates.AssertCompiles($"{Folder}/Template.cs.txt");

    private static string[] Unlisted(IEnumerable<string> files) =>
    [
        .. files.Except(OnnxOperators.All.Select(o => o.GetType().Name)).Select(f => $"{Folder}/{f}.cs is not in the list: add \"new {f}(),\" to {List}."),
    ];

    private static string[] Untested(IEnumerable<OnnxOperator> operators)
    {
        byte[][] files = [.. OperatorModels.All().Select(m => m.File), .. Spellings.All().Select(s => s.File), .. ClassifierModels.All().Select(m => m.File), ClassifierModels.ArgMaxOfLogSoftmax()];
        HashSet<(string, string)> met = [.. files.SelectMany(file => new OnnxParser(file, new WorkBudget("m.onnx")).Parse().Nodes).Select(n => (n.Domain, n.Operator))];
        return [.. operators.Where(o => !met.Contains((o.Domain, o.Name))).Select(o => $"No test model has a node {o.Name}: add a small network with one to {Models}.")];
    }

    private sealed class Gelu() : OnnxOperator("Gelu")
    {
        internal override Value Evaluate(NodeContext node) => node.Input(0);
    }
}
