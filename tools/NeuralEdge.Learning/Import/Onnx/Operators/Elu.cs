using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>x, or alpha * (e to the x - 1) below 0.</summary>
internal sealed class Elu() : ScalarOperator("Elu")
{
    protected override Scalar Of(NodeContext node, Scalar x) => ActivationLibrary.Elu(x, node.Float("alpha", 1));
}
