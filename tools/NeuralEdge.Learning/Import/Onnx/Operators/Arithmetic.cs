using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>Element by element: sums with constants and products with constants, which the next layer takes in.</summary>
internal static class Arithmetic
{
    internal static Value Add(NodeContext node) => AddTwo(node, node.Input(0), node.Input(1), 1);

    internal static Value Subtract(NodeContext node) => AddTwo(node, node.Input(0), node.Input(1), -1);

    internal static Value Sum(NodeContext node)
    {
        Value sum = node.Input(0);
        for (int i = 1; i < node.InputCount; i++)
        {
            sum = AddTwo(node, sum, node.Input(i), 1);
        }

        return sum;
    }

    internal static Value Multiply(NodeContext node)
    {
        (Value a, Value b) = (node.Input(0), node.Input(1));
        return (a, b) switch
        {
            (NumberValue x, NumberValue y) => Constants(node, x, y, (p, q) => p * q),
            (SymbolValue x, NumberValue y) => Elementwise(node, x, y, (e, c) => e.Times(c)),
            (NumberValue x, SymbolValue y) => Elementwise(node, y, x, (e, c) => e.Times(c)),
            (SymbolValue, SymbolValue) => throw node.Refuse("multiplies two values that both depend on the inputs", "a dense network has no such product, so export one without it"),
            _ => throw NotNumbers(node),
        };
    }

    internal static Value Divide(NodeContext node)
    {
        (Value a, Value b) = (node.Input(0), node.Input(1));
        return (a, b) switch
        {
            (NumberValue x, NumberValue y) => Constants(node, x, y, (p, q) => p / q),
            (SymbolValue x, NumberValue y) => Elementwise(node, x, y, (e, c) => e.Over(c)),
            (_, SymbolValue) => throw node.Refuse("divides by a value that depends on the inputs", "a dense network has no such quotient, so export one without it"),
            _ => throw NotNumbers(node),
        };
    }

    internal static Value Negate(NodeContext node) => node.Input(0) switch
    {
        NumberValue x => OfConstant(node, x, n => -n),
        SymbolValue x => x.Map(node, (e, _) => e.Times(-1)),
        _ => throw NotNumbers(node),
    };

    internal static Value SquareRoot(NodeContext node) => OfConstant(node, node.Constant(0, "operand"), Math.Sqrt);

    internal static Value Reciprocal(NodeContext node) => OfConstant(node, node.Constant(0, "operand"), n => 1 / n);

    /// <summary>scale * (x - mean) / sqrt(variance + epsilon) + bias, one set of numbers for each channel (axis 1).</summary>
    internal static Value BatchNormalise(NodeContext node)
    {
        if (node.Integer("training_mode", 0) != 0)
        {
            throw node.Refuse("is in training mode", "switch the model to inference (in PyTorch: model.eval()) and export it again");
        }

        SymbolValue x = RequireSymbol(node, node.Input(0));
        double[][] parameters = [node.Constant(1, "scale").Data, node.Constant(2, "bias").Data, node.Constant(3, "mean").Data, node.Constant(4, "variance").Data];
        int axis = x.Shape.Length > 1 ? 1 : 0;
        int channels = x.Shape.Length == 0 ? 1 : x.Shape[axis];
        if (parameters.Any(p => p.Length != channels))
        {
            throw node.Refuse($"has {string.Join("/", parameters.Select(p => p.Length))} parameters for {channels} channels", "export it again");
        }

        double epsilon = node.Float("epsilon", 1e-5f);
        int inner = Shapes.Product(x.Shape, axis + 1, x.Shape.Length);
        return x.Map(node, (e, k) =>
        {
            int channel = k / Math.Max(1, inner) % channels;
            double factor = parameters[0][channel] / Math.Sqrt(parameters[3][channel] + epsilon);
            return e.Plus(-parameters[2][channel]).Times(factor).Plus(parameters[1][channel]);
        });
    }

    /// <summary>ai.onnx.ml Scaler: (x - offset) * scale.</summary>
    internal static Value Scale(NodeContext node)
    {
        SymbolValue x = RequireSymbol(node, node.Input(0));
        double[] offset = node.Attribute("offset")?.Floats ?? [];
        double[] scale = node.Attribute("scale")?.Floats ?? [];
        int features = x.Shape.Length == 0 ? 1 : x.Shape[^1];
        if ((offset.Length != features && offset.Length > 1) || (scale.Length != features && scale.Length > 1))
        {
            throw node.Refuse($"has {offset.Length} offsets and {scale.Length} scales for {features} inputs", "export it again");
        }

        return x.Map(node, (e, k) => e.Plus(-At(offset, k % features, 0)).Times(At(scale, k % features, 1)));
    }

