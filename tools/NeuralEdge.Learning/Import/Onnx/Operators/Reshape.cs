using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>Another shape: 0 keeps a dimension, -1 takes what is left.</summary>
internal sealed class Reshape() : OnnxOperator("Reshape")
{
    internal override Value Evaluate(NodeContext node)
    {
        Value x = node.Input(0);
        long[] wanted = node.Integers("shape", 1, "shape") ?? throw node.Refuse("has no shape", "export it again");
        bool zeroCopies = node.Integer("allowzero", 0) == 0;
        if (wanted.Length > TensorShape.MostDimensions)
        {
            throw node.Refuse($"wants {wanted.Length} dimensions", $"at most {TensorShape.MostDimensions} are read, so export a simpler graph");
        }

        int[]? shape = Resolve(wanted, x, zeroCopies);

        // A fixed batch size stands first; one row is run at a time.
        if (shape is null && wanted.Length > 1 && wanted[0] > 1)
        {
            long[] oneRow = [1, .. wanted[1..]];
            shape = Resolve(oneRow, x, zeroCopies);
        }

        return x.Reshaped(shape ?? throw node.Refuse(
            $"wants the shape [{string.Join(",", wanted)}] of {x.Count} values of the shape {TensorShape.Text(x.Shape)}", "export it for one row at a time"));
    }

    private static int[]? Resolve(long[] wanted, Value x, bool zeroCopies)
    {
        long[] shape = [.. wanted.Select((s, d) => s == 0 && zeroCopies ? (d < x.Shape.Length ? x.Shape[d] : -2) : s)];
        int open = Array.IndexOf(shape, -1L);
        if (open >= 0)
        {
            shape[open] = 1;
            int known = TensorShape.Count(shape);
            if (known <= 0 || x.Count % known != 0)
            {
                return null;
            }

            shape[open] = x.Count / known;
        }

        return TensorShape.Count(shape) == x.Count ? [.. shape.Select(s => (int)s)] : null;
    }
}
