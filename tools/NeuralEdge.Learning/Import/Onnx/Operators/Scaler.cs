using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>(x - offset) * scale, one of each for every feature or for all.</summary>
internal sealed class Scaler() : OnnxOperator("Scaler", ClassicalDomain)
{
    internal override Value Evaluate(NodeContext node)
    {
        AffineValue x = node.Affine(0);
        double[] offset = node.Floats("offset");
        double[] scale = node.Floats("scale");
        int features = x.Shape.Length == 0 ? 1 : x.Shape[^1];
        if ((offset.Length != features && offset.Length > 1) || (scale.Length != features && scale.Length > 1))
        {
            throw node.Refuse($"has {offset.Length} offsets and {scale.Length} scales for {features} inputs", "export it again");
        }

        AffineValue centred = x.Map(node, (e, k) => e.Plus(-At(offset, k % features, 0)));
        node.Scalers.Offer(centred, [.. Enumerable.Range(0, x.Count).Select(k => At(scale, k % features, 1))]);
        return centred.Map(node, (e, k) => e.Times(At(scale, k % features, 1)));
    }

    private static double At(double[] numbers, int index, double otherwise) =>
        numbers.Length == 0 ? otherwise : numbers[numbers.Length == 1 ? 0 : index];
}
