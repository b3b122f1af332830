using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Onnx.Nodes;

/// <summary>Scales and zero points among the inputs of a node.</summary>
internal static class QuantisedInputs
{
    /// <summary>A scale or a zero point in a shape that fits a tensor: one number, or one for each place of an axis.</summary>
    /// <param name="node">The node.</param>
    /// <param name="input">Which input.</param>
    /// <param name="what">What it is called in refusals.</param>
    /// <param name="shape">The shape of the tensor.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="otherwise">What it is when it is left out.</param>
    internal static ConstantValue Along(NodeContext node, int input, string what, int[] shape, int axis, double otherwise)
    {
        if (node.Optional(input) is null)
        {
            return new ConstantValue([], [otherwise]);
        }

        ConstantValue numbers = node.Constant(input, what);
        if (numbers.Count == 1)
        {
            return (ConstantValue)numbers.Reshaped([]);
        }

        if (axis < 0 || axis >= shape.Length || numbers.Shape.Length != 1 || numbers.Count != shape[axis])
        {
            throw node.Refuse($"has a {what} of the shape {TensorShape.Text(numbers.Shape)} for a tensor of the shape {TensorShape.Text(shape)}", "export it with one for the tensor or one for each channel");
        }

        return (ConstantValue)numbers.Reshaped([.. shape.Select((s, d) => d == axis ? s : 1)]);
    }

    /// <summary>The real numbers of an input that is followed by its scale and its zero point.</summary>
    /// <param name="node">The node.</param>
    /// <param name="input">Which input.</param>
    /// <param name="axis">The axis of a scale for each channel, from behind when negative.</param>
    internal static Value Real(NodeContext node, int input, int axis)
    {
        Value x = node.Input(input);
        int at = axis < 0 ? x.Shape.Length + axis : axis;
        ConstantValue scale = Along(node, input + 1, "scale", x.Shape, at, 1);
        return node.Quantisation.Dequantise(node, x, scale, Along(node, input + 2, "zero point", x.Shape, at, 0));
    }

    /// <summary>The integers of a result whose scale and zero point are inputs of the node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="x">The real numbers.</param>
    /// <param name="input">Which input is the scale; the next is the zero point, whose type is the result's.</param>
    /// <param name="axis">The axis of a scale for each channel, from behind when negative.</param>
    internal static Value Integers(NodeContext node, Value x, int input, int axis)
    {
        int at = axis < 0 ? x.Shape.Length + axis : axis;
        ConstantValue scale = Along(node, input, "scale", x.Shape, at, 1);
        ConstantValue zero = Along(node, input + 1, "zero point", x.Shape, at, 0);
        if (!Array.TrueForAll(scale.Data, s => s > 0 && double.IsFinite(s)))
        {
            throw node.Refuse("has a scale that is not above 0", "export a sound model");
        }

        (double least, double most) = EndsOf(node, input + 1);
        return node.Quantisation.Quantise(node, x, scale, zero, least, most);
    }

    // The type of the zero point; of the attribute since opset 21; unsigned bytes when neither is there.
    private static (double Least, double Most) EndsOf(NodeContext node, int zeroPoint)
    {
        long type = node.TypeOf(zeroPoint) ?? node.Integer("output_dtype", 2);
        return type switch
        {
            0 or 2 => (0, 255),
            3 => (-128, 127),
            4 => (0, 65535),
            5 => (-32768, 32767),
            21 => (0, 15),
            22 => (-8, 7),
            _ => throw node.Refuse("quantises to a type that is no integer of at most 16 bits", "export it with 8-bit integers, or in float"),
        };
    }
}
