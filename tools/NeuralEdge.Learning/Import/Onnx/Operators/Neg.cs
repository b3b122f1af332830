using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The negative.</summary>
internal sealed class Neg() : OnnxOperator("Neg")
{
    internal override Value Evaluate(NodeContext node) => node.Input(0) switch
    {
        ConstantValue x => x.Map(node, n => -n),
        AffineValue x => x.Map(node, (e, _) => e.Times(-1)),
        var x => Elementwise.Multiply(node, x, new ConstantValue([], [-1])),
    };
}
