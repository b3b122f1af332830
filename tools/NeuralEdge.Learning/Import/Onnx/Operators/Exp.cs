using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>e to the x, of which ELU and softplus are made.</summary>
internal sealed class Exp() : ScalarOperator("Exp")
{
    protected override Scalar Of(NodeContext node, Scalar x) => Scalar.Apply(UnaryFunction.Exp, x);
}
