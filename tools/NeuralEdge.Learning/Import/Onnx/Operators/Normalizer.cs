using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>Division by the sum: probabilities, which add up to 1, stay as they are.</summary>
internal sealed class Normalizer() : OnnxOperator("Normalizer", ClassicalDomain)
{
    internal override Value Evaluate(NodeContext node)
    {
        AffineValue x = node.Affine(0);
        return node.Text("norm", "MAX") == "L1" && ((x.Source.IsSoftmax && x.IsUnchanged) || IsPair(x))
            ? x
            : throw node.Refuse(
                "divides values by their sum or size",
                "only probabilities that add up to 1 stay as they are, so train a softmax (multinomial) classifier, or take the class alone with --output");
    }

    // sigmoid(s) and sigmoid(-s) add up to 1.
    private static bool IsPair(AffineValue x)
    {
        if (x.Count != 2 || !x.IsUnchanged || x.Source.Function is not AppliedScalar { X: VariableScalar, Function: UnaryFunction.Sigmoid })
        {
            return false;
        }

        (AffineForm a, AffineForm b) = (x.Source.SumOf(0), x.Source.SumOf(1));
        return a.Offset == -b.Offset && a.Factors.Zip(b.Factors).All(f => f.First == -f.Second);
    }
}
