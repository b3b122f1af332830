using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>Probabilities out of beta times all scores; it ends the last layer. Option 0 is beta.</summary>
internal sealed class Softmax() : TfLiteOperator(25, "SOFTMAX")
{
    internal override Value Evaluate(TfLiteNode node)
    {
        AffineValue x = node.Affine(0);
        float beta = node.OptionSingle(0);
        if (!float.IsFinite(beta) || beta <= 0)
        {
            throw node.Refuse($"has the factor beta {beta:G4}", "export it again");
        }

        if (x.Shape.Length > 0 && x.Shape[^1] != x.Count)
        {
            throw node.Refuse($"normalises over the last axis of {TensorShape.Text(x.Shape)}, not over all outputs", "export the network for one row at a time");
        }

        return LayerBuilder.Activate(node, beta == 1 ? x : x.Map(node, (e, _) => e.Times(beta)), Activation.Softmax);
    }
}
