using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>Slices chosen by constant indices along an axis; or the label of a class, by its index.</summary>
internal sealed class Gather() : OnnxOperator("Gather")
{
    internal override Value Evaluate(NodeContext node)
    {
        Value x = node.Input(0);
        if (node.Input(1) is ClassValue chosen && x.Shape.Length == 1)
        {
            return chosen.PickLabel(node, x);
        }

        ConstantValue indices = node.Constant(1, "indices");
        int axis = node.Axis(node.Integer("axis", 0), x.Shape.Length);
        int size = x.Shape[axis];
        int[] places = Array.ConvertAll(indices.Data, i =>
        {
            double index = i < 0 ? i + size : i;
            return index >= 0 && index < size && index == Math.Truncate(index)
                ? (int)index
                : throw node.Refuse($"picks element {i:G6} of {size}", "export it again");
        });
        int[] shape = node.CheckedShape([.. x.Shape[..axis].Select(s => (long)s), .. indices.Shape.Select(s => (long)s), .. x.Shape[(axis + 1)..].Select(s => (long)s)]);
        return ElementSelection.Pick(node, x, shape, axis, places);
    }
}
