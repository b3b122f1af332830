using System.Text;
using NeuralEdge.Conversion.Familiar;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Features;
using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Numerics;

namespace NeuralEdge.Conversion.Files;

/// <summary>Writes model files (FORMAT.md).</summary>
public static class ModelWriter
{
    /// <summary>Makes the bytes of a model file.</summary>
    /// <param name="network">The integer network.</param>
    /// <param name="bindings">Channels and pins, null for none.</param>
    /// <param name="golden">Raw inputs and raw outputs, at least one pair.</param>
    /// <param name="signature">Names, units and scales.</param>
    /// <param name="certificate">Payload of the certificate section, null for none.</param>
    /// <param name="about">Free text, may be empty.</param>
    /// <param name="familiar">The picture of the training inputs, null for none.</param>
    /// <param name="unfamiliarIsFault">True when outputs go safe while inputs are unlike the picture: boards that cannot do that refuse the file.</param>
    /// <param name="windows">What makes inputs of samples, and names, units and scales of its channels; null when samples are inputs.</param>
    public static byte[] Write(
        QuantisedNetwork network,
        Bindings? bindings,
        IReadOnlyList<(int[] Inputs, int[] Outputs)> golden,
        ModelSignature signature,
        byte[]? certificate = null,
        string about = "",
        FamiliarInputs? familiar = null,
        bool unfamiliarIsFault = false,
        (WindowShape Shape, ModelInput[] Channels)? windows = null)
    {
        List<(int Id, bool Critical, byte[] Payload)> sections = [(ModelFormat.NetworkSection, true, NetworkPayload(network))];
        if (bindings is not null)
        {
            sections.Add((ModelFormat.BindingsSection, true, BindingsPayload(bindings)));
        }

        sections.Add((ModelFormat.GoldenSection, true, GoldenPayload(golden)));
        sections.Add((ModelFormat.LabelsSection, false, SignatureSection.Write(signature)));
        if (certificate is not null)
        {
            sections.Add((ModelFormat.CertificateSection, false, certificate));
        }

        if (about.Length > 0)
        {
            sections.Add((ModelFormat.AboutSection, false, Encoding.UTF8.GetBytes(about)));
        }

        if (bindings is not null && SafeguardsSection.Write(bindings) is byte[] safeguards)
        {
            sections.Add((ModelFormat.SafeguardsSection, true, safeguards));
        }

        if (familiar is not null)
        {
            sections.Add((ModelFormat.FamiliaritySection, unfamiliarIsFault, familiar.Write(unfamiliarIsFault)));
        }

        if (windows is var (shape, channels))
        {
            sections.Add((ModelFormat.WindowSection, true, WindowSection.Write(shape)));
            sections.Add((ModelFormat.ChannelsSection, false, SignatureSection.WriteChannels(channels)));
        }

        if (bindings?.Decisions is RecentDecisions decisions)
        {
            sections.Add((ModelFormat.DecisionsSection, true, [(byte)decisions.Votes, (byte)decisions.AverageShift, (byte)decisions.Confidence, (byte)(decisions.Confidence >> 8), .. BitConverter.GetBytes(decisions.QuietMs)]));
        }

        return Container(sections, network.Saturates || bindings?.SaturationIsFault == true ? ModelFormat.MajorVersion : ModelFormat.FirstMajorVersion);
    }

    /// <summary>Puts sections into a container: header, sections, checksum.</summary>
    /// <param name="sections">In ascending order of their ids.</param>
    /// <param name="majorVersion">The oldest version that has all that is in them.</param>
    internal static byte[] Container(
        IReadOnlyList<(int Id, bool Critical, byte[] Payload)> sections, int majorVersion = ModelFormat.FirstMajorVersion)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write(ModelFormat.Magic);
        writer.Write((byte)majorVersion);
        writer.Write((byte)(Has(ModelFormat.WindowSection) ? ModelFormat.MinorVersion : Has(ModelFormat.FamiliaritySection) ? ModelFormat.MinorVersionOfPictures : 0));
        writer.Write((ushort)sections.Count);
        writer.Write(0);
        writer.Write(0);
        foreach ((int id, bool critical, byte[] payload) in sections)
        {
            writer.Write((ushort)id);
            writer.Write((ushort)(critical ? ModelFormat.Critical : 0));
            writer.Write(payload.Length);
            writer.Write(payload);
            Pad(writer);
        }

