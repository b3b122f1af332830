using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite;
using NeuralEdge.Learning.Import.TfLite.Nodes;
using NeuralEdge.Learning.Import.TfLite.Parsing;

namespace NeuralEdge.Tests.Import.TfLite;

/// <summary>An operator is a file, a line in the list, and a test model; a lack of one is named.</summary>
[TestClass]
public sealed class TfLiteOperatorListTests
{
    private const string Folder = "tools/NeuralEdge.Learning/Import/TfLite/Operators";
    private const string List = "TfLiteOperators.All in tools/NeuralEdge.Learning/Import/TfLite/TfLiteOperators.cs";
    private const string Models = "tests/NeuralEdge.Tests/Import/TfLite/TfLiteOperatorModels.cs";

    [TestMethod]
    public void EveryFileIsAnOperatorOfTheList()
    {
        string[] files = [.. Directory.GetFiles(Repository.PathOf(Folder), "*.cs").Select(f => Path.GetFileNameWithoutExtension(f)!)];
        Assert.IsNotEmpty(files);
        Violations.AssertNone("operators that nothing finds", Unlisted(files));
        CollectionAssert.AreEqual(files.Order(StringComparer.Ordinal).ToArray(), OnTheList(), $"each operator of {List} is alone in a file of its name, and they are in order");
    }

    [TestMethod]
    public void EveryOperatorHasATestModel() => Violations.AssertNone("operators that no test meets", Untested(TfLiteOperators.All));

    [TestMethod]
    public void ALackIsNamed()
    {
        Assert.AreEqual($"{Folder}/HardSwish.cs is not in the list: add \"new HardSwish(),\" to {List}.", Unlisted(["Tanh", "HardSwish"]).Single());
        Assert.AreEqual($"No test model has the operator HARD_SWISH: add a small network with one to {Models}.", Untested([.. TfLiteOperators.All, new HardSwish()]).Single());
    }

    [TestMethod]
    public void TheTemplateCompiles() => OperatorTemplates.AssertCompiles($"{Folder}/Template.cs.txt");

    private static string[] OnTheList() => [.. TfLiteOperators.All.Select(o => o.GetType().Name)];

    private static string[] Unlisted(IEnumerable<string> files) =>
        [.. files.Except(OnTheList()).Select(f => $"{Folder}/{f}.cs is not in the list: add \"new {f}(),\" to {List}.")];

    private static string[] Untested(IEnumerable<TfLiteOperator> operators)
    {
        HashSet<int> met = [.. TfLiteOperatorModels.All().SelectMany(m => Graph(m.File).Operators)];
        return [.. operators.Where(o => !met.Contains(o.Code)).Select(o => $"No test model has the operator {o.Name}: add a small network with one to {Models}.")];
    }

    private static TfLiteGraph Graph(byte[] file) => new(file, new WorkBudget("m.tflite"));

    private sealed class HardSwish() : TfLiteOperator(117, "HARD_SWISH")
    {
        internal override Value Evaluate(TfLiteNode node) => node.Input(0);
    }
}
