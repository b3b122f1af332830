using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Functions;

namespace NeuralEdge.Learning.Import.Onnx.Nodes;

/// <summary>An operator that changes each number by itself.</summary>
/// <param name="name">Its name in files.</param>
internal abstract class ScalarOperator(string name) : OnnxOperator(name)
{
    internal sealed override Value Evaluate(NodeContext node)
    {
        // Attributes are read once, and refused once.
        Scalar function = Of(node, Scalar.Variable);
        return Pointwise.Apply(node, node.Input(0), function.Of);
    }

    /// <summary>What becomes of a number.</summary>
    /// <param name="node">The node with its attributes.</param>
    /// <param name="x">The number.</param>
    protected abstract Scalar Of(NodeContext node, Scalar x);
}
