using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Onnx.Parsing;

/// <summary>A tensor as the file holds it, decoded when a node asks for it.</summary>
internal sealed class OnnxTensor
{
    internal string Name { get; set; } = "";

    internal double[] Shape { get; set; } = [];

    internal long Type { get; set; }

    internal bool IsExternal { get; set; }

    internal bool IsSegment { get; set; }

    /// <summary>The numbers as little-endian bytes; null when they are in typed fields.</summary>
    internal ReadOnlyMemory<byte>? Raw { get; set; }

    /// <summary>The numbers of a typed field, and the field's number.</summary>
    internal Dictionary<int, double[]> Typed { get; } = [];

    internal List<string> Texts { get; } = [];

    internal Value? Decoded { get; set; }
}
