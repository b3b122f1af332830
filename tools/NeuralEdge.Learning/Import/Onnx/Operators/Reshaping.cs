using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>What leaves the numbers as they are: other shapes, other types, other names.</summary>
internal static class Reshaping
{
    internal static Value Same(NodeContext node) => node.Input(0);

    internal static Value Dropout(NodeContext node)
    {
        bool training = node.Optional(2) is NumberValue { Count: 1 } flag && flag.Data[0] != 0;
        return training
            ? throw node.Refuse("is in training mode", "switch the model to inference (in PyTorch: model.eval()) and export it again")
            : node.Input(0);
    }

    internal static Value Cast(NodeContext node)
    {
        long type = node.Integer("to", 0);
        Value x = node.Input(0);
        return x switch
        {
            SymbolValue when !TensorReader.IsFloat(type) => throw node.Refuse(
                $"rounds values that depend on the inputs to {TensorReader.NameOf(type)}", "export a network that computes in float"),
            NumberValue numbers when !TensorReader.IsFloat(type) => Truncated(node, numbers),
            _ => x,
        };
    }

    internal static Value Constant(NodeContext node)
    {
        if (node.Attribute("value") is { Tensor: OnnxTensor tensor })
        {
            return TensorReader.Read(tensor, node.Budget, "the tensor of a Constant node");
        }

        if (node.Attribute("value_float") is { } single)
        {
            return new NumberValue([], [single.Float]);
        }

        if (node.Attribute("value_int") is { } integer)
        {
            return new NumberValue([], [integer.Integer]);
        }

        if ((node.Attribute("value_floats")?.Floats ?? node.Attribute("value_ints")?.Integers) is double[] list)
        {
            return new NumberValue([list.Length], list);
        }

        return node.Attribute("value_strings") is { } texts
            ? new TextValue([texts.Texts.Count], [.. texts.Texts])
            : throw node.Refuse("has no value that can be read", "export it with dense tensors");
    }

    internal static Value Flatten(NodeContext node)
    {
        Value x = node.Input(0);
        long given = node.Integer("axis", 1);
        int rank = x.Shape.Length;
        int axis = given == rank ? rank : node.Axis(given, Math.Max(1, rank));
        return x.Reshaped([Shapes.Product(x.Shape, 0, axis), Shapes.Product(x.Shape, axis, rank)]);
    }

    internal static Value Reshape(NodeContext node)
    {
        Value x = node.Input(0);
        long[] wanted = node.Integers("shape", 1, "shape") ?? throw node.Refuse("has no shape", "export it again");
        bool zeroCopies = node.Integer("allowzero", 0) == 0;
        if (wanted.Length > Shapes.MostDimensions)
        {
            throw node.Refuse($"wants {wanted.Length} dimensions", $"at most {Shapes.MostDimensions} are read, so export a simpler graph");
        }

        int[]? shape = Resolve(wanted, x, zeroCopies);

        // A fixed batch size stands first; one row is run at a time.
        if (shape is null && wanted.Length > 1 && wanted[0] > 1)
        {
            long[] oneRow = [1, .. wanted[1..]];
            shape = Resolve(oneRow, x, zeroCopies);
        }

        return x.Reshaped(shape ?? throw node.Refuse(
            $"wants the shape [{string.Join(",", wanted)}] of {x.Count} values of the shape {Words.Shape(x.Shape)}", "export it for one row at a time"));
    }

    internal static Value Squeeze(NodeContext node)
    {
        Value x = node.Input(0);
        long[]? axes = node.Integers("axes", 1, "axes");
        if (axes is null)
        {
            return x.Reshaped([.. x.Shape.Where(s => s != 1)]);
        }

        HashSet<int> gone = [.. axes.Select(a => node.Axis(a, x.Shape.Length))];
        return gone.Any(a => x.Shape[a] != 1)
            ? throw node.Refuse($"removes dimensions that are not 1 from {Words.Shape(x.Shape)}", "export it again")
            : x.Reshaped([.. x.Shape.Where((_, d) => !gone.Contains(d))]);
    }

    internal static Value Unsqueeze(NodeContext node)
    {
        Value x = node.Input(0);
        long[] axes = node.Integers("axes", 1, "axes") ?? throw node.Refuse("has no axes", "export it again");
        int rank = axes.Length <= Shapes.MostDimensions ? x.Shape.Length + axes.Length : int.MaxValue;
        if (rank > Shapes.MostDimensions)
        {
            throw node.Refuse($"makes more than {Shapes.MostDimensions} dimensions", "export a simpler graph");
        }

        HashSet<int> added = [.. axes.Select(a => node.Axis(a, rank))];
        if (added.Count != axes.Length)
        {
            throw node.Refuse("names an axis twice", "export it again");
        }

        Queue<int> rest = new(x.Shape);
        return x.Reshaped([.. Enumerable.Range(0, rank).Select(d => added.Contains(d) ? 1 : rest.Dequeue())]);
    }

    internal static Value Transpose(NodeContext node)
    {
        Value x = node.Input(0);
        int rank = x.Shape.Length;
        int[] permutation = node.Integers("perm", int.MaxValue, "axes") is long[] given
            ? Array.ConvertAll(given, g => node.Axis(g, Math.Max(1, rank)))
            : [.. Enumerable.Range(0, rank).Reverse()];
        if (permutation.Length != rank || permutation.Distinct().Count() != rank)
        {
            throw node.Refuse($"permutes the {rank} dimensions of {Words.Shape(x.Shape)} by a list of {permutation.Length}", "export it again");
        }

        node.Budget.Cells(2L * x.Count);
        return x.Pick(Array.ConvertAll(permutation, p => x.Shape[p]), Shapes.TransposeSources(x.Shape, permutation));
    }

    internal static Value ShapeOf(NodeContext node)
    {
        int[] shape = node.Input(0).Shape;
        if (node.Attribute("start") is not null || node.Attribute("end") is not null)
        {
            int start = (int)Math.Clamp(FromFront(node.Integer("start", 0), shape.Length), 0, shape.Length);
            int end = (int)Math.Clamp(FromFront(node.Integer("end", shape.Length), shape.Length), start, shape.Length);
            shape = shape[start..end];
        }

        return new NumberValue([shape.Length], Array.ConvertAll(shape, s => (double)s));
    }

    private static long FromFront(long index, int length) => index < 0 ? index + length : index;

    private static NumberValue Truncated(NodeContext node, NumberValue numbers)
    {
        node.Budget.Cells(numbers.Count);
        return new NumberValue(numbers.Shape, Array.ConvertAll(numbers.Data, Math.Truncate));
    }

    // 0 keeps a dimension, -1 takes what is left.
    private static int[]? Resolve(long[] wanted, Value x, bool zeroCopies)
    {
        long[] shape = [.. wanted.Select((s, d) => s == 0 && zeroCopies ? (d < x.Shape.Length ? x.Shape[d] : -2) : s)];
        int open = Array.IndexOf(shape, -1L);
        if (open >= 0)
        {
            shape[open] = 1;
            int known = Shapes.Count(shape);
            if (known <= 0 || x.Count % known != 0)
            {
                return null;
            }

            shape[open] = x.Count / known;
        }

        return Shapes.Count(shape) == x.Count ? [.. shape.Select(s => (int)s)] : null;
    }
}
