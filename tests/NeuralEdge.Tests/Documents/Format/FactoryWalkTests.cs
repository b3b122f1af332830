using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NeuralEdge.Models;

namespace NeuralEdge.Tests.Documents.Format;

/// <summary>Section 8 of FORMAT.md walks the factory model: every byte is in it, at its offset, with its value.</summary>
[TestClass]
public sealed partial class FactoryWalkTests
{
    private const string Below = "below";

    private static readonly byte[] Factory = FactoryModel.GetBytes();

    [TestMethod]
    public void TheWalkHoldsEveryByteOfTheFactoryModelAtItsOffset()
    {
        byte[] block = FromHex(string.Concat(FormatDocument.Text.Fences.Single(fence => fence.Kind == "hex").Lines));
        byte[] walked = [.. Walk().SelectMany(row => row[1] == Below ? block : FromHex(row[1].Trim('`')))];
        Assert.AreEqual(Convert.ToHexString(Factory), Convert.ToHexString(walked));
        int at = 0;
        foreach (string[] row in Walk())
        {
            Assert.AreEqual(at.ToString(CultureInfo.InvariantCulture), row[0], string.Join(" | ", row));
            at += row[1] == Below ? block.Length : FromHex(row[1].Trim('`')).Length;
        }

        FormatDocument.Says($"in {Factory.Length} bytes.");
    }

    [TestMethod]
    public void EveryValueInTheWalkIsWhatItsBytesMean()
    {
        foreach (string[] row in Walk().Where(row => row[1] != Below))
        {
            string line = string.Join(" | ", row);
            byte[] bytes = FromHex(row[1].Trim('`'));
            switch (row[2])
            {
                case "bytes":
                    Assert.IsTrue(Array.TrueForAll(bytes, b => b == 0), line);
                    break;
                case "text":
                    Assert.AreEqual(row[3], Encoding.UTF8.GetString(bytes), line);
                    break;
                case "f64":
                    Assert.AreEqual(double.Parse(row[3], CultureInfo.InvariantCulture), BitConverter.ToDouble(bytes), line);
                    break;
                default:
                    Assert.AreEqual(Number(row[3]), Whole(row[2], bytes), line);
                    break;
            }
        }
    }

    [TestMethod]
    public void TheNumbersThatTheWalkExplainsAreThoseThatTheNetworkHas()
    {
        // Raw inputs are 4096 (v + 4), weights of the first layer have the scale 2^26.
        Assert.AreEqual((-8 * (1 << 26)) + (1 << 9), LittleEndian.ReadInt32(Factory, 56));
        Assert.AreEqual(1 << 9, LittleEndian.ReadInt32(Factory, 60));
        Assert.AreEqual(1 << (26 - 12), BitConverter.ToInt16(Factory, 64));
        Assert.AreEqual(2 << 13, BitConverter.ToInt16(Factory, 88));
        Assert.AreEqual(-(1 << 13), BitConverter.ToInt16(Factory, 90));
        Assert.AreEqual(Math.ScaleB(1, -28), BitConverter.ToDouble(Factory, 806));
    }

    private static IEnumerable<string[]> Walk() => FormatDocument.Text.Rows().SkipWhile(row => !row.SequenceEqual(["offset", "bytes", "type", "value", "what"])).Skip(2);

    private static long Number(string text) => text.StartsWith('`')
        ? long.Parse(text.Trim('`'), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : long.Parse(text, CultureInfo.InvariantCulture);

    private static long Whole(string type, byte[] bytes) => type switch
    {
        "u8" => bytes.Single(),
        "i8" => (sbyte)bytes.Single(),
        "u16" => BitConverter.ToUInt16(bytes),
        "i16" => BitConverter.ToInt16(bytes),
        "u32" => BitConverter.ToUInt32(bytes),
        "i32" => BitConverter.ToInt32(bytes),
        _ => throw new AssertFailedException($"no such type: {type}"),
    };

    private static byte[] FromHex(string text) => Convert.FromHexString(Space().Replace(text, ""));

    [GeneratedRegex(@"\s")]
    private static partial Regex Space();
}
