using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>Tensors put side by side along an axis (option 0), and a fused activation (option 1).</summary>
internal sealed class Concatenation() : TfLiteOperator(2, "CONCATENATION")
{
    internal override Value Evaluate(TfLiteNode node)
    {
        Value[] parts = [.. Enumerable.Range(0, node.Inputs.Length).Select(i => LayerBuilder.ToLayer(node, node.Input(i)))];
        return FusedActivation.Apply(node, Junction.Of(node, parts, node.OptionInt(0)), node.OptionByte(1));
    }
}
