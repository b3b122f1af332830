using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>The index of the largest score: the class.</summary>
internal sealed class ArgMax() : TfLiteOperator(56, "ARG_MAX")
{
    internal override Value Evaluate(TfLiteNode node)
    {
        AffineValue x = node.Affine(0);
        ConstantValue axis = node.Constant(1, "axis");
        int at = axis.Count == 1 ? TensorShape.Axis((long)axis.Data[0], x.Shape.Length) : -1;
        if (at < 0 || x.Shape[at] != x.Count)
        {
            throw node.Refuse($"looks not over all outputs of {TensorShape.Text(x.Shape)}", "export it over the axis of the outputs");
        }

        return new ClassValue([1], x, [.. Enumerable.Range(0, x.Count).Select(k => ClassValue.NumberLabel(k))], named: false);
    }
}
