namespace NeuralEdge.Learning.Import.Folding;

/// <summary>What a tensor of a foreign graph holds, for one row of inputs.</summary>
internal abstract class Value
{
    private protected Value(int[] shape) => Shape = shape;

    /// <summary>Sizes of the dimensions; empty of a scalar.</summary>
    internal int[] Shape { get; }

    /// <summary>How many elements.</summary>
    internal abstract int Count { get; }

    /// <summary>The same elements in another shape of the same count.</summary>
    internal abstract Value Reshaped(int[] shape);

    /// <summary>Chosen elements in a shape of their count.</summary>
    internal abstract Value Pick(int[] shape, int[] source);
}
