using NeuralEdge.Conversion.Boards;
using NeuralEdge.Models;
using NeuralEdge.Numerics;
using NeuralEdge.Tests.Control;

namespace NeuralEdge.Tests.Models;

/// <summary>What a model says about channels and pins is taken as it says, or refused.</summary>
[TestClass]
public sealed class BindingsReaderTests
{
    private const int Inputs = 2;
    private const int FirstInput = 8;
    private const int FirstOutput = FirstInput + (4 * Inputs);

    // Pins 18, 19 and 21, channels 0 to 7.
    private static readonly ModelLimits Limits = new Bench().Settings.Limits;

    private static readonly byte[] Sound = Bench.Identity(
        Inputs,
        100,
        new BoardOutput("y0", 18, ArgMax: false, On: 3000, Off: 2500, MinOnMs: 70, MinOffMs: 900),
        new BoardOutput("y1", 19, ArgMax: false, On: 100, Off: 200, MinOnMs: 0, MinOffMs: 1, ActiveLow: true)).Bytes;

    [TestMethod]
    public void EveryFieldComesOutAsItWentIn()
    {
        Bindings bindings = Read(Sound, out _, out _)!.Bindings;
        Assert.AreEqual(100, bindings.PeriodMs);
        OutputBinding pump = bindings.Outputs[0];
        Assert.AreEqual((OutputBinding.RuleThreshold, 18, false), (pump.Rule, pump.Pin, pump.ActiveLow));
        Assert.AreEqual((70, 900), (pump.MinOnMs, pump.MinOffMs));
        OutputBinding relay = bindings.Outputs[1];
        Assert.AreEqual((19, true), (relay.Pin, relay.ActiveLow));
        Assert.AreEqual((0, 1), (relay.MinOnMs, relay.MinOffMs));
        Assert.AreEqual((InputBinding.SourceAdc, 1), (bindings.Inputs[1].Source, bindings.Inputs[1].Channel));
    }

    [TestMethod]
    [DataRow(OutputBinding.RuleThreshold, OutputBinding.RuleArgMax)]
    [DataRow(OutputBinding.RuleArgMax, OutputBinding.RuleThreshold)]
    [DataRow(OutputBinding.RuleArgMax, OutputBinding.RuleArgMax)]
    public void NoTwoOutputsShareAPinWhateverTheirRules(int first, int second)
    {
        byte[] file = [.. Sound];
        int section = Find(file);
        file[section + FirstOutput] = (byte)first;
        file[section + FirstOutput + 20] = (byte)second;
        ModelBytes.Seal(file);
        Assert.IsNotNull(Read(file, out _, out _), "each on a pin of its own");
        file[section + FirstOutput + 21] = file[section + FirstOutput + 1];
        ModelBytes.Seal(file);
        Assert.IsNull(Read(file, out ModelError error, out int where));
        Assert.AreEqual((ModelError.Pin, 1), (error, where));
    }

    [TestMethod]
    [DataRow(3, 0x80, ModelError.BadValue, -1, DisplayName = "period below 0")]
    [DataRow(4, 1, ModelError.BadValue, -1, DisplayName = "reserved word")]
    [DataRow(FirstInput, 3, ModelError.BadValue, FirstInput, DisplayName = "unknown source")]
    [DataRow(FirstInput, 2, ModelError.Channel, 0, DisplayName = "sensor on a board that has none")]
    [DataRow(FirstInput + 1, 8, ModelError.Channel, 0, DisplayName = "channel that is not sampled")]
    [DataRow(FirstInput + 5, 32, ModelError.Channel, 1, DisplayName = "channel above 31")]
    [DataRow(FirstInput + 2, 9, ModelError.BadValue, FirstInput, DisplayName = "too many conversions")]
    [DataRow(FirstInput + 3, 1, ModelError.BadValue, FirstInput, DisplayName = "more fraction bits than conversions give")]
    [DataRow(FirstInput + 3, 0xF3, ModelError.BadValue, FirstInput, DisplayName = "more bits left out than a count has")]
    [DataRow(FirstOutput, 3, ModelError.BadValue, FirstOutput, DisplayName = "unknown rule")]
    [DataRow(FirstOutput + 1, 16, ModelError.Pin, 0, DisplayName = "pin that the board must not drive")]
    [DataRow(FirstOutput + 1, 63, ModelError.Pin, 0, DisplayName = "pin above 62")]
    [DataRow(FirstOutput + 21, 18, ModelError.Pin, 1, DisplayName = "two outputs on one pin")]
    [DataRow(FirstOutput + 2, 1, ModelError.Polarity, 0, DisplayName = "active low on a board that is wired active high")]
    [DataRow(FirstOutput + 22, 0, ModelError.Polarity, 1, DisplayName = "active high on a board that is wired active low")]
    [DataRow(FirstOutput + 2, 2, ModelError.BadValue, FirstOutput, DisplayName = "unknown flags")]
    [DataRow(FirstOutput + 3, 1, ModelError.BadValue, FirstOutput, DisplayName = "reserved byte")]
    [DataRow(FirstOutput + 15, 0x80, ModelError.BadValue, FirstOutput, DisplayName = "minimum on time below 0")]
    [DataRow(FirstOutput + 39, 0x80, ModelError.BadValue, FirstOutput + 20, DisplayName = "minimum off time below 0")]
    public void PlantedFaultIsRefusedForItsReason(int offset, int value, ModelError expected, int where)
    {
        byte[] file = [.. Sound];
        int section = Find(file);
        file[section + offset] = (byte)value;
        LittleEndian.WriteUInt32(file, file.Length - 4, Checksum.Crc32(file, 0, file.Length - 4));
        Assert.IsNull(Read(file, out ModelError error, out int found));
        Assert.AreEqual(expected, error);
        Assert.AreEqual(expected == ModelError.BadValue ? section + Math.Max(where, 0) : where, found);
    }

    private static Model? Read(byte[] file, out ModelError error, out int where) => ModelReader.Read(file, file.Length, Limits, out error, out where);

    private static int Find(byte[] file)
    {
        int at = ModelFormat.HeaderLength;
        while (LittleEndian.ReadUInt16(file, at) != ModelFormat.BindingsSection)
        {
            at = (at + ModelFormat.SectionHeaderLength + LittleEndian.ReadInt32(file, at + 4) + 3) & ~3;
        }

        return at + ModelFormat.SectionHeaderLength;
    }
}
