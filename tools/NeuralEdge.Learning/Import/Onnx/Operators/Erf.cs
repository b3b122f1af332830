using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The error function, of which GELU is made.</summary>
internal sealed class Erf() : ScalarOperator("Erf")
{
    protected override Scalar Of(NodeContext node, Scalar x) => Scalar.Apply(UnaryFunction.Erf, x);
}
