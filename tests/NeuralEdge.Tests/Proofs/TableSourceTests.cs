using NeuralEdge.Generators.Tables;

namespace NeuralEdge.Tests.Proofs;

/// <summary>The tables in the sources are what the program writes.</summary>
[TestClass]
public sealed class TableSourceTests
{
    [TestMethod]
    public void TanhTableIsWhatItsFitGives() => AssertSame(TableSources.Tanh(), TableSources.TanhPath);

    [TestMethod]
    public void ExponentialTableIsWhatItsReferenceGives() => AssertSame(TableSources.OfExponential(), TableSources.ExponentialPath);

    private static void AssertSame(string generated, string path) =>
        Assert.AreEqual(generated, File.ReadAllText(Repository.PathOf(path)).ReplaceLineEndings("\n"));
}
