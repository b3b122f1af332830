using System.Text;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Conversion.Files;

/// <summary>The section "labels" of a model file, a <see cref="ModelSignature"/>, to bytes and back.</summary>
internal static class SignatureSection
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Longest name or unit in bytes.</summary>
    internal const int MaxTextLength = 255;

    internal static byte[] Write(ModelSignature signature)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write((int)signature.Task);
        WriteInputs(writer, signature.Inputs);
        foreach (ModelOutput output in signature.Outputs)
        {
            writer.Write(output.Scale);
            writer.Write(output.Offset);
            WriteText(writer, output.Name);
            WriteText(writer, output.Unit);
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>The section "channels": name, unit and scale of each channel of a model's windows.</summary>
    internal static byte[] WriteChannels(ModelInput[] channels)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        WriteInputs(writer, channels);
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Reads the section "channels"; null when a byte of it is not as FORMAT.md says.</summary>
    internal static ModelInput[]? ReadChannels(ReadOnlySpan<byte> section, int channels)
    {
        using MemoryStream stream = new(section.ToArray());
        using BinaryReader reader = new(stream);
        try
        {
            ModelInput[]? inputs = ReadInputs(reader, channels);
            return stream.Position == stream.Length ? inputs : null;
        }
        catch (Exception e) when (e is EndOfStreamException or DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Reads the section, its names and units as they may be shown; null when a byte of it is not as FORMAT.md says.</summary>
    internal static ModelSignature? Read(ReadOnlySpan<byte> section, int inputs, int outputs)
    {
        using MemoryStream stream = new(section.ToArray());
        using BinaryReader reader = new(stream);
        try
        {
            int task = reader.ReadInt32();
            if (task is not (int)ModelTask.Regression and not (int)ModelTask.Classification)
            {
                return null;
            }

            if (ReadInputs(reader, inputs) is not ModelInput[] modelInputs)
            {
                return null;
            }

            ModelOutput[] modelOutputs = new ModelOutput[outputs];
            for (int i = 0; i < outputs; i++)
            {
                double scale = reader.ReadDouble();
                double offset = reader.ReadDouble();
                modelOutputs[i] = new ModelOutput(ReadText(reader), ReadText(reader), scale, offset);
                if (!IsScale(scale, offset) || modelOutputs[i].Name.Length == 0)
                {
                    return null;
                }
            }

            return stream.Position == stream.Length ? new ModelSignature((ModelTask)task, modelInputs, modelOutputs) : null;
        }
        catch (Exception e) when (e is EndOfStreamException or DecoderFallbackException)
        {
            return null;
        }
    }

    private static void WriteInputs(BinaryWriter writer, ModelInput[] inputs)
    {
        foreach (ModelInput input in inputs)
        {
            writer.Write(input.Scale);
            writer.Write(input.Offset);
            writer.Write(input.Minimum);
            writer.Write(input.Maximum);
            WriteText(writer, input.Name);
            WriteText(writer, input.Unit);
        }
    }

    private static ModelInput[]? ReadInputs(BinaryReader reader, int count)
    {
        ModelInput[] inputs = new ModelInput[count];
        for (int i = 0; i < count; i++)
        {
            double scale = reader.ReadDouble();
            double offset = reader.ReadDouble();
            double minimum = reader.ReadDouble();
            double maximum = reader.ReadDouble();
            inputs[i] = new ModelInput(ReadText(reader), ReadText(reader), scale, offset, minimum, maximum);
            if (!IsScale(scale, offset) || !double.IsFinite(minimum) || !double.IsFinite(maximum) || inputs[i].Name.Length == 0)
            {
                return null;
            }
        }

        return inputs;
    }

    private static bool IsScale(double scale, double offset) => double.IsFinite(scale) && scale != 0 && double.IsFinite(offset);

    private static void WriteText(BinaryWriter writer, string text)
    {
        byte[] bytes = Utf8.GetBytes(text);
        if (bytes.Length > MaxTextLength)
        {
            throw new InputRefusedException($"the name or unit \"{text[..40]}...\" is {bytes.Length} bytes long; use at most {MaxTextLength}.");
        }

        writer.Write((byte)bytes.Length);
        writer.Write(bytes);
    }

    private static string ReadText(BinaryReader reader)
    {
        int length = reader.ReadByte();
        byte[] bytes = reader.ReadBytes(length);
        return bytes.Length == length ? Harmless.Line(Utf8.GetString(bytes)) : throw new EndOfStreamException();
    }
}
