using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>log(1 + e to the x).</summary>
internal sealed class Softplus() : ScalarOperator("Softplus")
{
    protected override Scalar Of(NodeContext node, Scalar x) => Scalar.Apply(UnaryFunction.Softplus, x);
}
