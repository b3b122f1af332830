using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The natural logarithm, of which softplus is made.</summary>
internal sealed class Log() : ScalarOperator("Log")
{
    protected override Scalar Of(NodeContext node, Scalar x) => Scalar.Apply(UnaryFunction.Log, x);
}
