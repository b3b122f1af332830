using NeuralEdge.Models;

namespace NeuralEdge.Conversion.Files;

/// <summary>Writes the safeguards section (FORMAT.md, section 3.2).</summary>
internal static class SafeguardsSection
{
    /// <summary>The section's payload; null when there is nothing to say that a reader does not assume.</summary>
    /// <param name="bindings">The bindings of the model.</param>
    internal static byte[]? Write(Bindings bindings)
    {
        byte[] payload = Payload(bindings.Safeguards, bindings);
        return payload.AsSpan().SequenceEqual(Payload(new Safeguards(bindings.Inputs.Length, bindings.Outputs), bindings)) ? null : payload;
    }

    private static byte[] Payload(Safeguards safeguards, Bindings bindings)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write(safeguards.DeadTimeMs);
        writer.Write(0);
        for (int i = 0; i < bindings.Inputs.Length; i++)
        {
            writer.Write((ushort)safeguards.GetLowest(i));
            writer.Write((ushort)safeguards.GetHighest(i));
            writer.Write(safeguards.GetFrozenMs(i));
        }

        for (int o = 0; o < bindings.Outputs.Length; o++)
        {
            writer.Write(safeguards.GetMaxOnMs(o));
            writer.Write(safeguards.GetRestMs(o));
            writer.Write(safeguards.GetGroup(o));
        }

        writer.Flush();
        return stream.ToArray();
    }
}
