using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>x times the normal distribution's integral, or by tanh, since opset 20.</summary>
internal sealed class Gelu() : ScalarOperator("Gelu")
{
    protected override Scalar Of(NodeContext node, Scalar x) => node.Text("approximate", "none") == "tanh" ? ActivationLibrary.GeluTanh(x) : ActivationLibrary.Gelu(x);
}
