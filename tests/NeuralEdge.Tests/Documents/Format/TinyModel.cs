using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;
using NeuralEdge.Tests.Models;

namespace NeuralEdge.Tests.Documents.Format;

/// <summary>A model file of one input and one neuron, written by hand as FORMAT.md says: every field can be chosen, legal or not.</summary>
internal sealed record TinyModel
{
    /// <summary>Offset of the range pair in the file.</summary>
    internal const int Range = 28;

    /// <summary>Offset of the layer.</summary>
    internal const int Layer = 36;

    /// <summary>Offset of the neuron's shift.</summary>
    internal const int ShiftAt = Layer + 8;

    internal int Smallest { get; init; }

    internal int Largest { get; init; } = 100;

    internal Networks.Activation Activation { get; init; }

    internal ushort Slope { get; init; }

    internal int FractionBits { get; init; }

    internal int Shift { get; init; }

    internal int Bias { get; init; }

    internal int Weight { get; init; }

    /// <summary>Payload of the bindings section; null for none.</summary>
    internal byte[]? Bindings { get; init; }

    /// <summary>The file. Its golden vector asks for the input nearest to 0.</summary>
    internal byte[] File()
    {
        using MemoryStream network = new();
        using BinaryWriter writer = new(network);
        writer.Write([1, 0, 1, 0]);
        writer.Write(Smallest);
        writer.Write(Largest);
        writer.Write([1, 0, (byte)Activation, 1]);
        writer.Write(Slope);
        writer.Write([(byte)(sbyte)FractionBits, 0]);
        writer.Write([(byte)(sbyte)Shift, 0, 0, 0]);
        writer.Write(Bias);
        writer.Write([(byte)(sbyte)Weight, 0, 0, 0]);
        writer.Flush();
        int asked = Smallest > 0 ? Smallest : Largest < 0 ? Largest : 0;
        byte[] vectors = [1, 0, 0, 0, .. BitConverter.GetBytes(asked), .. BitConverter.GetBytes(0)];
        List<(int, bool, byte[])> sections = [(ModelFormat.NetworkSection, true, network.ToArray())];
        if (Bindings is not null)
        {
            sections.Add((ModelFormat.BindingsSection, true, Bindings));
        }

        sections.Add((ModelFormat.GoldenSection, true, vectors));
        return ModelWriter.Container(sections);
    }

    /// <summary>What a reader says of it.</summary>
    internal (ModelError Error, int Where) Read() => ModelBytes.Read(File(), new BoardLimits().ForReader());

    /// <summary>The model, which must be acceptable.</summary>
    internal Model Load()
    {
        byte[] file = File();
        Model? model = ModelReader.Read(file, file.Length, new BoardLimits().ForReader(), out ModelError error, out int where);
        return model ?? throw new AssertFailedException($"{error} at {where}");
    }
}
