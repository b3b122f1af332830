namespace NeuralEdge.Learning.Import.Folding;

/// <summary>Numbers that depend on the inputs: each an affine form over the outputs of one layer.</summary>
internal sealed class AffineValue(int[] shape, LayerOutputs source, AffineForm[] elements, string[]? labels = null) : Value(shape)
{
    /// <summary>What the elements are affine forms over.</summary>
    internal LayerOutputs Source { get; } = source;

    internal AffineForm[] Elements { get; } = elements;

    /// <summary>Names of the elements, where the file gives them.</summary>
    internal string[]? Labels { get; } = labels;

    internal override int Count => Elements.Length;

    /// <summary>True when each element depends on one output of the layer only.</summary>
    internal bool IsElementwise => Array.TrueForAll(Elements, e => e.Indices.Length <= 1);

    /// <summary>True when it is all outputs of the layer, in their order and unchanged.</summary>
    internal bool IsUnchanged
    {
        get
        {
            for (int k = 0; k < Elements.Length; k++)
            {
                if (!Elements[k].IsExactly(k))
                {
                    return false;
                }
            }

            return Elements.Length == Source.Width;
        }
    }

    /// <summary>All outputs of a layer.</summary>
    internal static AffineValue Of(LayerOutputs source, int[] shape) => new(shape, source, Array.ConvertAll(source.Indices, AffineForm.Of));

    internal AffineValue WithLabels(string[] labels) => new(Shape, Source, Elements, labels);

    internal override Value Reshaped(int[] shape) => new AffineValue(shape, Source, Elements, Labels);

    internal override Value Pick(int[] shape, int[] source) => new AffineValue(shape, Source, Array.ConvertAll(source, k => Elements[k]));

    /// <summary>The same change to every element; <paramref name="change"/> is given the element and its place.</summary>
    internal AffineValue Map(INodeContext node, Func<AffineForm, int, AffineForm> change)
    {
        node.Budget.Cells(Elements.Sum(e => (long)e.Factors.Length));
        return new AffineValue(Shape, Source, [.. Elements.Select(change)]);
    }
}
