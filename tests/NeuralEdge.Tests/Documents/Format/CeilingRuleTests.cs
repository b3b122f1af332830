using System.Globalization;
using System.Text.RegularExpressions;
using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Tests.Models;

namespace NeuralEdge.Tests.Documents.Format;

/// <summary>FORMAT.md 2.4: arithmetic 2, its worked example, and which version a file has.</summary>
[TestClass]
public sealed class CeilingRuleTests
{
    private const int Arithmetic = 27;

    private static readonly ModelLimits Limits = new BoardLimits().ForReader();

    [TestMethod]
    public void TheWorkedExampleIsWhatANetworkGives()
    {
        FormatDocument.Says("y_j = limit(activation(z_j), -32767, 32767)");
        FormatDocument.Says("Behind the first one a reader finds the range 0..32767, behind the second 7..98308.");
        Network network = Read(CeilingModel.Write(hasCeiling: true, bias: 7)).Network;
        Assert.IsTrue(network.GetLayer(0).MeetsCeiling);
        MatchCollection lines = Regex.Matches(
            FormatDocument.Text.Text, @"^\| (?<x>\d+) \| (?<acc>\d+) \| (?<z>\d+) \| (?<y>\d+) \| (?<out>\d+) \| (?<met>yes|no) \|", RegexOptions.Multiline);
        Assert.HasCount(4, lines);
        foreach (Match line in lines)
        {
            int Cell(string name) => int.Parse(line.Groups[name].Value, CultureInfo.InvariantCulture);
            Assert.AreEqual(100 * Cell("x"), Cell("acc"));
            Assert.AreEqual(Cell("acc") >> 1, Cell("z"));
            int[] y = new int[1];
            network.GetLayer(0).Forward([Cell("x")], y);
            Assert.AreEqual(Cell("y"), y[0]);
            network.SetInput(0, Cell("x"));
            network.Forward();
            Assert.AreEqual(Cell("out"), network.Outputs[0]);
            Assert.AreEqual(line.Groups["met"].Value == "yes" ? 1 : 0, network.SaturatedCount);
        }
    }

    // 7..98308 behind the second layer: the largest bias that its 32 bits allow shows what the reader thinks of the first one.
    [TestMethod]
    public void BehindACeilingSumsAreBoundedByIt()
    {
        FormatDocument.Says("so that sums behind it cannot overflow, whatever the inputs are");
        const int Most = int.MaxValue - (3 * 32767);
        Assert.AreEqual((ModelError.None, 0), ModelBytes.Read(CeilingModel.Write(hasCeiling: true, bias: Most), Limits));
        Assert.AreEqual((ModelError.Overflow, 1 << 16), ModelBytes.Read(CeilingModel.Write(hasCeiling: true, bias: Most + 1), Limits));
        Assert.AreEqual((ModelError.Overflow, 1 << 16), ModelBytes.Read(CeilingModel.Write(hasCeiling: false, bias: Most), Limits));
    }

    [TestMethod]
    public void AFileWithoutCeilingsIsOfVersion1AndOneWithThemOfVersion2()
    {
        FormatDocument.Says("a writer gives a file that has neither version 1, so that old boards take it; a reader takes version 2 for any arithmetic.");
        FormatDocument.Says("0 (section 2.1), 1 (section 2.3, the profile *fast*) or, in version 2, 2 (sections 2.4 and 2.5)");
        byte[] plain = CeilingModel.Write(hasCeiling: false, bias: 7);
        byte[] limited = CeilingModel.Write(hasCeiling: true, bias: 7);
        Assert.AreEqual((1, 0), (plain[4], plain[Arithmetic]));
        Assert.AreEqual((2, 2), (limited[4], limited[Arithmetic]));
        Assert.AreEqual((ModelError.BadValue, Arithmetic), new ModelBytes(limited).Set(4, 1).Read(Limits), "arithmetic 2 in version 1");
        Assert.AreEqual((ModelError.BadValue, Arithmetic), new ModelBytes(limited).Set(Arithmetic, 3).Read(Limits));
        Assert.AreEqual((ModelError.None, 0), new ModelBytes(plain).Set(4, 2).Read(Limits), "arithmetic 0 in version 2");
        Assert.AreEqual((ModelError.Version, 0), new ModelBytes(plain).Set(4, 0).Read(Limits));
        Assert.AreEqual((ModelError.Version, 3), new ModelBytes(plain).Set(4, 3).Read(Limits));
    }

    [TestMethod]
    public void TheFlagOfTheBindingsIsForVersion2()
    {
        FormatDocument.Says("bit 0, in version 2: an inference in which a value met its ceiling is a fault (section 3.1); other bits are 0");
        byte[] file = CeilingModel.Write(hasCeiling: true, bias: 7, isFault: true);
        Assert.IsTrue(Read(file).Bindings.SaturationIsFault);
        int at = ModelBytes.Find(file, ModelFormat.BindingsSection);
        Assert.IsFalse(Read(CeilingModel.Write(hasCeiling: true, bias: 7)).Bindings.SaturationIsFault);
        foreach (bool isFault in new[] { false, true })
        {
            Bindings guarded = Read(CeilingModel.Write(isFault: isFault, maxOnMs: 5000)).Bindings;
            Assert.AreEqual((isFault, 5000), (guarded.SaturationIsFault, guarded.Safeguards.GetMaxOnMs(0)), "safeguards take nothing of it away");
        }

        Assert.AreEqual((ModelError.BadValue, at), new ModelBytes(file).Set(at + 4, 2).Read(Limits));
        byte[] plain = CeilingModel.Write(hasCeiling: false, bias: 7);
        Assert.AreEqual((ModelError.BadValue, at), new ModelBytes(plain).Set(at + 4, 1).Read(Limits), "the flag in version 1");
    }

    private static Model Read(byte[] file) =>
        ModelReader.Read(file, file.Length, Limits, out ModelError error, out int where) ?? throw new AssertFailedException($"{error} at {where}");
}
