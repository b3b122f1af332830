using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>Integers with a scale that is computed from each row, the scale, and the zero point.</summary>
internal sealed class DynamicQuantizeLinear() : OnnxOperator("DynamicQuantizeLinear")
{
    internal override Value Evaluate(NodeContext node) => EvaluateAll(node)[0];

    internal override Value[] EvaluateAll(NodeContext node)
    {
        object step = new();
        node.Quantisation.SetRounded();
        return [new RowScaled(node.Affine(0), step), new RowStep(new ConstantValue([], [1]), step), new RowZero(step)];
    }
}
