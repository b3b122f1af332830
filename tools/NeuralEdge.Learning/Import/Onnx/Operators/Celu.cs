using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>x, or alpha * (e to the x / alpha - 1) below 0, since opset 12.</summary>
internal sealed class Celu() : ScalarOperator("Celu")
{
    protected override Scalar Of(NodeContext node, Scalar x) => ActivationLibrary.Celu(x, node.Float("alpha", 1));
}
