using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.TfLite.Nodes;

/// <summary>The activation that an operator has in its options, by the numbers of TensorFlow Lite's schema.</summary>
internal static class FusedActivation
{
    /// <summary>The sums with the activation after them.</summary>
    internal static Value Apply(TfLiteNode node, Value sums, int code) => code switch
    {
        0 => sums,
        1 => LayerBuilder.ActivateAny(node, sums, Activation.Relu),
        2 => LayerBuilder.Clip(node, sums, -1, 1),
        3 => LayerBuilder.Clip(node, sums, 0, 6),
        4 => LayerBuilder.ActivateAny(node, sums, Activation.Tanh),
        _ => throw node.Refuse($"has the fused activation number {code}", "train with tanh, relu or relu6"),
    };
}
