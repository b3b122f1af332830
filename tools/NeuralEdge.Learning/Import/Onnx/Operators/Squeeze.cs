using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>Dimensions of the size 1 removed; the axes as an attribute (opset 11) or as an input.</summary>
internal sealed class Squeeze() : OnnxOperator("Squeeze")
{
    internal override Value Evaluate(NodeContext node)
    {
        Value x = node.Input(0);
        long[]? axes = node.Integers("axes", 1, "axes");
        if (axes is null)
        {
            return x.Reshaped([.. x.Shape.Where(s => s != 1)]);
        }

        HashSet<int> gone = [.. axes.Select(a => node.Axis(a, x.Shape.Length))];
        return gone.Any(a => x.Shape[a] != 1)
            ? throw node.Refuse($"removes dimensions that are not 1 from {TensorShape.Text(x.Shape)}", "export it again")
            : x.Reshaped([.. x.Shape.Where((_, d) => !gone.Contains(d))]);
    }
}
