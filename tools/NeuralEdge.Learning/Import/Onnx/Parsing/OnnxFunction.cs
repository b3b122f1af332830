namespace NeuralEdge.Learning.Import.Onnx.Parsing;

/// <summary>A function of the file itself: nodes that stand for one node, as some exporters write every layer.</summary>
internal sealed class OnnxFunction
{
    internal string Name { get; set; } = "";

    internal string Domain { get; set; } = "";

    internal List<string> Inputs { get; } = [];

    internal List<string> Outputs { get; } = [];

    internal List<OnnxNode> Nodes { get; } = [];

    /// <summary>Attributes with the values they have when a call gives none.</summary>
    internal Dictionary<string, OnnxAttribute> Defaults { get; } = new(StringComparer.Ordinal);

    /// <summary>Versions of the operators of each domain inside.</summary>
    internal Dictionary<string, long> Opsets { get; } = new(StringComparer.Ordinal);
}
