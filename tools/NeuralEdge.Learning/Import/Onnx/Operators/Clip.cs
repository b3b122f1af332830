using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>max(min, min(max, x)), the bounds as attributes (opset 9) or as inputs; made of ReLUs.</summary>
internal sealed class Clip() : OnnxOperator("Clip")
{
    internal override Value Evaluate(NodeContext node)
    {
        double? low = Bound(node, 1, "min", float.MinValue);
        double? high = Bound(node, 2, "max", float.MaxValue);
        return low >= high
            ? throw node.Refuse("has a lower bound that is not below the upper one", "export a sound model")
            : LayerBuilder.Clip(node, node.Input(0), low, high);
    }

    private static double? Bound(NodeContext node, int input, string attribute, double none)
    {
        double bound;
        if (node.Optional(input) is not null)
        {
            ConstantValue given = node.Constant(input, attribute);
            bound = given.Count == 1 ? given.Data[0] : throw node.Refuse($"has {given.Count} numbers as {attribute}", "export it again");
        }
        else
        {
            bound = node.Attribute(attribute) is { HasFloat: true } found ? found.Float : none;
        }

        return double.IsNaN(bound) ? throw node.Refuse($"has a {attribute} that is NaN", "export a sound model")
            : bound <= float.MinValue || bound >= float.MaxValue ? null
            : bound;
    }
}
