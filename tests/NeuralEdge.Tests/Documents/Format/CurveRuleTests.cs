using System.Globalization;
using System.Text.RegularExpressions;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Tests.Models;

namespace NeuralEdge.Tests.Documents.Format;

/// <summary>FORMAT.md 2.5: tabulated activations, their worked example, and where they may stand.</summary>
[TestClass]
public sealed class CurveRuleTests
{
    private const int TableLength = 1028;

    private static readonly ModelLimits Limits = new BoardLimits().ForReader();
    private static readonly (ModelError, int) Accepted = (ModelError.None, 0);

    [TestMethod]
    public void TheWorkedExampleIsWhatANetworkGives()
    {
        FormatDocument.Says("y_j = T[k] + (((T[k + 1] - T[k]) * t + 64) >> 7)");
        FormatDocument.Says("Behind the first one a reader finds the range -40..16344, behind the second -113..49039.");
        FormatDocument.Says("T[i] = ((i - 256) * (i - 256) >> 2) - 40");
        Network network = Read(CurveModel.Write()).Network;
        MatchCollection lines = Regex.Matches(
            FormatDocument.Text.Text,
            @"^\| (?<x>-?\d+) \| (?<acc>-?\d+) \| (?<z>-?\d+) \| (?<k>\d+) \| (?<t>\d+) \| (?<y>-?\d+) \| (?<out>-?\d+) \| (?<met>yes|no) \|",
            RegexOptions.Multiline);
        Assert.HasCount(8, lines);
        foreach (Match line in lines)
        {
            int Cell(string name) => int.Parse(line.Groups[name].Value, CultureInfo.InvariantCulture);
            Assert.AreEqual(100 * Cell("x"), Cell("acc"));
            Assert.AreEqual(Cell("acc") >> 1, Cell("z"));
            int u = Math.Clamp(Cell("z"), -32768, 32767) + 32768;
            Assert.AreEqual((u >> 7, u & 127), (Cell("k"), Cell("t")));
            int[] y = new int[1];
            network.GetLayer(0).Forward([Cell("x")], y);
            Assert.AreEqual(Cell("y"), y[0]);
            network.SetInput(0, Cell("x"));
            network.Forward();
            Assert.AreEqual(Cell("out"), network.Outputs[0]);
            Assert.AreEqual(line.Groups["met"].Value == "yes" ? 1 : 0, network.SaturatedCount);
        }
    }

    // The largest bias that 32 bits allow behind the curve shows which range the reader has found, at either end.
    [TestMethod]
    public void TheRangeBehindACurveIsThatOfItsLowestAndHighestKnot()
    {
        FormatDocument.Says("is from the smallest to the largest of y at the two ends of its accumulator and of the entries between");
        const int Most = int.MaxValue - (3 * 16344);
        Assert.AreEqual(Accepted, ModelBytes.Read(CurveModel.Write(bias: Most), Limits));
        Assert.AreEqual((ModelError.Overflow, 1 << 16), ModelBytes.Read(CurveModel.Write(bias: Most + 1), Limits));
        Network narrow = Read(CurveModel.Write(shift: 9)).Network;
        narrow.GetLayer(0).MapRange(-100_000, 100_000, 0, out int low, out int high);
        Assert.AreEqual((-40, -39), (low, high));
    }

    [TestMethod]
    public void TheTableStandsBetweenHeadAndShifts()
    {
        FormatDocument.Says("Its 513 entries T, i16, stand between the layer's head and its shifts; behind them an u8, 1 where the function keeps beyond both ends the value that it has there, else 0, and a zero byte.");
        byte[] file = CurveModel.Write();
        Assert.AreEqual((2, 2, 6), (file[4], file[27], file[CurveModel.Layer + 2]));
        Assert.AreEqual(16344, BitConverter.ToInt16(file, CurveModel.Layer + 8));
        Assert.AreEqual(1, file[CurveModel.Layer + 8 + TableLength]);
        for (int pad = CurveModel.Layer + 8 + 1026; pad < CurveModel.Layer + 8 + TableLength; pad++)
        {
            Assert.AreEqual((ModelError.BadValue, pad), new ModelBytes(file).Set(pad, 2).Read(Limits));
        }

        // Whatever the entries are, they are allowed.
        Assert.AreEqual(Accepted, new ModelBytes(file).Set(CurveModel.Layer + 8, 0, 128, 255, 127).Read(Limits));
    }

