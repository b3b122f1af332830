using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>|x|, number by number.</summary>
internal sealed class Abs() : ScalarOperator("Abs")
{
    protected override Scalar Of(NodeContext node, Scalar x) => Scalar.Apply(UnaryFunction.Abs, x);
}
