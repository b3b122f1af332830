using System.Text;
using CsCheck;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Tests.Data;

/// <summary>Broken files end in a result or in one sentence, never in anything else.</summary>
[TestClass]
public sealed class HostileTableTests
{
    private const string Whole = "﻿\"light\";soil;\"a \"\"b\"\"\";y\r\n1,5;2;\"x\ny\";wet\r\n;nan;3;dry\r\n-1e3;4;5;dry\r\n";

    private static readonly string[] Pieces = ["\"", "\"\"", ";", ",", "\t", "\n", "\r\n", "1e999", "-", "sep=;\n", "\0", "é", "NaN"];

    [TestMethod]
    public void EveryTruncationGivesAResultOrARefusal()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Whole);
        for (int length = 0; length <= bytes.Length; length++)
        {
            Refusals.ResultOrRefusal(() => ReadAll(bytes[..length]));
        }
    }

    [TestMethod]
    public void EverySingleBitFlippedGivesAResultOrARefusal()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Whole);
        for (int at = 0; at < bytes.Length; at++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] changed = [.. bytes];
                changed[at] ^= (byte)(1 << bit);
                Refusals.ResultOrRefusal(() => ReadAll(changed));
            }
        }
    }

    [TestMethod]
    public void RandomMutationsGiveAResultOrARefusal()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Whole);
        Gen<byte[]> piece = Gen.OneOf(
            Gen.Byte.Array[0, 6],
            Gen.Int[0, Pieces.Length - 1].Select(i => Encoding.UTF8.GetBytes(Pieces[i])));
        Gen.Select(Gen.Int[0, bytes.Length], Gen.Int[0, 20], piece).Array[1, 4].Sample(
            edits =>
            {
                byte[] changed = bytes;
                foreach ((int at, int cut, byte[] put) in edits)
                {
                    int start = Math.Min(at, changed.Length);
                    changed = [.. changed[..start], .. put, .. changed[Math.Min(start + cut, changed.Length)..]];
                }

                Refusals.ResultOrRefusal(() => ReadAll(changed));
            },
            iter: 20_000);
    }

    [TestMethod]
    public void RandomBytesGiveAResultOrARefusal()
    {
        Gen.Byte.Array[0, 200].Sample(bytes => Refusals.ResultOrRefusal(() => ReadAll(bytes)), iter: 20_000);
    }

    /// <summary>What is written with quotes where needed is read back, whatever the texts.</summary>
    [TestMethod]
    public void QuotedTextsComeBackAsTheyWere()
    {
        Gen.Char["ab \",;\n|'.5"].Array[1, 8].Select(c => new string(c).Trim()).Where(t => t.Length > 0 && t is not ("-" or "?")).Array[1, 6].Sample(
            cells =>
            {
                string text = "first,second\n" + string.Concat(cells.Select(c => $"1,\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n"));
                CollectionAssert.AreEqual(cells, Table.Parse(text, "t.csv").Texts("second"));
            },
            iter: 5_000);
    }

    private static void ReadAll(byte[] bytes)
    {
        Table table = Table.Parse(TextFile.Decode(bytes, "t.csv"), "t.csv");
        foreach (string column in table.Columns)
        {
            Refusals.ResultOrRefusal(() => Assert.IsTrue(Array.TrueForAll(table.Numbers(column), double.IsFinite)));
            Refusals.ResultOrRefusal(() => DataSet.From(table, [column]).Split(1));
        }
    }
}
