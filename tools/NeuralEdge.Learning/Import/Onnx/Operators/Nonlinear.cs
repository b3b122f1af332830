using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>Activations, each of which ends a layer.</summary>
internal static class Nonlinear
{
    internal static Value Tanh(NodeContext node) => Layers.Activate(node, Operand(node), Activation.Tanh);

    internal static Value Sigmoid(NodeContext node) => Layers.Activate(node, Operand(node), Activation.Sigmoid);

    internal static Value Relu(NodeContext node) => Layers.Activate(node, Operand(node), Activation.Relu);

    internal static Value LeakyRelu(NodeContext node)
    {
        double slope = node.Float("alpha", 0.01f);
        return slope is >= 0 and <= 32767.0 / 32768
            ? Layers.Activate(node, Operand(node), Activation.LeakyRelu, slope)
            : throw node.Refuse($"has the slope {slope:G4}, and a board takes 0 to 0.99997", "train with another slope");
    }

    internal static Value Clip(NodeContext node)
    {
        SymbolValue x = Operand(node);
        double? low = Bound(node, 1, "min", float.MinValue);
        double? high = Bound(node, 2, "max", float.MaxValue);
        return low >= high
            ? throw node.Refuse("has a lower bound that is not below the upper one", "export a sound model")
            : Layers.Clip(node, x, low, high);
    }

    /// <summary>max(x, 0), which is a ReLU; max(x, c) in general.</summary>
    internal static Value Maximum(NodeContext node)
    {
        (Value a, Value b) = (node.Input(0), node.InputCount == 2 ? node.Input(1) : node.Input(0));
        return (a, b) switch
        {
            (SymbolValue x, NumberValue c) when c.Count == 1 => Layers.Clip(node, x, c.Data[0], null),
            (NumberValue c, SymbolValue x) when c.Count == 1 => Layers.Clip(node, x, c.Data[0], null),
            _ => throw node.Refuse("takes the largest of several values", "only the largest of one value and one constant can run on a board, so use Relu"),
        };
    }

    internal static Value Softmax(NodeContext node)
    {
        SymbolValue x = Operand(node);
        RequireWholeAxis(node, x);
        return Layers.Activate(node, x, Activation.Softmax);
    }

    internal static Value LogSoftmax(NodeContext node)
    {
        node.Note("LogSoftmax is taken as Softmax, so the outputs are probabilities and not their logarithms; the largest output is the same.");
        return Softmax(node);
    }

    // Before opset 13 everything from the axis on is one row; since then only the axis itself is.
    private static void RequireWholeAxis(NodeContext node, SymbolValue x)
    {
        bool old = node.Opset < 13;
        int axis = x.Shape.Length == 0 ? 0 : node.Axis(node.Integer("axis", old ? 1 : -1), Math.Max(x.Shape.Length, old ? 2 : 1));
        int row = x.Shape.Length == 0 ? 1 : old ? Shapes.Product(x.Shape, axis, x.Shape.Length) : x.Shape[axis];
        if (row != x.Count)
        {
            throw node.Refuse($"normalises over axis {axis} of the shape {Words.Shape(x.Shape)}, not over all outputs", "export Softmax over the axis of the outputs");
        }
    }

    private static double? Bound(NodeContext node, int input, string attribute, double none)
    {
        double bound;
        if (node.Optional(input) is not null)
        {
            NumberValue given = node.Constant(input, attribute);
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

    private static SymbolValue Operand(NodeContext node) => Arithmetic.RequireSymbol(node, node.Input(0));
}
