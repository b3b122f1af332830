using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>From scores to the class that wins, and the classes' names: the ends of scikit-learn's exports.</summary>
internal static class Classes
{
    internal static Value ArgMax(NodeContext node)
    {
        SymbolValue x = Arithmetic.RequireSymbol(node, node.Input(0));
        if (node.Integer("select_last_index", 0) != 0)
        {
            throw node.Refuse("takes the last of equal scores, and a board takes the first", "export it without select_last_index");
        }

        int axis = x.Shape.Length == 0 ? 0 : node.Axis(node.Integer("axis", 0), x.Shape.Length);
        if (x.Shape.Length == 0 || x.Shape[axis] != x.Count)
        {
            throw node.Refuse($"looks along axis {axis} of the shape {Words.Shape(x.Shape)}, not over all outputs", "export ArgMax over the axis of the outputs");
        }

        int[] shape = node.Integer("keepdims", 1) != 0
            ? [.. x.Shape.Select((s, d) => d == axis ? 1 : s)]
            : [.. x.Shape.Where((_, d) => d != axis)];
        string[] labels = x.Labels ?? [.. Enumerable.Range(0, x.Count).Select(k => NodeContext.NumberLabel(k))];
        return new ClassValue(shape, x, labels, x.Labels is not null);
    }

    /// <summary>Scores as a map from label to score: the scores, with names.</summary>
    internal static Value ZipMap(NodeContext node)
    {
        SymbolValue x = Arithmetic.RequireSymbol(node, node.Input(0));
        string[] labels = node.Labels("classlabels_strings", "classlabels_int64s") ?? throw node.Refuse("has no labels", "export it again");
        return labels.Length == x.Count
            ? x.WithLabels(labels)
            : throw node.Refuse($"has {labels.Length} labels for {x.Count} scores", "export it again");
    }

    /// <summary>Other labels for the same classes.</summary>
    internal static Value EncodeLabels(NodeContext node)
    {
        if (node.Input(0) is not ClassValue chosen)
        {
            throw node.Refuse("does not stand after the choice of a class", "labels of inputs cannot be encoded on a board, so feed it numbers");
        }

        string[] keys = node.Labels("keys_strings", "keys_int64s") ?? FloatLabels(node, "keys_floats")
            ?? node.Labels("classes_strings", "") ?? throw node.Refuse("has no keys", "export it again");
        string[] values = node.Labels("values_strings", "values_int64s") ?? FloatLabels(node, "values_floats")
            ?? [.. Enumerable.Range(0, keys.Length).Select(k => NodeContext.NumberLabel(k))];

        // The first form of the operator (classes_strings) turns an index into a text when it is given an index.
        if (node.Attribute("classes_strings") is { Texts.Count: > 0 } && !chosen.Named)
        {
            (keys, values) = (values, keys);
        }

        if (keys.Length != values.Length)
        {
            throw node.Refuse($"has {keys.Length} keys for {values.Length} values", "export it again");
        }

        string[] labels = Array.ConvertAll(chosen.Labels, label =>
        {
            int at = Array.IndexOf(keys, label);
            return at >= 0 ? values[at] : throw node.Refuse($"has no value for the class {Words.Quote(label)}", "export it again");
        });
        return new ClassValue(chosen.Shape, chosen.Scores, labels, named: true);
    }

    /// <summary>The label at the index of the winning class.</summary>
    internal static Value ExtractFeature(NodeContext node)
    {
        Value x = node.Input(0);
        return node.Input(1) switch
        {
            ClassValue chosen => Rename(node, chosen, x),
            NumberValue => PickColumns(node, x),
            _ => throw node.Refuse("picks by an index that depends on the inputs", "export a network without it"),
        };
    }

    /// <summary>Probabilities that add up to 1 stay as they are when they are normalised by their sum.</summary>
    internal static Value Normalise(NodeContext node)
    {
        SymbolValue x = Arithmetic.RequireSymbol(node, node.Input(0));
        return x.Stage.IsSoftmax && x.IsStage && node.Text("norm", "MAX") == "L1"
            ? x
            : throw node.Refuse("divides values by their sum or size", "only probabilities after Softmax may be normalised, so export the network without it");
    }

    /// <summary>A class whose index picks among constants.</summary>
    internal static ClassValue Rename(NodeContext node, ClassValue chosen, Value names)
    {
        string[] labels = names switch
        {
            TextValue texts => texts.Data,
            NumberValue numbers => Array.ConvertAll(numbers.Data, NodeContext.NumberLabel),
            _ => throw node.Refuse("picks among values that depend on the inputs", "export a network without it"),
        };
        return labels.Length == chosen.Labels.Length && !chosen.Named
            ? new ClassValue(chosen.Shape, chosen.Scores, labels, named: true)
            : throw node.Refuse($"has {labels.Length} labels for {chosen.Labels.Length} classes", "export it again");
    }

    private static Value PickColumns(NodeContext node, Value x)
    {
        NumberValue columns = node.Constant(1, "indices");
        int width = x.Shape.Length == 0 ? 1 : x.Shape[^1];
        if (x.Count != width || columns.Count is 0 or > WorkBudget.WidestLayer || columns.Data.Any(c => !(c >= 0 && c < width && c == Math.Truncate(c))))
        {
            throw node.Refuse($"picks elements that the shape {Words.Shape(x.Shape)} does not have", "export it again");
        }

        return x.Pick([1, columns.Count], Array.ConvertAll(columns.Data, c => (int)c));
    }

    private static string[]? FloatLabels(NodeContext node, string name) =>
        node.Attribute(name) is { Floats.Length: > 0 } found ? Array.ConvertAll(found.Floats, NodeContext.NumberLabel) : null;
}
