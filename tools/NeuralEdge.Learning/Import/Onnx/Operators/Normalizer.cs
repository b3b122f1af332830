using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>Division by the sum: probabilities, which add up to 1, stay as they are.</summary>
internal sealed class Normalizer() : OnnxOperator("Normalizer", ClassicalDomain)
{
    internal override Value Evaluate(NodeContext node)
    {
        AffineValue x = node.Affine(0);
        return x.Source.IsSoftmax && x.IsUnchanged && node.Text("norm", "MAX") == "L1"
            ? x
            : throw node.Refuse("divides values by their sum or size", "only probabilities after Softmax may be normalised, so export the network without it");
    }
}
