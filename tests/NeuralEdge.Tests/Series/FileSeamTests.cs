using System.Globalization;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Series;
using NeuralEdge.Tests.Cli;

namespace NeuralEdge.Tests.Series;

[TestClass]
public sealed class FileSeamTests
{
    private const int Rows = 21;

    [TestMethod]
    public void AWindowGoesFromNoFileToTheNextThoughTimeAndLabelGoOn()
    {
        // Each file has a level of its own, so that a window of two has two.
        using Scratch scratch = new();
        string[] files = [.. new[] { (100, "a"), (200, "a"), (300, "b"), (400, "b") }.Select((file, f) => scratch.Write(
            $"part{f}.csv",
            "time_ms,x,label\n" + string.Concat(Enumerable.Range(f * Rows, Rows).Select(r => string.Create(CultureInfo.InvariantCulture, $"{10 * r},{file.Item1},{file.Item2}\n")))))];
        DataSet windows = Logs.Windows(TableFiles.Read(files, LabelSource.Column, "label", null), new WindowOptions(0.08) { HopSeconds = 0.02, Features = ["min", "max"] }).Data;
        Assert.IsTrue(Array.TrueForAll(windows.Inputs, row => row[0] == row[1]));
        Assert.AreEqual(4 * 7, windows.Count, "21 rows hold seven windows of eight, two apart");
        Assert.HasCount(4, windows.Files.Distinct());
    }
}
