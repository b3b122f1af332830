using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>Scores as a map from label to score: the scores, with names.</summary>
internal sealed class ZipMap() : OnnxOperator("ZipMap", ClassicalDomain)
{
    internal override Value Evaluate(NodeContext node)
    {
        AffineValue x = node.Affine(0);
        string[] labels = node.Labels("classlabels_strings", "classlabels_int64s") ?? throw node.Refuse("has no labels", "export it again");
        return labels.Length == x.Count
            ? x.WithLabels(labels)
            : throw node.Refuse($"has {labels.Length} labels for {x.Count} scores", "export it again");
    }
}
