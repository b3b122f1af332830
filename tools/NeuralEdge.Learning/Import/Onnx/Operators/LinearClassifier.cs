using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>A row of weights for each class: the class of the largest sum, and the sums or what is made of them.</summary>
internal sealed class LinearClassifier() : OnnxOperator("LinearClassifier", ClassicalDomain)
{
    internal override Value Evaluate(NodeContext node) => EvaluateAll(node)[0];

    internal override Value[] EvaluateAll(NodeContext node)
    {
        AffineValue x = node.Affine(0);
        string[]? labels = node.Labels("classlabels_strings", "classlabels_ints");
        double[] coefficients = node.Floats("coefficients");
        double[] intercepts = node.Floats("intercepts");
        int rows = intercepts.Length > 0 ? intercepts.Length : x.Count == 0 ? 0 : coefficients.Length / x.Count;
        if (rows is < 1 or > NetworkLimits.WidestLayer || coefficients.Length != rows * x.Count)
        {
            throw node.Refuse($"has {coefficients.Length} coefficients for {rows} classes and {x.Count} inputs", "export it again");
        }

        double[][] weights = [.. Enumerable.Range(0, rows).Select(r => coefficients[(r * x.Count)..((r + 1) * x.Count)])];
        AffineForm[] sums = [.. WeightedSums.Of(node, x, weights).Select((s, r) => s.Plus(intercepts.Length == 0 ? 0 : intercepts[r]))];
        string after = node.Text("post_transform", "NONE");
        if (rows == 1 && labels is null or { Length: 2 })
        {
            return OfTwo(node, x, sums[0], labels ?? ["0", "1"], after);
        }

        AffineValue scores = new([1, rows], x.Source, sums);
        labels ??= [.. Enumerable.Range(0, rows).Select(r => ClassValue.NumberLabel(r))];
        if (labels.Length != rows)
        {
            throw node.Refuse($"has {labels.Length} labels for {rows} classes", "export it again");
        }

        AffineValue results = after switch
        {
            "NONE" => scores,
            "SOFTMAX" => LayerBuilder.Activate(node, scores, Activation.Softmax),
            "LOGISTIC" => LayerBuilder.Activate(node, scores, Activation.Sigmoid),
            _ => throw Unknown(node, after),
        };
        return [new ClassValue([1], scores, labels, named: true), results.WithLabels(labels)];
    }

    // One sum tells two classes apart: above 0 it is the second. Without a transform ONNX Runtime gives 1 - sum and the sum.
    private static Value[] OfTwo(NodeContext node, AffineValue x, AffineForm sum, string[] labels, string after)
    {
        AffineValue scores = new([1, 2], x.Source, [sum.Times(-1), sum]);
        AffineValue results = after switch
        {
            "NONE" => new AffineValue([1, 2], x.Source, [sum.Times(-1).Plus(1), sum]),
            "LOGISTIC" => LayerBuilder.Activate(node, scores, Activation.Sigmoid),
            _ => throw Unknown(node, after),
        };
        return [new ClassValue([1], scores, labels, named: true), results.WithLabels(labels)];
    }

    private static Conversion.InputRefusedException Unknown(NodeContext node, string after) =>
        node.Refuse($"makes its scores by {ForeignName.Quote(after)}", "export it with SOFTMAX, LOGISTIC or NONE");
}
