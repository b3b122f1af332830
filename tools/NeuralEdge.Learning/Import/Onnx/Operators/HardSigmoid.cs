using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>max(0, min(1, alpha * x + beta)).</summary>
internal sealed class HardSigmoid() : ScalarOperator("HardSigmoid")
{
    protected override Scalar Of(NodeContext node, Scalar x) => ActivationLibrary.HardSigmoid(x, node.Float("alpha", 0.2f), node.Float("beta", 0.5));
}
