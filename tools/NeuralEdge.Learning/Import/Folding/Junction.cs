namespace NeuralEdge.Learning.Import.Folding;

/// <summary>Tensors put side by side along an axis: constants, or values of one layer or of layers that can be one.</summary>
internal static class Junction
{
    /// <summary>The tensors in one.</summary>
    /// <param name="node">The node, for refusals.</param>
    /// <param name="parts">The tensors.</param>
    /// <param name="axisFromEitherEnd">The axis, from behind when negative.</param>
    internal static Value Of(INodeContext node, Value[] parts, long axisFromEitherEnd)
    {
        if (parts.Length == 0)
        {
            throw node.Refuse("has no inputs", "export it again");
        }

        int rank = parts[0].Shape.Length;
        int axis = TensorShape.Axis(axisFromEitherEnd, rank);
        if (axis < 0)
        {
            throw node.Refuse($"names the axis {axisFromEitherEnd} of a tensor with {rank} dimensions", "export it again");
        }

        if (parts.Any(p => p.Shape.Length != rank || p.Shape.Where((s, d) => d != axis && s != parts[0].Shape[d]).Any()))
        {
            throw node.Refuse($"joins shapes that do not fit ({string.Join(", ", parts.Take(4).Select(p => TensorShape.Text(p.Shape)))})", "export it again");
        }

        long[] sizes = [.. parts[0].Shape.Select((s, d) => d == axis ? parts.Sum(p => (long)p.Shape[axis]) : s)];
        int count = TensorShape.Count(sizes);
        if (count < 0)
        {
            throw node.Refuse("makes a tensor of an impossible shape", $"at most {TensorShape.MostElements} numbers are read, so export a smaller network");
        }

        int[] shape = [.. sizes.Select(s => (int)s)];
        if (parts.All(p => p is ConstantValue))
        {
            node.Budget.Cells(count);
            return new ConstantValue(shape, Join(parts, axis, rank, (p, k) => ((ConstantValue)p).Data[k]));
        }

        NetworkLimits.RequireWidth(node, count);
        AffineValue[] values = LayerBuilder.TryJoin(node, parts)
            ?? throw node.Refuse("joins values of different layers", "a board runs one layer after the other, so train a network without branches");
        return new AffineValue(shape, values[0].Source, Join(values, axis, rank, (p, k) => ((AffineValue)p).Elements[k]));
    }

    private static T[] Join<T>(Value[] parts, int axis, int rank, Func<Value, int, T> at)
    {
        int outer = TensorShape.Product(parts[0].Shape, 0, axis);
        List<T> joined = [];
        for (int o = 0; o < outer; o++)
        {
            foreach (Value part in parts)
            {
                int run = TensorShape.Product(part.Shape, axis, rank);
                for (int k = 0; k < run; k++)
                {
                    joined.Add(at(part, (o * run) + k));
                }
            }
        }

        return [.. joined];
    }
}
