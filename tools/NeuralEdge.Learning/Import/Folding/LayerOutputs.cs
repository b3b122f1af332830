using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.Folding;

/// <summary>The outputs of a layer, or of the input layer: the numbers that the next layer's weights multiply.</summary>
internal sealed class LayerOutputs
{
    private LayerOutputs(int width, LayerOutputs? previous, FloatLayer? layer, Scalar? function)
    {
        Previous = previous;
        Layer = layer;
        Function = function;
        Depth = previous is null ? 0 : previous.Depth + 1;
        Indices = [.. Enumerable.Range(0, width)];
    }

    /// <summary>The network's inputs.</summary>
    internal static LayerOutputs InputLayer(int width) => new(width, null, null, null);

    /// <summary>The outputs of a layer that takes these.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="function">Its activation as an expression of one number; null when it is none.</param>
    internal LayerOutputs Then(FloatLayer layer, Scalar? function) => new(layer.OutputCount, this, layer, function);

    /// <summary>What the layer takes; null of the input layer.</summary>
    internal LayerOutputs? Previous { get; }

    /// <summary>The layer whose outputs these are; null of the input layer.</summary>
    internal FloatLayer? Layer { get; }

    /// <summary>The layer's activation as an expression; null of the input layer and of softmax.</summary>
    internal Scalar? Function { get; }

    /// <summary>Layers up to here, the input layer not counted.</summary>
    internal int Depth { get; }

    /// <summary>0, 1, ... one for each output; shared by all dense rows.</summary>
    internal int[] Indices { get; }

    /// <summary>How many outputs.</summary>
    internal int Width => Indices.Length;

    /// <summary>True when nothing but the arg-max may follow.</summary>
    internal bool IsSoftmax => Layer?.Activation == Activation.Softmax;

    /// <summary>What an output of the layer was before its activation: a form over <see cref="Previous"/>.</summary>
    internal AffineForm SumOf(int output) => new(Previous!.Indices, Layer!.Weights[output], Layer.Bias[output]);
}
