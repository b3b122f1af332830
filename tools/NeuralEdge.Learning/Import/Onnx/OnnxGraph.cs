using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Onnx;

/// <summary>The part of an ONNX file that is looked at.</summary>
internal sealed class OnnxGraph
{
    /// <summary>Version of the operators of each domain; the empty domain is ONNX's own.</summary>
    internal Dictionary<string, long> Opsets { get; } = new(StringComparer.Ordinal);

    internal List<OnnxNode> Nodes { get; } = [];

    internal Dictionary<string, OnnxTensor> Initialisers { get; } = new(StringComparer.Ordinal);

    internal List<OnnxValueInfo> Inputs { get; } = [];

    internal List<OnnxValueInfo> Outputs { get; } = [];
}

/// <summary>An input or an output of the graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ElementType">As in the file; 0 when it is no tensor.</param>
/// <param name="Shape">Sizes, -1 where symbolic; null when not declared.</param>
internal sealed record OnnxValueInfo(string Name, long ElementType, long[]? Shape);

/// <summary>An operator of the graph.</summary>
internal sealed class OnnxNode
{
    internal string Name { get; set; } = "";

    internal string Operator { get; set; } = "";

    internal string Domain { get; set; } = "";

    internal List<string> Inputs { get; } = [];

    internal List<string> Outputs { get; } = [];

    internal Dictionary<string, OnnxAttribute> Attributes { get; } = new(StringComparer.Ordinal);
}

/// <summary>An attribute of a node; which of its fields count, the operator decides.</summary>
internal sealed class OnnxAttribute
{
    internal bool HasFloat { get; set; }

    internal float Float { get; set; }

    internal bool HasInteger { get; set; }

    internal long Integer { get; set; }

    internal string? Text { get; set; }

    internal OnnxTensor? Tensor { get; set; }

    internal bool HasGraph { get; set; }

    internal bool IsReference { get; set; }

    internal double[] Floats { get; set; } = [];

    internal double[] Integers { get; set; } = [];

    internal List<string> Texts { get; } = [];
}

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
