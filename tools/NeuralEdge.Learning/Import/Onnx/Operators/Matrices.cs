using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>Matrix products of what depends on the inputs with constants: the weights of dense layers.</summary>
internal static class Matrices
{
    internal static Value MatMul(NodeContext node)
    {
        (Value a, Value b) = (node.Input(0), node.Input(1));
        return (a, b) switch
        {
            (SymbolValue x, NumberValue w) => Product(node, x, w),
            (NumberValue w, SymbolValue x) => LeftProduct(node, w, x),
            (NumberValue, NumberValue) => throw node.Refuse("multiplies two constants", "fold constants before exporting"),
            (SymbolValue, SymbolValue) => throw node.Refuse("multiplies two values that both depend on the inputs", "attention and other products of layers cannot run on a board, so train a dense network"),
            _ => throw Arithmetic.NotNumbers(node),
        };
    }

    /// <summary>alpha * A' * B' + beta * C.</summary>
    internal static Value Gemm(NodeContext node)
    {
        Value a = Transposed(node, node.Input(0), node.Integer("transA", 0) != 0);
        Value b = Transposed(node, node.Input(1), node.Integer("transB", 0) != 0);
        double alpha = node.Float("alpha", 1);
        double beta = node.Float("beta", 1);
        Value product = (a, b) switch
        {
            (SymbolValue x, NumberValue w) => Product(node, x, w),
            (NumberValue w, SymbolValue x) => LeftProduct(node, w, x),
            _ => throw node.Refuse("does not multiply the inputs with constant weights", "a dense layer has constant weights, so export a trained network"),
        };
        if (alpha != 1)
        {
            product = ((SymbolValue)product).Map(node, (e, _) => e.Times(alpha));
        }

        if (node.Optional(2) is not Value c || beta == 0)
        {
            return product;
        }

        NumberValue bias = node.Constant(2, "bias");
        if (beta != 1)
        {
            bias = new NumberValue(bias.Shape, Array.ConvertAll(bias.Data, n => n * beta));
        }

        return Arithmetic.AddTwo(node, product, bias, 1);
    }

    /// <summary>ai.onnx.ml LinearRegressor: coefficients of each target one after the other.</summary>
    internal static Value LinearRegressor(NodeContext node)
    {
        if (node.Text("post_transform", "NONE") != "NONE")
        {
            throw node.Refuse("has a post_transform", "export the regressor without one");
        }

        SymbolValue x = Arithmetic.RequireSymbol(node, node.Input(0));
        double[] coefficients = node.Attribute("coefficients")?.Floats ?? [];
        double[] intercepts = node.Attribute("intercepts")?.Floats ?? [];
        long targets = node.Integer("targets", 1);
        if (targets is < 1 or > WorkBudget.WidestLayer || coefficients.Length != targets * x.Count || (intercepts.Length != 0 && intercepts.Length != targets))
        {
            throw node.Refuse($"has {coefficients.Length} coefficients for {targets} targets and {x.Count} inputs", "export it again");
        }

        int[] all = [.. Enumerable.Range(0, x.Count)];
        double[][] weights = [.. Enumerable.Range(0, (int)targets).Select(t => coefficients[(t * x.Count)..((t + 1) * x.Count)])];
        Affine[] sums = Sums.Weighted(node, x, [.. weights.Select(_ => all)], weights);
        return new SymbolValue([1, (int)targets], x.Stage, [.. sums.Select((s, t) => s.Plus(intercepts.Length == 0 ? 0 : intercepts[t]))]);
    }

