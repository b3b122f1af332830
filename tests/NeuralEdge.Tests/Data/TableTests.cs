using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Conversion;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Tests.Data;

/// <summary>What may be in a CSV, and what is said when it may not.</summary>
[TestClass]
public sealed class TableTests
{
    [TestMethod]
    public void ReadingALongFileTellsHowFarItIsAndEndsWhenNobodyWantsIt()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".csv");
        File.WriteAllText(path, "a,b\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i},{i % 7}\n")));
        try
        {
            List<double> shares = [];
            using CancellationTokenSource source = new();
            ToldShares listener = new(shares);
            Table table = Table.Read(path, new LongTask("reading", listener, source.Token));
            Assert.HasCount(5, shares);
            DataSet.From(table, ["b"], inputs: ["a"], looking: new LongTask("looking", listener, source.Token));
            Assert.IsGreaterThan(10, shares.Count);
            Assert.IsTrue(shares.TrueForAll(share => share is >= 0 and <= 1));
            source.Cancel();
            Assert.ThrowsExactly<OperationCanceledException>(() => Table.Read(path, new LongTask("reading", null, source.Token)));
            Assert.ThrowsExactly<OperationCanceledException>(() => DataSet.From(table, ["b"], inputs: ["a"], looking: new LongTask("looking", null, source.Token)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    [DataRow("a,b\n1.5,-2\n3e2,+4\n")]
    [DataRow("a,b\r\n1.5,-2\r\n3e2,+4\r\n")]
    [DataRow("a,b\r1.5,-2\r3e2,+4")]
    [DataRow("a,b\n\n1.5,-2\n\n\n3e2,+4\n\n")]
    [DataRow("a;b\n1.5;-2\n3e2;+4")]
    [DataRow("a;b\n1,5;-2\n3e2;+4")]
    [DataRow("a\tb\n1,5\t-2\n3e2\t+4")]
    [DataRow("a|b\n1.5|-2\n3e2|+4")]
    [DataRow("sep=;\r\na;b\r\n1,5;-2\r\n3e2;+4\r\n")]
    [DataRow("\"a\",\"b\"\n\"1.5\",\"-2\"\n\"3e2\",\"+4\"")]
    [DataRow("  a , b \n 1.5 , -2\n3e2,\t+4")]
    [DataRow("a,b,\n1.5,-2,\n3e2,+4,\n")]
    [DataRow("a,b\n1.5,-2,,\n3e2,+4\n,,\n")]
    public void TheSameTableIsReadFromEveryDialect(string text)
    {
        Table table = Table.Parse(text, "t.csv");
        CollectionAssert.AreEqual(new[] { "a", "b" }, table.Columns.ToArray());
        Assert.AreEqual(2, table.RowCount);
        CollectionAssert.AreEqual(new[] { 1.5, 300 }, table.Numbers("a"));
        CollectionAssert.AreEqual(new[] { -2.0, 4 }, table.Numbers("b"));
    }

    [TestMethod]
    public void EveryEncodingASpreadsheetWritesIsRead()
    {
        const string Text = "Temperatur °C;Größe\n1,5;2\n";
        byte[][] files =
        [
            Encoding.UTF8.GetBytes(Text),
            [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)],
            [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)],
            [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Text)],
            Encoding.Latin1.GetBytes(Text),
        ];
        foreach (byte[] file in files)
        {
            Table table = Table.Parse(TextFile.Decode(file, "t.csv"), "t.csv");
            Assert.AreEqual("Temperatur °C", table.Columns[0]);
            Assert.AreEqual(1.5, table.Numbers("Temperatur °C")[0]);
        }
    }

    [TestMethod]
    [DataRow("", "t.csv is empty")]
    [DataRow(" \n\n", "t.csv is empty")]
    [DataRow("a,b\n", "no rows")]
    [DataRow("a,b", "no rows")]
    [DataRow("1,2\n3,4\n", "line 1|column 1|number 1|line of names")]
    [DataRow("5.1,3.5,setosa\n4.9,3.0,setosa\n", "line 1|number 5.1")]
    [DataRow("a,,c\n1,2,3\n", "no name for column 2")]
    [DataRow("a,b,a\n1,2,3\n", "columns 1 and 3|\"a\"")]
    [DataRow("a,b\n1,2\n3\n", "line 3 has 1 value|2 columns")]
    [DataRow("a,b\n1,2,3\n", "line 2 has 3 values|2 columns")]
    [DataRow("a,b\n1,\"2\n3,4\n", "line 2 opens a quote")]
    [DataRow("a,b\n1,2\"3\n", "line 2|middle of a value")]
    [DataRow("a,b\n1,\"2\"3\n", "line 2|after a closing quote")]
    public void WhatIsNoTableIsRefused(string text, string parts)
    {
        Refusals.Expect(parts, () => Table.Parse(text, "t.csv"));
    }

    [TestMethod]
    [DataRow("", "t.csv line 3, column \"soil\": has no value|remove the row")]
    [DataRow("NaN", "line 3, column \"soil\": \"NaN\" stands for no value")]
    [DataRow("n/a", "\"n/a\" stands for no value")]
    [DataRow("Infinity", "\"Infinity\" is infinite")]
    [DataRow("-inf", "\"-inf\"")]
    [DataRow("-∞", "\"-∞\" is not a number")]
    [DataRow("1e999", "larger than 1e15")]
    [DataRow("2e15", "larger than 1e15")]
    [DataRow("12 C", "\"12 C\" is not a number")]
    [DataRow("0x10", "is not a number")]
    [DataRow("1.2.3", "is not a number")]
    [DataRow("\"1,500\"", "comma|decimal point")]
    public void WhatIsNoNumberIsRefusedWithLineAndColumn(string cell, string parts)
    {
        Table table = Table.Parse($"light,soil\n1,2\n3,{cell}\n", "t.csv");
        Refusals.Expect(parts, () => table.Numbers("soil"));
        Assert.AreEqual(3, table.Numbers("light")[1]);
    }

    [TestMethod]
    public void PointAndCommaInOneColumnAreRefused()
    {
        Table table = Table.Parse("a;b\n1,5;2\n1.500;3\n", "t.csv");
        Refusals.Expect("line 3, column \"a\"|line 2 writes decimals the other way", () => table.Numbers("a"));
    }

    [TestMethod]
    public void LinesAreCountedAsAnEditorCountsThem()
    {
        Table table = Table.Parse("sep=,\na,note\n\n1,\"two\nlines\"\n\nx,end\n", "t.csv");
        Assert.AreEqual(4, table.LineOf(0));
        Assert.AreEqual(7, table.LineOf(1));
        Refusals.Expect("line 7, column \"a\"", () => table.Numbers("a"));
    }

    [TestMethod]
    public void AMissingColumnIsRefusedWithTheColumnsThereAre()
    {
        Table table = Table.Parse("light,soil\n1,2\n", "t.csv");
        Refusals.Expect("no column \"Soil\"|light, soil", () => table.Numbers("Soil"));
    }

    [TestMethod]
    public void WhatIsNoTextFileIsRefused()
    {
        Refusals.Expect("not a text file", () => TextFile.Decode([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0], "p.png"));
        Refusals.Expect("not a text file", () => TextFile.Decode(Encoding.Unicode.GetBytes("a,b\n1,2\n"), "t.csv"));
        Refusals.Expect("begins like UTF-16", () => TextFile.Decode([0xFF, 0xFE, 0x61], "t.csv"));
    }

    [TestMethod]
    public void WhatIsNoReadableFileIsRefused()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            Refusals.Expect("does not exist", () => Table.Read(Path.Combine(folder, "none.csv")));
            Refusals.Expect("does not exist", () => Table.Read(Path.Combine(folder, "none", "none.csv")));
            Refusals.Expect("is a folder", () => Table.Read(folder));
            Refusals.Expect("empty", () => Table.Read(string.Empty));
            Refusals.Expect("cannot be read", () => Table.Read("a\0b"));
            string large = Path.Combine(folder, "large.csv");
            using (FileStream stream = File.Create(large))
            {
                stream.SetLength(Table.MaximumBytes + 1L);
            }

            Refusals.Expect("longer than 64 MB", () => Table.Read(large));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    public void TablesOfAbsurdShapeAreRefused()
    {
        Refusals.Expect("1000 columns", () => Table.Parse(string.Join(",", Enumerable.Range(0, 1001).Select(i => $"c{i}")) + "\n", "t.csv"));
        Refusals.Expect("10000 characters", () => Table.Parse("a,b\n1," + new string('x', 10_001) + "\n", "t.csv"));
    }

    private sealed class ToldShares(List<double> shares) : IProgress<ConversionProgress>
    {
        public void Report(ConversionProgress value) => shares.Add(value.Share);
    }
}
