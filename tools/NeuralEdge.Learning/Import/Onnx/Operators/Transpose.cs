using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The dimensions in another order, reversed where none is given.</summary>
internal sealed class Transpose() : OnnxOperator("Transpose")
{
    internal override Value Evaluate(NodeContext node)
    {
        Value x = node.Input(0);
        int rank = x.Shape.Length;
        int[] permutation = node.Integers("perm", int.MaxValue, "axes") is long[] given
            ? Array.ConvertAll(given, g => node.Axis(g, Math.Max(1, rank)))
            : [.. Enumerable.Range(0, rank).Reverse()];
        if (permutation.Length != rank || permutation.Distinct().Count() != rank)
        {
            throw node.Refuse($"permutes the {rank} dimensions of {TensorShape.Text(x.Shape)} by a list of {permutation.Length}", "export it again");
        }

        node.Budget.Cells(2L * x.Count);
        return x.Pick(Array.ConvertAll(permutation, p => x.Shape[p]), TensorShape.TransposeSources(x.Shape, permutation));
    }
}
