using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>1 / x.</summary>
internal sealed class Reciprocal() : ScalarOperator("Reciprocal")
{
    protected override Scalar Of(NodeContext node, Scalar x) => Scalar.Combine(BinaryFunction.Divide, Scalar.Number(1), x);
}