        writer.Write(0);
        writer.Flush();
        byte[] file = stream.ToArray();
        LittleEndian.WriteInt32(file, 8, file.Length);
        int end = file.Length - ModelFormat.TrailerLength;
        LittleEndian.WriteUInt32(file, end, Checksum.Crc32(file, 0, end));
        return file;

        bool Has(int id) => sections.Any(section => section.Id == id);
    }

    /// <summary>The payload of the network section.</summary>
    internal static byte[] NetworkPayload(QuantisedNetwork network)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write((ushort)network.Inputs.Length);
        writer.Write((byte)network.Layers.Length);
        writer.Write((byte)(network.IsFast ? ModelFormat.FastArithmetic : network.Saturates ? ModelFormat.SaturatingArithmetic : 0));
        foreach (RawInput input in network.Inputs)
        {
            writer.Write(input.Minimum);
            writer.Write(input.Maximum);
        }

        foreach (QuantisedLayer layer in network.Layers)
        {
            writer.Write((ushort)layer.Neurons.Length);
            writer.Write((byte)layer.Activation);
            writer.Write((byte)layer.WeightBytes);
            writer.Write((ushort)layer.Slope);
            writer.Write((sbyte)layer.LogitFractionBits);
            writer.Write((byte)layer.Lanes);
            if (layer.Table is ActivationTable table)
            {
                writer.Write(table.Multiplier);
                writer.Write(table.Digest);
                writer.Write((sbyte)table.Shift);
            }
            else
            {
                if (layer.Curve is ActivationCurve curve)
                {
                    Array.ForEach(curve.Knots, writer.Write);
                    writer.Write((byte)(curve.IsFlatBeyond ? 1 : 0));
                    Pad(writer);
                }

                foreach (QuantisedNeuron neuron in layer.Neurons)
                {
                    writer.Write((sbyte)neuron.Shift);
                }
            }

            Pad(writer);
            foreach (QuantisedNeuron neuron in layer.Neurons)
            {
                writer.Write(neuron.Bias);
            }

            foreach (QuantisedNeuron neuron in layer.Neurons)
            {
                foreach (int weight in neuron.Weights)
                {
                    if (layer.WeightBytes == 1)
                    {
                        writer.Write((sbyte)weight);
                    }
                    else
                    {
                        writer.Write((short)weight);
                    }
                }
            }

            Pad(writer);
        }

        writer.Flush();
        return stream.ToArray();
    }

    private static byte[] BindingsPayload(Bindings bindings)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write(bindings.PeriodMs);
        writer.Write(bindings.SaturationIsFault ? ModelFormat.SaturationIsFault : 0);
        foreach (InputBinding input in bindings.Inputs)
        {
            writer.Write((byte)input.Source);
            writer.Write((byte)input.Channel);
            writer.Write((byte)input.SamplesLog2);
            writer.Write((sbyte)input.FractionBits);
        }

        foreach (OutputBinding output in bindings.Outputs)
        {
            writer.Write((byte)output.Rule);
            writer.Write((byte)output.Pin);
            writer.Write((byte)(output.ActiveLow ? 1 : 0));
            writer.Write((byte)0);
            writer.Write(output.On);
            writer.Write(output.Off);
            writer.Write(output.MinOnMs);
            writer.Write(output.MinOffMs);
        }

        writer.Flush();
        return stream.ToArray();
    }

    private static byte[] GoldenPayload(IReadOnlyList<(int[] Inputs, int[] Outputs)> golden)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write((ushort)golden.Count);
        writer.Write((ushort)0);
        foreach ((int[] inputs, int[] outputs) in golden)
        {
            Array.ForEach(inputs, writer.Write);
            Array.ForEach(outputs, writer.Write);
        }

        writer.Flush();
        return stream.ToArray();
    }

    private static void Pad(BinaryWriter writer)
    {
        writer.Flush();
        while ((writer.BaseStream.Position & 3) != 0)
        {
            writer.Write((byte)0);
        }
    }
}
