using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>x times the normal distribution's integral up to x, or by tanh (option 0).</summary>
internal sealed class Gelu() : TfLiteOperator(150, "GELU")
{
    internal override Value Evaluate(TfLiteNode node) =>
        Pointwise.Apply(node, node.Input(0), s => node.OptionByte(0) != 0 ? ActivationLibrary.GeluTanh(s) : ActivationLibrary.Gelu(s));
}
