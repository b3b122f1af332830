namespace NeuralEdge.Learning.Import.Onnx.Parsing;

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
