using NeuralEdge.Conversion.Files;
using NeuralEdge.Generators.Factory;
using NeuralEdge.Models;

namespace NeuralEdge.Tests.Models;

[TestClass]
public sealed class FactoryModelTests
{
    [TestMethod]
    public void CheckedInSourceIsWhatTheConverterMakes()
    {
        string path = Path.Combine(Repository.Root, "shared", "NeuralEdge", "Models", "FactoryModel.g.cs");
        string source = File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal);
        Assert.AreEqual(FactoryModelSource.Write(), source, "run: dotnet run --project tools/NeuralEdge.Generators");
    }

    [TestMethod]
    public void AnswersTheWorkedExample()
    {
        ModelFile file = ModelFile.Parse(FactoryModel.GetBytes(), "factory");
        double y = file.ToValues(file.Run(file.ToRaw([2, 3])))[0];
        Assert.AreEqual((2 * Math.Tanh(5)) - Math.Tanh(1), y, 2e-5);
    }

    [TestMethod]
    public void DrivesNoPin()
    {
        ModelFile file = ModelFile.Parse(FactoryModel.GetBytes(), "factory");
        Assert.IsTrue(Array.TrueForAll(file.Model.Bindings.Outputs, o => o.Rule == OutputBinding.RuleNone));
    }
}
