using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Onnx.Parsing;

/// <summary>A tensor as the file holds it, decoded when a node asks for it.</summary>
internal sealed class OnnxTensor
{
    internal string Name { get; set; } = "";

    internal double[] Shape { get; set; } = [];

    internal long Type { get; set; }

    /// <summary>True when the numbers are in another file.</summary>
    internal bool IsExternal { get; set; }

    /// <summary>Where in which other file the numbers are: <c>location</c>, <c>offset</c>, <c>length</c>.</summary>
    internal Dictionary<string, string> External { get; } = new(StringComparer.Ordinal);

    internal bool IsSegment { get; set; }

    /// <summary>The numbers as little-endian bytes; null when they are in typed fields.</summary>
    internal ReadOnlyMemory<byte>? Raw { get; set; }

    /// <summary>The numbers of a typed field, and the field's number.</summary>
    internal Dictionary<int, double[]> Typed { get; } = [];

    internal List<string> Texts { get; } = [];

    internal Value? Decoded { get; set; }
}
