using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Onnx.Nodes;

/// <summary>An operator of ONNX: what it makes of the values of its inputs.</summary>
/// <param name="name">Its name in files (<c>op_type</c>).</param>
/// <param name="domain">Its domain in files; empty for ONNX's own.</param>
internal abstract class OnnxOperator(string name, string domain = "")
{
    /// <summary>The domain of classical machine learning.</summary>
    internal const string ClassicalDomain = "ai.onnx.ml";

    /// <summary>The domain of ONNX Runtime's own operators.</summary>
    internal const string RuntimeDomain = "com.microsoft";

    internal string Name { get; } = name;

    internal string Domain { get; } = domain;

    /// <summary>The value of its first output.</summary>
    /// <exception cref="Conversion.InputRefusedException">No dense network does this; made by <see cref="NodeContext.Refuse"/>.</exception>
    internal abstract Value Evaluate(NodeContext node);

    /// <summary>The values of its outputs in their order; outputs that no dense network needs are left out.</summary>
    internal virtual Value[] EvaluateAll(NodeContext node) => [Evaluate(node)];
}