    // [..., n] times [n, m]: one row of x at a time.
    private static SymbolValue Product(NodeContext node, SymbolValue x, NumberValue w)
    {
        int[] weightShape = TrimLeadingOnes(w.Shape);
        int n = x.Shape.Length == 0 ? 0 : x.Shape[^1];
        if (weightShape.Length is 0 or > 2 || weightShape[0] != n)
        {
            throw DoNotFit(node, x.Shape, w.Shape);
        }

        int m = weightShape.Length == 2 ? weightShape[1] : 1;
        int rows = n == 0 ? 0 : x.Count / n;
        int count = RequireWidth(node, (long)rows * m);
        x = Layers.KeepBottleneck(node, x, count);
        node.Budget.Cells((long)count * n);
        int[][] elements = new int[count][];
        double[][] weights = new double[count][];
        for (int k = 0; k < count; k++)
        {
            elements[k] = new int[n];
            weights[k] = new double[n];
            for (int j = 0; j < n; j++)
            {
                elements[k][j] = (k / m * n) + j;
                weights[k][j] = w.Data[(j * m) + (k % m)];
            }
        }

        int[] shape = weightShape.Length == 2 ? [.. x.Shape[..^1], m] : x.Shape[..^1];
        return new SymbolValue(Lengthen(shape, w.Shape.Length), x.Stage, Sums.Weighted(node, x, elements, weights));
    }

    // [m, n] times [n, p]: one column of x at a time.
    private static SymbolValue LeftProduct(NodeContext node, NumberValue w, SymbolValue x)
    {
        int[] weightShape = TrimLeadingOnes(w.Shape);
        if (w.Shape.Length == 2 && weightShape.Length == 1)
        {
            weightShape = w.Shape;
        }

        int[] columnShape = x.Shape.Length > 2 && x.Shape[..^2].All(s => s == 1) ? x.Shape[^2..] : x.Shape;
        if (weightShape.Length is 0 or > 2 || columnShape.Length is 0 or > 2 || columnShape[0] != weightShape[^1])
        {
            throw DoNotFit(node, w.Shape, x.Shape);
        }

        int n = columnShape[0];
        int p = columnShape.Length == 2 ? columnShape[1] : 1;
        int m = weightShape.Length == 2 ? weightShape[0] : 1;
        int count = RequireWidth(node, (long)m * p);
        x = Layers.KeepBottleneck(node, x, count);
        node.Budget.Cells((long)count * n);
        int[][] elements = new int[count][];
        double[][] weights = new double[count][];
        for (int k = 0; k < count; k++)
        {
            elements[k] = new int[n];
            weights[k] = new double[n];
            for (int j = 0; j < n; j++)
            {
                elements[k][j] = (j * p) + (k % p);
                weights[k][j] = w.Data[(k / p * n) + j];
            }
        }

        int[] shape = [.. weightShape.Length == 2 ? new[] { m } : [], .. columnShape.Length == 2 ? new[] { p } : []];
        return new SymbolValue(Lengthen(shape, Math.Max(w.Shape.Length, x.Shape.Length)), x.Stage, Sums.Weighted(node, x, elements, weights));
    }

    private static Value Transposed(NodeContext node, Value value, bool transpose)
    {
        if (value.Shape.Length != 2)
        {
            throw node.Refuse($"multiplies a tensor of the shape {Words.Shape(value.Shape)}, not a matrix", "export it again");
        }

        if (!transpose)
        {
            return value;
        }

        node.Budget.Cells(2L * value.Count);
        return value.Pick([value.Shape[1], value.Shape[0]], Shapes.TransposeSources(value.Shape, [1, 0]));
    }

    // A stack of one matrix is that matrix.
    private static int[] TrimLeadingOnes(int[] shape)
    {
        while (shape.Length > 2 && shape[0] == 1)
        {
            shape = shape[1..];
        }

        return shape;
    }

    private static int[] Lengthen(int[] shape, int rank) =>
        rank > 2 && shape.Length < rank ? [.. Enumerable.Repeat(1, rank - shape.Length), .. shape] : shape;

    private static InputRefusedException DoNotFit(NodeContext node, int[] a, int[] b) =>
        node.Refuse($"multiplies the shapes {Words.Shape(a)} and {Words.Shape(b)}, which do not fit", "export it again");

    private static int RequireWidth(NodeContext node, long count) => count is > 0 and <= WorkBudget.WidestLayer
        ? (int)count
        : throw node.Refuse($"makes {count} values, and a board's layer has 1 to {WorkBudget.WidestLayer}", "train a narrower network");
}