    [TestMethod]
    public void WhatIsLimitedWhereTheFunctionEndsFlatHasMetNoCeiling()
    {
        FormatDocument.Says("but where the function goes on as it ends: there nothing is lost, and the certificate holds all the same.");
        byte[] file = CurveModel.Write(isFlatBeyond: true);
        CollectionAssert.AreEqual(file, new ModelBytes(CurveModel.Write()).Set(CurveModel.Layer + 8 + 1026, 1).File);
        Network flat = Read(file).Network;
        Network other = Read(CurveModel.Write()).Network;
        foreach ((int x, int met) in new[] { (-1000, 1), (0, 0), (655, 0), (656, 1) })
        {
            foreach (Network network in new[] { flat, other })
            {
                network.SetInput(0, x);
                network.Forward();
            }

            Assert.AreEqual(other.Outputs[0], flat.Outputs[0]);
            Assert.AreEqual((met, 0), (other.SaturatedCount, flat.SaturatedCount), $"{x}");
        }
    }

    [TestMethod]
    public void ItIsForArithmetic2AndHasNeitherSlopeNorFractionBits()
    {
        FormatDocument.Says("in arithmetic 2 also 6 tabulated (2.5)");
        byte[] file = CurveModel.Write();
        Assert.AreEqual((ModelError.BadValue, CurveModel.Layer + 2), new ModelBytes(file).Set(27, 0).Read(Limits));
        Assert.AreEqual((ModelError.BadValue, CurveModel.Layer + 2), new ModelBytes(file).Set(CurveModel.Layer + 2, 7).Read(Limits));
        Assert.AreEqual((ModelError.BadValue, CurveModel.Layer + 4), new ModelBytes(file).Set(CurveModel.Layer + 4, 1).Read(Limits));
        Assert.AreEqual((ModelError.BadValue, CurveModel.Layer + 6), new ModelBytes(file).Set(CurveModel.Layer + 6, 1).Read(Limits));
        int shiftAt = CurveModel.Layer + 8 + TableLength;
        Assert.AreEqual((ModelError.BadValue, shiftAt), new ModelBytes(file).Set(shiftAt, 32).Read(Limits));
        Assert.AreEqual(Accepted, new ModelBytes(file).Set(shiftAt, unchecked((byte)-31)).Read(Limits));
        Assert.AreEqual((ModelError.BadValue, shiftAt), new ModelBytes(file).Set(shiftAt, unchecked((byte)-32)).Read(Limits));
    }

    [TestMethod]
    public void AFileThatEndsInsideATableAndAHeapThatIsTooSmallForItAreRefused()
    {
        byte[] file = CurveModel.Write();
        (int Id, bool Critical, byte[] Payload)[] sections = ContainerRuleTests.Sections(file);
        byte[] network = sections[0].Payload;
        foreach (int length in (int[])[20, 24, 1000, 1048, network.Length - 4])
        {
            sections[0].Payload = network[..length];
            Assert.AreEqual((ModelError.Section, 1), ModelBytes.Read(ModelWriter.Container(sections, ModelFormat.MajorVersion), Limits), $"{length}");
        }

        int needed = Read(file).HeapBytes;
        Assert.AreEqual(Accepted, ModelBytes.Read(file, new ModelLimits(Limits.MaxBytes, 16, 64, 0, 0, needed)));
        Assert.AreEqual(ModelError.TooMuchMemory, ModelBytes.Read(file, new ModelLimits(Limits.MaxBytes, 16, 64, 0, 0, needed - 1)).Error);
        Assert.IsGreaterThan(ActivationCurve.HeapBytes, needed);
    }

    private static Model Read(byte[] file) =>
        ModelReader.Read(file, file.Length, Limits, out ModelError error, out int where) ?? throw new AssertFailedException($"{error} at {where}");
}
