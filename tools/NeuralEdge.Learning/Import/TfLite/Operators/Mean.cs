using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>Averages along axes (option 0: the axes are kept).</summary>
internal sealed class Mean() : TfLiteOperator(40, "MEAN")
{
    internal override Value Evaluate(TfLiteNode node)
    {
        AffineValue x = node.Affine(0);
        int[] axes = Array.ConvertAll(node.Constant(1, "axes").Data, a => TensorShape.Axis((long)a, x.Shape.Length));
        return Array.TrueForAll(axes, a => a >= 0)
            ? Reduction.Of(node, x, [.. axes], node.OptionByte(0) != 0, mean: true)
            : throw node.Refuse($"averages along axes that {TensorShape.Text(x.Shape)} does not have", "export it again");
    }
}
