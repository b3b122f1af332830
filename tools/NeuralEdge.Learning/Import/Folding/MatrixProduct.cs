using NeuralEdge.Conversion;

namespace NeuralEdge.Learning.Import.Folding;

/// <summary>Matrix products of what depends on the inputs with constants: the weights of dense layers.</summary>
internal static class MatrixProduct
{
    /// <summary>x * w: [..., n] times [n, m], one row of x at a time.</summary>
    internal static AffineValue Right(INodeContext node, AffineValue x, ConstantValue w)
    {
        int[] weightShape = TrimLeadingOnes(w.Shape);
        int n = x.Shape.Length == 0 ? 0 : x.Shape[^1];
        if (weightShape.Length is 0 or > 2 || weightShape[0] != n)
        {
            throw DoNotFit(node, x.Shape, w.Shape);
        }

        int m = weightShape.Length == 2 ? weightShape[1] : 1;
        int rows = n == 0 ? 0 : x.Count / n;
        int count = NetworkLimits.RequireWidth(node, (long)rows * m);
        int[] shape = weightShape.Length == 2 ? [.. x.Shape[..^1], m] : x.Shape[..^1];
        return Sum(node, x, n, count, Lengthen(shape, w.Shape.Length),
            (k, j) => (k / m * n) + j,
            (k, j) => w.Data[(j * m) + (k % m)]);
    }

    /// <summary>w * x: [m, n] times [n, p], one column of x at a time.</summary>
    internal static AffineValue Left(INodeContext node, ConstantValue w, AffineValue x)
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
        int count = NetworkLimits.RequireWidth(node, (long)m * p);
        int[] shape = [.. weightShape.Length == 2 ? new[] { m } : [], .. columnShape.Length == 2 ? new[] { p } : []];
        return Sum(node, x, n, count, Lengthen(shape, Math.Max(w.Shape.Length, x.Shape.Length)),
            (k, j) => (j * p) + (k % p),
            (k, j) => w.Data[(k / p * n) + j]);
    }

    // So many results of n terms each: term j of result k is an element of x times a weight.
    private static AffineValue Sum(
        INodeContext node, AffineValue x, int n, int count, int[] shape, Func<int, int, int> element, Func<int, int, double> weight)
    {
        x = LayerBuilder.KeepBottleneck(node, x, count);
        node.Budget.Cells((long)count * n);
        int[][] elements = new int[count][];
        double[][] weights = new double[count][];
        for (int k = 0; k < count; k++)
        {
            elements[k] = new int[n];
            weights[k] = new double[n];
            for (int j = 0; j < n; j++)
            {
                elements[k][j] = element(k, j);
                weights[k][j] = weight(k, j);
            }
        }

        return new AffineValue(shape, x.Source, WeightedSums.Of(node, x, elements, weights));
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

    private static InputRefusedException DoNotFit(INodeContext node, int[] a, int[] b) =>
        node.Refuse($"multiplies the shapes {TensorShape.Text(a)} and {TensorShape.Text(b)}, which do not fit", "export it again");
}
