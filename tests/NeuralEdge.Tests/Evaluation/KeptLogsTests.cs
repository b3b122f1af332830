using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;

namespace NeuralEdge.Tests.Evaluation;

/// <summary>What is found in the logs of real sensors that are kept in tools/examples, before anything is trained.</summary>
[TestClass]
public sealed class KeptLogsTests
{
    [TestMethod]
    public void TheReadingsOfAMoteAreCountedAndItsOnlyEventIsNamed()
    {
        DataSet mote = Read("mote.csv", "label");
        CollectionAssert.AreEqual(new[] { "humidity", "temperature" }, mote.InputNames);
        Partition partition = Partition.Of(mote);
        Assert.AreEqual(SplitKind.LastFifths, partition.Kind);
        CollectionAssert.AreEqual(new[] { "1" }, partition.ClassesOnce.ToArray());

        // A comparison is wrong at one of the rows.
        DataFinding threshold = mote.Findings.Single(finding => finding.Kind == DataFindingKind.Threshold);
        StringAssert.Contains(threshold.Sentence, "\"humidity\" tells \"label\" in 99.9 % of the rows");
    }

    [TestMethod]
    public void ThreeYearsOfWeatherAreALogWhoseDateIsNoInput()
    {
        DataSet weather = Read("seattle.csv", "weather");
        CollectionAssert.AreEqual(new[] { "precipitation", "temp_max", "temp_min", "wind" }, weather.InputNames);
        Partition partition = Partition.Of(weather);
        Assert.AreEqual(SplitKind.Blocks, partition.Kind);
        Assert.IsEmpty(partition.ClassesOnce);
    }

    private static DataSet Read(string name, string target) => DataSet.From(Table.Read(Repository.PathOf("tools/examples/" + name)), [target]);
}
