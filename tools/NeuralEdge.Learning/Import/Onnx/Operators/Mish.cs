using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>x * tanh(softplus(x)), since opset 18.</summary>
internal sealed class Mish() : ScalarOperator("Mish")
{
    protected override Scalar Of(NodeContext node, Scalar x) => ActivationLibrary.Mish(x);
}
