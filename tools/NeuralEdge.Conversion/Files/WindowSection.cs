using NeuralEdge.Features;

namespace NeuralEdge.Conversion.Files;

/// <summary>Writes the section of windows (FORMAT.md, section 3.4).</summary>
internal static class WindowSection
{
    /// <summary>Windows that a board tests itself with: a wrong sum shows in the first, the others cost 4 bytes and their features.</summary>
    private const int Tests = 3;

    /// <summary>The section's payload, with the features that its test windows give.</summary>
    /// <param name="shape">The windows.</param>
    internal static byte[] Write(WindowShape shape)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write((byte)shape.Channels.Length);
        writer.Write((byte)shape.Hops);
        writer.Write((ushort)shape.Hop);
        writer.Write(Tests);
        writer.Write(shape.Cosine);
        writer.Write(shape.Sine);
        foreach (ChannelShape channel in shape.Channels)
        {
            writer.Write((short)channel.Lowest);
            writer.Write((short)channel.Highest);
            writer.Write((short)channel.Level);
            writer.Write((ushort)channel.DeadBand);
            writer.Write(channel.AverageShift);
        }

        foreach (Feature feature in shape.Features)
        {
            writer.Write((byte)feature.Kind);
            writer.Write((byte)feature.Channel);
            writer.Write((byte)feature.First);
            writer.Write((byte)feature.Last);
            writer.Write(feature.Origin);
            writer.Write((byte)(sbyte)feature.Shift);
            writer.Write(new byte[3]);
        }

        WindowStage stage = new(shape);
        for (uint seed = 1; seed <= Tests; seed++)
        {
            writer.Write(seed * 0x9E3779B9);
            Array.ForEach(RowOf(stage, seed * 0x9E3779B9), writer.Write);
        }

        writer.Flush();
        return stream.ToArray();
    }

    private static int[] RowOf(WindowStage stage, uint seed)
    {
        stage.Clear();
        uint state = seed;
        ChannelShape[] channels = stage.Shape.Channels;
        int[] samples = Array.ConvertAll(channels, channel => channel.Lowest);
        bool isWhole = false;
        while (!isWhole)
        {
            for (int c = 0; c < samples.Length; c++)
            {
                state = TestWindows.Next(state);
                samples[c] = TestWindows.Sample(state, samples[c], channels[c]);
            }

            isWhole = stage.Add(samples);
        }

        while (!stage.Compute())
        {
        }

        return stage.Row;
    }
}
