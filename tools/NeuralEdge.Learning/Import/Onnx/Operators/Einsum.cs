using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>A product by an equation, "ab,bc->ac" for a dense layer: one operand of the two depends on the inputs.</summary>
internal sealed class Einsum() : OnnxOperator("Einsum")
{
    internal override Value Evaluate(NodeContext node)
    {
        string equation = node.Text("equation", "").Replace(" ", "", StringComparison.Ordinal);
        string[] sides = equation.Split("->");
        string[] terms = sides[0].Split(',');
        if (terms.Length != node.InputCount || terms.Length is 0 or > 2 || sides.Length > 2)
        {
            throw node.Refuse("has an equation that is none of one or two operands", "export the product as MatMul");
        }

        ConstantValue one = new([], [1]);
        (AffineValue x, string xs, ConstantValue w, string ws) = (node.Input(0), terms.Length == 2 ? node.Input(1) : one) switch
        {
            (ConstantValue a, AffineValue or PointwiseValue) => (node.Affine(1), terms[1], a, terms[0]),
            (AffineValue or PointwiseValue, ConstantValue b) => (node.Affine(0), terms[0], b, terms.Length == 2 ? terms[1] : ""),
            _ => throw node.Refuse("does not multiply values with constants", "attention and other products of layers cannot run on a board, so train a dense network"),
        };
        int more = Math.Max(Dots(xs, x.Shape.Length), Dots(ws, w.Shape.Length));
        (xs, ws) = (WithoutDots(xs, x.Shape.Length), WithoutDots(ws, w.Shape.Length));
        string result = sides.Length == 2 ? WithDots(sides[1], more) : Implicit(xs + ws, more);
        Dictionary<char, int> sizes = [];
        if (!Fits(xs, x.Shape, sizes) || !Fits(ws, w.Shape, sizes) || result.Length > TensorShape.MostDimensions
            || result.Distinct().Count() != result.Length || !result.All(sizes.ContainsKey))
        {
            throw node.Refuse($"has an equation that does not fit the shapes {TensorShape.Text(x.Shape)} and {TensorShape.Text(w.Shape)}", "export the product as MatMul");
        }

        return Multiply(node, x, xs, w, ws, result, sizes);
    }

    private static AffineValue Multiply(NodeContext node, AffineValue x, string xs, ConstantValue w, string ws, string result, Dictionary<char, int> sizes)
    {
        int[] shape = node.CheckedShape([.. result.Select(c => (long)sizes[c])]);
        int count = NetworkLimits.RequireWidth(node, TensorShape.Count(shape));
        string summed = new([.. sizes.Keys.Where(c => !result.Contains(c, StringComparison.Ordinal))]);
        int terms = TensorShape.Count(summed.Select(c => (long)sizes[c]));
        if (terms < 1)
        {
            throw node.Refuse("sums too many products", "export a smaller network");
        }

        x = LayerBuilder.KeepBottleneck(node, x, count);
        node.Budget.Cells(2L * count * terms);
        node.Budget.Steps((long)count * terms * (xs.Length + ws.Length + 1));
        int[][] elements = new int[count][];
        double[][] weights = new double[count][];
        Dictionary<char, int> at = [];
        for (int k = 0; k < count; k++)
        {
            Place(result, k, sizes, at);
            elements[k] = new int[terms];
            weights[k] = new double[terms];
            for (int j = 0; j < terms; j++)
            {
                Place(summed, j, sizes, at);
                elements[k][j] = Index(xs, x.Shape, at);
                weights[k][j] = w.Data[Index(ws, w.Shape, at)];
            }
        }

        return new AffineValue(shape, x.Source, WeightedSums.Of(node, x, elements, weights));
    }

    private static void Place(string letters, int index, Dictionary<char, int> sizes, Dictionary<char, int> at)
    {
        for (int d = letters.Length - 1; d >= 0; d--)
        {
            at[letters[d]] = index % sizes[letters[d]];
            index /= sizes[letters[d]];
        }
    }

    private static int Index(string letters, int[] shape, Dictionary<char, int> at)
    {
        int index = 0;
        for (int d = 0; d < letters.Length; d++)
        {
            index = (index * shape[d]) + at[letters[d]];
        }

        return index;
    }

    private static bool Fits(string letters, int[] shape, Dictionary<char, int> sizes)
    {
        if (letters.Length != shape.Length || !letters.All(c => char.IsAsciiLetter(c) || char.IsAsciiDigit(c)))
        {
            return false;
        }

        for (int d = 0; d < shape.Length; d++)
        {
            if (!sizes.TryAdd(letters[d], shape[d]) && sizes[letters[d]] != shape[d])
            {
                return false;
            }
        }

        return true;
    }

    // The dimensions of "..." are the digits, the last of them 0, so that they meet from behind.
    private static int Dots(string term, int rank) => term.Contains("...", StringComparison.Ordinal) ? Math.Max(0, rank - (term.Length - 3)) : 0;

    private static string WithoutDots(string term, int rank) => WithDots(term, Dots(term, rank));

    private static string WithDots(string term, int more) =>
        more > TensorShape.MostDimensions ? term : term.Replace("...", new string([.. Enumerable.Range(0, more).Reverse().Select(d => (char)('0' + d))]), StringComparison.Ordinal);

    private static string Implicit(string letters, int more) =>
        WithDots("...", more) + new string([.. letters.Where(char.IsAsciiLetter).GroupBy(c => c).Where(g => g.Count() == 1).Select(g => g.Key).Order()]);
}
