using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>A value repeated to a larger shape.</summary>
internal sealed class Expand() : OnnxOperator("Expand")
{
    internal override Value Evaluate(NodeContext node)
    {
        Value x = node.Input(0);
        int[] wanted = node.CheckedShape(node.Integers("", 1, "shape") ?? []);
        (int[] shape, int[] places, _) = Elementwise.Broadcast(node, x.Shape, wanted);
        node.Budget.Cells(2L * places.Length);
        if (x is not ConstantValue)
        {
            NetworkLimits.RequireWidth(node, places.Length);
        }

        return x.Pick(shape, places);
    }
}
