using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>Elements chosen or put side by side: what exporters compute shapes with, and columns of the inputs.</summary>
internal static class Selection
{
    internal static Value Concat(NodeContext node)
    {
        Value[] parts = [.. Enumerable.Range(0, node.InputCount).Select(node.Input)];
        if (parts.Length == 0)
        {
            throw node.Refuse("has no inputs", "export it again");
        }

        int rank = parts[0].Shape.Length;
        int axis = node.Axis(node.Integer("axis", 0), rank);
        if (parts.Any(p => p.Shape.Length != rank || p.Shape.Where((s, d) => d != axis && s != parts[0].Shape[d]).Any()))
        {
            throw node.Refuse($"joins shapes that do not fit ({string.Join(", ", parts.Take(4).Select(p => Words.Shape(p.Shape)))})", "export it again");
        }

        int[] shape = node.CheckedShape([.. parts[0].Shape.Select((s, d) => d == axis ? parts.Sum(p => (long)p.Shape[axis]) : s)]);
        if (parts.All(p => p is NumberValue))
        {
            node.Budget.Cells(Shapes.Count(shape));
            return new NumberValue(shape, Join(parts, axis, rank, (p, k) => ((NumberValue)p).Data[k]));
        }

        SymbolValue[] symbols = Array.ConvertAll(parts, p => p as SymbolValue
            ?? throw node.Refuse("joins values that depend on the inputs with constants or classes", "export a network without it"));
        if (symbols.Any(s => s.Stage != symbols[0].Stage))
        {
            throw node.Refuse("joins values of different layers", "a board runs one layer after the other, so train a network without branches");
        }

        return Shapes.Count(shape) is > 0 and <= WorkBudget.WidestLayer
            ? new SymbolValue(shape, symbols[0].Stage, Join(parts, axis, rank, (p, k) => ((SymbolValue)p).Elements[k]))
            : throw node.Refuse($"makes the shape {Words.Shape(shape)}, and a board's layer has 1 to {WorkBudget.WidestLayer} values", "train a narrower network");
    }

    internal static Value Gather(NodeContext node)
    {
        Value x = node.Input(0);
        if (node.Input(1) is ClassValue chosen && x.Shape.Length == 1)
        {
            return Classes.Rename(node, chosen, x);
        }

        NumberValue indices = node.Constant(1, "indices");
        int axis = node.Axis(node.Integer("axis", 0), x.Shape.Length);
        int size = x.Shape[axis];
        int[] at = Array.ConvertAll(indices.Data, i =>
        {
            double index = i < 0 ? i + size : i;
            return index >= 0 && index < size && index == Math.Truncate(index)
                ? (int)index
                : throw node.Refuse($"picks element {i:G6} of {size}", "export it again");
        });
        int[] shape = node.CheckedShape([.. x.Shape[..axis].Select(s => (long)s), .. indices.Shape.Select(s => (long)s), .. x.Shape[(axis + 1)..].Select(s => (long)s)]);
        return Pick(node, x, shape, axis, at);
    }

    internal static Value Slice(NodeContext node)
    {
        Value x = node.Input(0);
        long[] starts = node.Integers("starts", 1, "starts") ?? throw node.Refuse("has no starts", "export it again");
        long[] ends = node.Integers("ends", 2, "ends") ?? throw node.Refuse("has no ends", "export it again");
        long[] axes = node.Integers("axes", 3, "axes") ?? [.. Enumerable.Range(0, starts.Length).Select(d => (long)d)];
        long[] steps = node.Integers("steps", 4, "steps") ?? [.. starts.Select(_ => 1L)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length || starts.Length > Shapes.MostDimensions)
        {
            throw node.Refuse("has starts, ends, axes and steps of different lengths", "export it again");
        }

        for (int k = 0; k < starts.Length; k++)
        {
            int axis = node.Axis(axes[k], x.Shape.Length);
            int size = x.Shape[axis];
            if (steps[k] < 1)
            {
                throw node.Refuse("slices backwards", "export it without reversing");
            }

            long start = Math.Clamp(starts[k] < 0 ? starts[k] + size : starts[k], 0, size);
            long end = Math.Clamp(ends[k] < 0 ? ends[k] + size : ends[k], start, size);
            List<int> at = [];
            for (long i = start; i < end; i += Math.Min(steps[k], size + 1L))
            {
                at.Add((int)i);
            }

            int[] shape = [.. x.Shape];
            shape[axis] = at.Count;
            x = Pick(node, x, shape, axis, [.. at]);
        }

        return x;
    }

    private static Value Pick(NodeContext node, Value x, int[] shape, int axis, int[] at)
    {
        int count = Shapes.Count(shape);
        if (x is SymbolValue && count is 0 or > WorkBudget.WidestLayer)
        {
            throw node.Refuse($"makes {count} values, and a board's layer has 1 to {WorkBudget.WidestLayer}", "train a narrower network");
        }

        node.Budget.Cells(2L * count);
        int inner = Shapes.Product(x.Shape, axis + 1, x.Shape.Length);
        int[] sources = new int[count];
        for (int k = 0; k < count; k++)
        {
            int outer = k / (inner * at.Length);
            sources[k] = (((outer * x.Shape[axis]) + at[k / inner % at.Length]) * inner) + (k % inner);
        }

        return x.Pick(shape, sources);
    }

    private static T[] Join<T>(Value[] parts, int axis, int rank, Func<Value, int, T> at)
    {
        int outer = Shapes.Product(parts[0].Shape, 0, axis);
        List<T> joined = [];
        for (int o = 0; o < outer; o++)
        {
            foreach (Value part in parts)
            {
                int run = Shapes.Product(part.Shape, axis, rank);
                for (int k = 0; k < run; k++)
                {
                    joined.Add(at(part, (o * run) + k));
                }
            }
        }

        return [.. joined];
    }
}