    /// <summary>The value as one that depends on the inputs.</summary>
    internal static SymbolValue RequireSymbol(NodeContext node, Value value) => value switch
    {
        SymbolValue symbol => symbol,
        NumberValue or TextValue => throw node.Refuse("computes with constants only", "remove it from the graph, or fold constants before exporting"),
        _ => throw NotNumbers(node),
    };

    /// <summary>Refuses arithmetic on labels or on the index of a class.</summary>
    internal static InputRefusedException NotNumbers(NodeContext node) =>
        node.Refuse("computes with a class or with texts", "end the network with its scores or with ArgMax");

    /// <summary>A sum or a difference.</summary>
    internal static Value AddTwo(NodeContext node, Value a, Value b, int sign) => (a, b) switch
    {
        (NumberValue x, NumberValue y) => Constants(node, x, y, (p, q) => p + (sign * q)),
        (SymbolValue x, NumberValue y) => Elementwise(node, x, y, (e, c) => e.Plus(sign * c)),
        (NumberValue x, SymbolValue y) => Elementwise(node, y, x, (e, c) => (sign < 0 ? e.Times(-1) : e).Plus(c)),
        (SymbolValue x, SymbolValue y) => AddSymbols(node, x, y, sign),
        _ => throw NotNumbers(node),
    };

    private static double At(double[] numbers, int index, double otherwise) =>
        numbers.Length == 0 ? otherwise : numbers[numbers.Length == 1 ? 0 : index];

    private static SymbolValue AddSymbols(NodeContext node, SymbolValue a, SymbolValue b, int sign)
    {
        if (a.Stage != b.Stage)
        {
            throw node.Refuse("combines values of different layers", "a board runs one layer after the other, so train a network without skip connections or branches");
        }

        (int[] shape, int[] first, int[] second) = Fit(node, a.Shape, b.Shape);
        Affine[] sums = new Affine[RequireWidth(node, first.Length)];
        node.Budget.Cells((long)sums.Length * a.Stage.Width);
        for (int k = 0; k < sums.Length; k++)
        {
            sums[k] = Sums.Combine(a.Elements[first[k]], b.Elements[second[k]], sign, a.Stage);
        }

        return new SymbolValue(shape, a.Stage, sums);
    }

    private static SymbolValue Elementwise(NodeContext node, SymbolValue x, NumberValue constants, Func<Affine, double, Affine> change)
    {
        (int[] shape, int[] symbols, int[] numbers) = Fit(node, x.Shape, constants.Shape);
        RequireWidth(node, symbols.Length);
        SymbolValue spread = (SymbolValue)x.Pick(shape, symbols);
        return spread.Map(node, (e, k) => change(e, constants.Data[numbers[k]]));
    }

    private static NumberValue Constants(NodeContext node, NumberValue a, NumberValue b, Func<double, double, double> combine)
    {
        (int[] shape, int[] first, int[] second) = Fit(node, a.Shape, b.Shape);
        node.Budget.Cells(2L * first.Length);
        double[] result = new double[first.Length];
        for (int k = 0; k < result.Length; k++)
        {
            result[k] = combine(a.Data[first[k]], b.Data[second[k]]);
        }

        return new NumberValue(shape, result);
    }

    private static NumberValue OfConstant(NodeContext node, NumberValue x, Converter<double, double> change)
    {
        node.Budget.Cells(x.Count);
        return new NumberValue(x.Shape, Array.ConvertAll(x.Data, change));
    }

    private static (int[] Shape, int[] First, int[] Second) Fit(NodeContext node, int[] a, int[] b) =>
        Shapes.Broadcast(a, b)
            ?? throw node.Refuse($"combines the shapes {Words.Shape(a)} and {Words.Shape(b)}, which do not fit", "export it again");

    private static int RequireWidth(NodeContext node, int count) => count is > 0 and <= WorkBudget.WidestLayer
        ? count
        : throw node.Refuse($"makes {count} values, and a board's layer has 1 to {WorkBudget.WidestLayer}", "train a narrower network");
}
