using System.Globalization;
using System.Text.RegularExpressions;
using NeuralEdge.Generators.Tables;
using NeuralEdge.Networks;
using NeuralEdge.Numerics;

namespace NeuralEdge.Tests.Documents.Format;

/// <summary>The tables beside FORMAT.md and the values in it are the code's.</summary>
[TestClass]
public sealed class TableTests
{
    [TestMethod]
    public void TheCsvFilesHoldTheNumbersOfTheCode()
    {
        CollectionAssert.AreEqual(TanhTable.C0, Column("tanh.csv", "C0"));
        CollectionAssert.AreEqual(TanhTable.C1, Column("tanh.csv", "C1"));
        CollectionAssert.AreEqual(Array.ConvertAll(TanhTable.C2, c => (int)c), Column("tanh.csv", "C2"));
        CollectionAssert.AreEqual(ExponentialTable.Coarse, Column("exp-coarse.csv", "Coarse"));
        CollectionAssert.AreEqual(ExponentialTable.Fine, Column("exp-fine.csv", "Fine"));
        FormatDocument.Says("tables/tanh.csv](tables/tanh.csv) (171 rows)");
        FormatDocument.Says("[tables/exp-coarse.csv](tables/exp-coarse.csv) (73 rows) and [tables/exp-fine.csv](tables/exp-fine.csv) (64 rows)");
    }

    [TestMethod]
    public void TheCsvFilesAreWhatTheProgramWrites()
    {
        foreach ((string path, string text) in TableDocuments.Files())
        {
            Assert.AreEqual(text, File.ReadAllText(Repository.PathOf(path)).ReplaceLineEndings("\n"), $"{path}; run: dotnet run --project tools/NeuralEdge.Generators");
        }
    }

    [TestMethod]
    public void TheChecksumsInTheDocumentAreThoseOfTheTables()
    {
        FormatDocument.Says($"The CRC-32 of all C0, then all C1, then all C2, each as a little-endian i32, is `{Crc(TanhTable.C0, TanhTable.C1, Array.ConvertAll(TanhTable.C2, c => (int)c))}`.");
        FormatDocument.Says($"The CRC-32 of all Coarse, then all Fine, each as a little-endian i32, is `{Crc(ExponentialTable.Coarse, ExponentialTable.Fine)}`.");
    }

    [TestMethod]
    public void TheValuesOfTanhAndSigmoidInTheDocumentAreThoseOfTheCode()
    {
        int[][] rows = [.. RowsUnder("z", "tanh", "sigmoid").Select(row => Array.ConvertAll(row, Number))];
        Assert.HasCount(8, rows);
        foreach (int[] row in rows)
        {
            Assert.AreEqual(Tanh.Evaluate(row[0]), row[1], $"tanh of {row[0]}");
            Assert.AreEqual(Sigmoid.Evaluate(row[0]), row[2], $"sigmoid of {row[0]}");
        }
    }

    [TestMethod]
    public void TheValuesOfSoftmaxInTheDocumentAreThoseOfTheCode()
    {
        string[][] rows = [.. RowsUnder("logits", "fraction bits", "probabilities")];
        Assert.HasCount(3, rows);
        foreach (string[] row in rows)
        {
            int[] logits = Array.ConvertAll(row[0].Split(' '), Number);
            int[] probabilities = new int[logits.Length];
            Softmax.Evaluate(logits, logits.Length, Number(row[1]), probabilities);
            Assert.AreEqual(row[2], string.Join(' ', probabilities));
        }
    }

    [TestMethod]
    public void TheActivationTablesInTheDocumentAreThoseOfTheCode()
    {
        string[][] rows = [.. RowsUnder("activation", "slope", "m", "e", "entry 0", "entry 1100", "entry 2047", "digest")];
        Assert.HasCount(5, rows);
        foreach (string[] row in rows)
        {
            Activation activation = Enum.Parse<Activation>(row[0].Replace(" ", "", StringComparison.Ordinal), ignoreCase: true);
            ActivationTable table = ActivationTable.Create(activation, Number(row[1]), Number(row[2]), Number(row[3]));
            int[] expected = [(int)table.Entries[0], (int)table.Entries[1100], (int)table.Entries[2047], table.Digest];
            CollectionAssert.AreEqual(expected, Array.ConvertAll(row[4..], Number), row[0]);
        }
    }

    private static IEnumerable<string[]> RowsUnder(params string[] head) => FormatDocument.Text.Rows()
        .SkipWhile(row => !row.SequenceEqual(head)).Skip(2).TakeWhile(row => row.Length == head.Length && Regex.IsMatch(row[^1], @"^[-\d ]+$"));

    private static int[] Column(string file, string name)
    {
        string[][] rows = [.. File.ReadAllLines(Repository.PathOf(FormatDocument.Folder + "tables/" + file)).Select(line => line.Split(','))];
        int column = Array.IndexOf(rows[0], name);
        CollectionAssert.AreEqual(Enumerable.Range(0, rows.Length - 1).ToArray(), rows.Skip(1).Select(row => Number(row[0])).ToArray(), file);
        return [.. rows.Skip(1).Select(row => Number(row[column]))];
    }

    private static string Crc(params int[][] tables)
    {
        byte[] bytes = [.. tables.SelectMany(table => table).SelectMany(BitConverter.GetBytes)];
        return Checksum.Crc32(bytes, 0, bytes.Length).ToString("X8", CultureInfo.InvariantCulture);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
