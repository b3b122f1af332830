using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Models;

/// <summary>What only models of the profile fast have, at the offsets of FORMAT.md: lanes, a table, narrow accumulators.</summary>
[TestClass]
public sealed class FastModelReaderTests
{
    private const int Network = ModelFormat.HeaderLength + ModelFormat.SectionHeaderLength;
    private const int Layer = Network + 4 + (2 * 8);
    private const int Table = Layer + 8;
    private const int Biases = Table + 12;

    private static readonly ConvertedModel Sound = Examples.Convert(Examples.WorkedExample, Profile.Fast);

    [TestMethod]
    public void SoundModelIsReadAsTheDocumentHasIt()
    {
        byte[] file = Sound.File.Bytes;
        ActivationTable table = Sound.Network.Layers[0].Table!;
        Assert.AreEqual(ModelFormat.FastArithmetic, file[Network + 3]);
        Assert.AreEqual(3, file[Layer + 7]);
        Assert.AreEqual(table.Multiplier, LittleEndian.ReadInt32(file, Table));
        Assert.AreEqual(table.Digest, LittleEndian.ReadInt32(file, Table + 4));
        Assert.AreEqual(table.Shift, (sbyte)file[Table + 8]);
        Assert.AreEqual(Sound.Network.Layers[0].Neurons[1].Bias, LittleEndian.ReadInt32(file, Biases + 4));
        Assert.AreEqual((short)Sound.Network.Layers[0].Neurons[0].Weights[1], (short)LittleEndian.ReadUInt16(file, Biases + 8 + 2));
    }

    [TestMethod]
    [DataRow(Layer + 7, 2, ModelError.BadValue, DisplayName = "two lanes before the last layer")]
    [DataRow(Layer + 7, 0, ModelError.BadValue, DisplayName = "no lanes")]
    [DataRow(Layer + 7, 4, ModelError.BadValue, DisplayName = "four lanes")]
    [DataRow(Network + 3, 0, ModelError.BadValue, DisplayName = "lanes in the other arithmetic")]
    [DataRow(Table + 2, 0x1F, ModelError.BadValue, DisplayName = "multiplier above its limit")]
    [DataRow(Table, 1, ModelError.BadValue, DisplayName = "another table than the digest's")]
    [DataRow(Table + 4, 1, ModelError.BadValue, DisplayName = "digest")]
    [DataRow(Table + 8, 32, ModelError.BadValue, DisplayName = "shift of the table")]
    [DataRow(Table + 9, 1, ModelError.BadValue, DisplayName = "reserved bytes of the table")]
    [DataRow(Table + 11, 1, ModelError.BadValue, DisplayName = "last reserved byte of the table")]
    [DataRow(Biases + 2, 0x20, ModelError.Overflow, DisplayName = "sum above its lane")]
    [DataRow(Biases + 3, 0xF0, ModelError.Overflow, DisplayName = "sum below its lane")]
    public void PlantedFaultIsRefusedForItsReason(int offset, int value, ModelError expected)
    {
        byte[] file = [.. Sound.File.Bytes];
        file[offset] = (byte)value;
        ModelBytes.Seal(file);
        Assert.IsNull(ModelReader.Read(file, file.Length, ModelFile.DesktopLimits, out ModelError error, out _));
        Assert.AreEqual(expected, error);
    }

    // The bound is exact: the bias that puts the largest sum on the lane's end is taken, one more is not.
    [TestMethod]
    public void LaneMayBeFilledToItsLastStep()
    {
        QuantisedNeuron neuron = Sound.Network.Layers[0].Neurons[0];
        int most = Enumerable.Range(0, 2).Sum(i => Math.Max(neuron.Weights[i] * Sound.Network.Inputs[i].Minimum, neuron.Weights[i] * Sound.Network.Inputs[i].Maximum));
        int bias = ActivationTable.AccumulatorLimit - 1 - most;
        foreach ((int more, ModelError expected) in new[] { (0, ModelError.None), (1, ModelError.Overflow) })
        {
            byte[] file = [.. Sound.File.Bytes];
            LittleEndian.WriteInt32(file, Biases, bias + more);
            ModelBytes.Seal(file);
            _ = ModelReader.Read(file, file.Length, ModelFile.DesktopLimits, out ModelError error, out int where);
            Assert.AreEqual(expected, error);
            Assert.AreEqual(0, where);
        }
    }

    [TestMethod]
    public void LayersWithTheSameTableShareIt()
    {
        Network shared = Turbo.FastModels.Read(Turbo.FastModels.File(2, Profile.Fast, 4, 8, 8, 3)).Network;
        Assert.AreSame(shared.GetLayer(0).Table, shared.GetLayer(1).Table);
        Network apart = Examples.Convert(Quantisation.MeasuredNetworks.Sine, Profile.Fast).File.Model.Network;
        Assert.AreNotSame(apart.GetLayer(0).Table, apart.GetLayer(1).Table);
    }
}
