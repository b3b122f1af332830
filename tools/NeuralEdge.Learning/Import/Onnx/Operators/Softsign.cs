using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>x / (1 + |x|).</summary>
internal sealed class Softsign() : ScalarOperator("Softsign")
{
    protected override Scalar Of(NodeContext node, Scalar x) => ActivationLibrary.Softsign(x);
}
