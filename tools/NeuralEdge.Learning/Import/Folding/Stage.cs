using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.Folding;

/// <summary>The numbers that later arithmetic is expressed in: the inputs, or the outputs of a layer.</summary>
internal sealed class Stage
{
    private Stage(int width, Stage? before, FloatLayer? layer)
    {
        Before = before;
        Layer = layer;
        Depth = before is null ? 0 : before.Depth + 1;
        All = [.. Enumerable.Range(0, width)];
    }

    /// <summary>The stage of a network's inputs.</summary>
    internal static Stage OfInputs(int width) => new(width, null, null);

    /// <summary>The stage after one more layer.</summary>
    internal Stage Then(FloatLayer layer) => new(layer.OutputCount, this, layer);

    /// <summary>The stage the layer takes; null of the inputs.</summary>
    internal Stage? Before { get; }

    /// <summary>The layer whose outputs these are; null of the inputs.</summary>
    internal FloatLayer? Layer { get; }

    /// <summary>Layers up to here.</summary>
    internal int Depth { get; }

    /// <summary>0, 1, ... one for each number; shared by all dense rows.</summary>
    internal int[] All { get; }

    /// <summary>How many numbers.</summary>
    internal int Width => All.Length;

    /// <summary>True when nothing but the arg-max may follow.</summary>
    internal bool IsSoftmax => Layer?.Activation == Activation.Softmax;
}
