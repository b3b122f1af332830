using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>Other labels for the same classes.</summary>
internal sealed class LabelEncoder() : OnnxOperator("LabelEncoder", ClassicalDomain)
{
    internal override Value Evaluate(NodeContext node)
    {
        if (node.Input(0) is not ClassValue chosen)
        {
            throw node.Refuse("does not stand after the choice of a class", "labels of inputs cannot be encoded on a board, so feed it numbers");
        }

        string[] keys = node.Labels("keys_strings", "keys_int64s") ?? FloatLabels(node, "keys_floats") ?? TensorLabels(node, "keys_tensor")
            ?? node.Labels("classes_strings", "") ?? throw node.Refuse("has no keys", "export it again");
        string[] values = node.Labels("values_strings", "values_int64s") ?? FloatLabels(node, "values_floats") ?? TensorLabels(node, "values_tensor")
            ?? [.. Enumerable.Range(0, keys.Length).Select(k => ClassValue.NumberLabel(k))];

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
            return at >= 0 ? values[at] : Default(node) ?? throw node.Refuse($"has no value for the class {ForeignName.Quote(label)}", "export it again");
        });
        return new ClassValue(chosen.Shape, chosen.Scores, labels, named: true);
    }

    // Since version 4 the lists may be tensors.
    private static string[]? TensorLabels(NodeContext node, string name) =>
        node.Attribute(name)?.Tensor is { } tensor ? ClassValue.LabelsOf(node, node.Decode(tensor, $"the tensor {name} of a LabelEncoder")) : null;

    // What a class becomes that is no key.
    private static string? Default(NodeContext node) =>
        TensorLabels(node, "default_tensor")?.FirstOrDefault() ?? node.Attribute("default_string")?.Text
        ?? (node.Attribute("default_int64") is { HasInteger: true } number ? ClassValue.NumberLabel(number.Integer) : null);

    private static string[]? FloatLabels(NodeContext node, string name) =>
        node.Floats(name) is { Length: > 0 } found ? Array.ConvertAll(found, ClassValue.NumberLabel) : null;
}
