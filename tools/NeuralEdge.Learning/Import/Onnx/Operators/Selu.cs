using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>gamma times an ELU.</summary>
internal sealed class Selu() : ScalarOperator("Selu")
{
    protected override Scalar Of(NodeContext node, Scalar x) => ActivationLibrary.Selu(x, node.Float("alpha", 1.67326319217681884765625), node.Float("gamma", 1.05070102214813232421875));
}
