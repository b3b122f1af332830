using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The sizes of the dimensions, as constants that exporters compute other shapes with.</summary>
internal sealed class Shape() : OnnxOperator("Shape")
{
    internal override Value Evaluate(NodeContext node)
    {
        int[] shape = node.Input(0).Shape;
        if (node.Attribute("start") is not null || node.Attribute("end") is not null)
        {
            int start = (int)Math.Clamp(FromFront(node.Integer("start", 0), shape.Length), 0, shape.Length);
            int end = (int)Math.Clamp(FromFront(node.Integer("end", shape.Length), shape.Length), start, shape.Length);
            shape = shape[start..end];
        }

        return new ConstantValue([shape.Length], Array.ConvertAll(shape, s => (double)s));
    }

    private static long FromFront(long index, int length) => index < 0 ? index + length : index;
}
