namespace NeuralEdge.Learning.Import.Onnx.Parsing;

/// <summary>A node of the graph: one use of an operator.</summary>
internal sealed class OnnxNode
{
    internal string Name { get; set; } = "";

    internal string Operator { get; set; } = "";

    internal string Domain { get; set; } = "";

    /// <summary>Versions of the operators of each domain for this node; null where the file's hold.</summary>
    internal Dictionary<string, long>? Opsets { get; set; }

    internal List<string> Inputs { get; } = [];

    internal List<string> Outputs { get; } = [];

    internal Dictionary<string, OnnxAttribute> Attributes { get; } = new(StringComparer.Ordinal);
}
