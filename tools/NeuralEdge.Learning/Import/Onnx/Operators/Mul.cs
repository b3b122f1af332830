using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The product, element by element: with a constant, or of parts of an activation.</summary>
internal sealed class Mul() : OnnxOperator("Mul")
{
    internal override Value Evaluate(NodeContext node) => (node.Input(0), node.Input(1)) switch
    {
        (RowStep step, ConstantValue c) => Scaled(node, step, c),
        (ConstantValue c, RowStep step) => Scaled(node, step, c),
        (RowScaled x, RowStep step) when x.Step == step.Step => Elementwise.Multiply(node, x.Real, step.Factors),
        (RowStep step, RowScaled x) when x.Step == step.Step => Elementwise.Multiply(node, x.Real, step.Factors),
        (RowScaled x, ConstantValue c) => new RowScaled((AffineValue)Elementwise.Multiply(node, x.Real, c), x.Step),
        var (a, b) => Elementwise.Multiply(node, a, b),
    };

    private static RowStep Scaled(NodeContext node, RowStep step, ConstantValue c) =>
        new((ConstantValue)Elementwise.Multiply(node, step.Factors, c), step.Step);
}
