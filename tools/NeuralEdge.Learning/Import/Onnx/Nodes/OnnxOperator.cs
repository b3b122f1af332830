using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Onnx.Nodes;

/// <summary>An operator of ONNX: what it makes of the values of its inputs.</summary>
/// <param name="name">Its name in files (<c>op_type</c>).</param>
/// <param name="domain">Its domain in files; empty for ONNX's own.</param>
internal abstract class OnnxOperator(string name, string domain = "")
{
    /// <summary>The domain of classical machine learning.</summary>
    internal const string ClassicalDomain = "ai.onnx.ml";

    internal string Name { get; } = name;

    internal string Domain { get; } = domain;

    /// <summary>
    /// True of products with weights and of activations: what they take has been scaled already, so that a scaler
    /// before the first of them tells the ranges of the inputs.
    /// </summary>
    internal virtual bool TakesScaledInputs => false;

    /// <summary>The value of its first output; no other is read.</summary>
    /// <exception cref="Conversion.InputRefusedException">No dense network does this; made by <see cref="NodeContext.Refuse"/>.</exception>
    internal abstract Value Evaluate(NodeContext node);
}
