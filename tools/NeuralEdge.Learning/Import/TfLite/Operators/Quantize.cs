using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>The same real numbers in 8 bits. The first one after a float input says what range it was calibrated for.</summary>
internal sealed class Quantize() : TfLiteOperator(114, "QUANTIZE")
{
    internal override Value Evaluate(TfLiteNode node)
    {
        if (node.Input(0) is ConstantValue constant)
        {
            return constant;
        }

        AffineValue x = node.Affine(0);
        if (x.Source.Depth == 0 && x.IsUnchanged)
        {
            node.Values.InputRange ??= node.Result.Range;
        }

        return x;
    }
}
