using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Cli.Output;

namespace NeuralEdge.Tests.Cli;

/// <summary>Numbers and lines as a person at a narrow terminal sees them.</summary>
[TestClass]
public sealed class ScreenTests
{
    [TestMethod]
    [DataRow(0.0, "0")]
    [DataRow(0.0000684, "0.0000684")]
    [DataRow(-0.00012345, "-0.000123")]
    [DataRow(0.1, "0.1")]
    [DataRow(1.2345, "1.23")]
    [DataRow(123.45, "123")]
    [DataRow(4095.0, "4095")]
    [DataRow(639420.3, "639420")]
    [DataRow(6.84e-9, "6.84e-9")]
    [DataRow(1.234e12, "1.23e12")]
    [DataRow(double.NaN, "NaN")]
    public void AMeasureHasThreeDigits(double value, string shown) => Assert.AreEqual(shown, Show.Measure(value));

    [TestMethod]
    [DataRow(0.0, "0")]
    [DataRow(0.0000684, "under 0.001")]
    [DataRow(0.0123, "0.0123")]
    public void WhatIsNearlyNothingIsCalledSo(double value, string shown) => Assert.AreEqual(shown, Show.Small(value));

    [TestMethod]
    public void LinesAreBrokenBetweenWordsAndLoseNone()
    {
        Random random = new(5);
        for (int round = 0; round < 500; round++)
        {
            int width = random.Next(20, 121);
            string line = new string(' ', random.Next(3)) + string.Join(' ', Enumerable.Range(0, random.Next(1, 60)).Select(_ => new string('x', random.Next(1, 13))));
            string[] lines = Screen.Fit(line, width).Split('\n');
            Assert.IsLessThanOrEqualTo(width, lines.Max(l => l.Length), line);
            Assert.AreEqual(line.Trim(), string.Join(' ', lines.Select(l => l.Trim())));

            // No line is broken early.
            for (int l = 1; l < lines.Length; l++)
            {
                Assert.IsGreaterThan(width, lines[l - 1].Length + 1 + lines[l].TrimStart().Split(' ')[0].Length);
            }
        }
    }

    [TestMethod]
    public void ATableIsAListWhereTheTerminalIsTooNarrow()
    {
        TextTable table = new("class", "rows", "found (recall)");
        table.Add("setosa", "50", "94.0%");
        Assert.AreEqual("  class   rows  found (recall)\n  setosa  50    94.0%\n", Written(table, 30));
        Assert.AreEqual("  class setosa\n    rows: 50\n    found (recall): 94.0%\n", Written(table, 29));
    }

    private static string Written(TextTable table, int width)
    {
        StringWriter writer = new() { NewLine = "\n" };
        table.Write(writer, "  ", width);
        return writer.ToString();
    }
}
