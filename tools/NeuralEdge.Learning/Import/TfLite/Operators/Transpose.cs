using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>The dimensions in another order.</summary>
internal sealed class Transpose() : TfLiteOperator(39, "TRANSPOSE")
{
    internal override Value Evaluate(TfLiteNode node)
    {
        Value x = LayerBuilder.ToLayer(node, node.Input(0));
        int[] order = Array.ConvertAll(node.Constant(1, "axes").Data, a => TensorShape.Axis((long)a, x.Shape.Length));
        if (order.Length != x.Shape.Length || order.Any(a => a < 0) || order.Distinct().Count() != order.Length)
        {
            throw node.Refuse($"permutes the dimensions of {TensorShape.Text(x.Shape)} by a list that does not fit", "export it again");
        }

        node.Budget.Cells(2L * x.Count);
        return x.Pick(Array.ConvertAll(order, p => x.Shape[p]), TensorShape.TransposeSources(x.Shape, order));
    }
}
