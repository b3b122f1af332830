using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The average of each channel.</summary>
internal sealed class GlobalAveragePool() : OnnxOperator("GlobalAveragePool")
{
    internal override Value Evaluate(NodeContext node)
    {
        AffineValue x = node.Affine(0);
        return Reduction.Of(node, x, [.. Enumerable.Range(2, Math.Max(0, x.Shape.Length - 2))], keeps: true, mean: true);
    }
}
