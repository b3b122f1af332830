using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>x * max(0, min(1, x / 6 + 1/2)), since opset 14.</summary>
internal sealed class HardSwish() : ScalarOperator("HardSwish")
{
    protected override Scalar Of(NodeContext node, Scalar x) => ActivationLibrary.HardSwish(x);
}
