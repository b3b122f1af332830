namespace NeuralEdge.Learning.Import.Onnx.Parsing;

/// <summary>The part of an ONNX file that is looked at.</summary>
internal sealed class OnnxGraph
{
    /// <summary>Version of the operators of each domain; the empty domain is ONNX's own.</summary>
    internal Dictionary<string, long> Opsets { get; } = new(StringComparer.Ordinal);

    internal List<OnnxNode> Nodes { get; set; } = [];

    internal Dictionary<string, OnnxTensor> Initialisers { get; } = new(StringComparer.Ordinal);

    /// <summary>Functions of the file itself, by domain and name.</summary>
    internal Dictionary<(string Domain, string Name), OnnxFunction> Functions { get; } = [];

    internal List<OnnxValueInfo> Inputs { get; } = [];

    internal List<OnnxValueInfo> Outputs { get; } = [];
}
