using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>Another shape. It is taken from the output, so that how the shape was computed does not matter.</summary>
internal sealed class Reshape() : TfLiteOperator(22, "RESHAPE")
{
    internal override bool NeedsFirstInputOnly => true;

    internal override Value Evaluate(TfLiteNode node) => ToResult(node);

    /// <summary>The first input in the shape of the result.</summary>
    internal static Value ToResult(TfLiteNode node)
    {
        AffineValue x = node.Affine(0);
        int[] shape = [.. node.Result.Shape];
        int count = TensorShape.Count(shape);

        // A fixed batch size stands first; one row is run at a time.
        if (count != x.Count && shape.Length > 1 && TensorShape.Count(shape[1..]) == x.Count)
        {
            shape[0] = 1;
            count = x.Count;
        }

        return count == x.Count
            ? x.Reshaped(shape)
            : throw node.Refuse($"wants the shape {TensorShape.Text(shape)} of {x.Count} values", "export the network for one row at a time");
    }
}
