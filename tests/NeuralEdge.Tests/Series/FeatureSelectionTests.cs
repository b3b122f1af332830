using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Series;

namespace NeuralEdge.Tests.Series;

[TestClass]
public sealed class FeatureSelectionTests
{
    [TestMethod]
    public void WhatTellsClassesApartIsFoundAndNothingElse()
    {
        PortableRandom random = new(5);

        // Up or down from any level, slowly under much noise: of all candidates only the slope knows.
        IEnumerable<(string, double[])> ramps = Enumerable.Range(0, 20).Select(r =>
        {
            double level = 2000 * random.NextDouble();
            return (r % 2 == 0 ? "up" : "down", Enumerable.Range(0, 64).Select(t => level + ((r % 2 == 0 ? 1 : -1) * 2.0 * t) + (60 * random.NextDouble())).ToArray());
        });
        WindowedData windows = Logs.Windows(Table.Parse(Logs.Text([.. ramps]), "log.csv"), new WindowOptions(0.32) { HopSeconds = 0.08 });
        CollectionAssert.AreEqual(new[] { "x slope" }, windows.Data.InputNames);
        StringAssert.Contains(string.Concat(windows.Data.Notes), "slope (");
    }

    [TestMethod]
    public void AClassBetweenTwoOthersIsSeen()
    {
        PortableRandom random = new(6);
        double[] sizes = [20, 100, 400];
        IEnumerable<(string, double[])> steps = Enumerable.Range(0, 30).Select(r =>
            ($"size{r % 3}", Enumerable.Range(0, 64).Select(_ => 1000 + (sizes[r % 3] * (random.NextDouble() - 0.5))).ToArray()));
        WindowedData windows = Logs.Windows(Table.Parse(Logs.Text([.. steps]), "log.csv"), new WindowOptions(0.32) { HopSeconds = 0.08 });
        Assert.HasCount(1, windows.Data.InputNames, "one kind is enough: " + string.Join(", ", windows.Data.InputNames));
    }
}
