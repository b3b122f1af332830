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

/// <summary>Numbers known from the file.</summary>
internal sealed class NumberValue(int[] shape, double[] data) : Value(shape)
{
    internal double[] Data { get; } = data;

    internal override int Count => Data.Length;

    internal override Value Reshaped(int[] shape) => new NumberValue(shape, Data);

    internal override Value Pick(int[] shape, int[] source) => new NumberValue(shape, Array.ConvertAll(source, k => Data[k]));
}

/// <summary>Texts known from the file: the labels of classes.</summary>
internal sealed class TextValue(int[] shape, string[] data) : Value(shape)
{
    internal string[] Data { get; } = data;

    internal override int Count => Data.Length;

    internal override Value Reshaped(int[] shape) => new TextValue(shape, Data);

    internal override Value Pick(int[] shape, int[] source) => new TextValue(shape, Array.ConvertAll(source, k => Data[k]));
}

/// <summary>Numbers that depend on the inputs: each a weighted sum of one stage's numbers.</summary>
internal sealed class SymbolValue(int[] shape, Stage stage, Affine[] elements, string[]? labels = null) : Value(shape)
{
    internal Stage Stage { get; } = stage;

    internal Affine[] Elements { get; } = elements;

    /// <summary>Names of the elements, where the file gives them.</summary>
    internal string[]? Labels { get; } = labels;

    internal override int Count => Elements.Length;

    /// <summary>True when each element depends on one number of the stage only.</summary>
    internal bool IsElementwise => Array.TrueForAll(Elements, e => e.Indices.Length <= 1);

    /// <summary>True when it is the stage itself, in its order.</summary>
    internal bool IsStage
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

            return Elements.Length == Stage.Width;
        }
    }

    /// <summary>All numbers of a stage.</summary>
    internal static SymbolValue Of(Stage stage, int[] shape) => new(shape, stage, Array.ConvertAll(stage.All, Affine.Of));

    internal SymbolValue WithLabels(string[] labels) => new(Shape, Stage, Elements, labels);

    internal override Value Reshaped(int[] shape) => new SymbolValue(shape, Stage, Elements, Labels);

    internal override Value Pick(int[] shape, int[] source) => new SymbolValue(shape, Stage, Array.ConvertAll(source, k => Elements[k]));
}

/// <summary>The class with the largest score: an index, or the label it stands for.</summary>
internal sealed class ClassValue(int[] shape, SymbolValue scores, string[] labels, bool named) : Value(shape)
{
    internal SymbolValue Scores { get; } = scores;

    /// <summary>One for each score; "0", "1", ... as long as no node gives names.</summary>
    internal string[] Labels { get; } = labels;

    /// <summary>True when the labels came from the file.</summary>
    internal bool Named { get; } = named;

    internal override int Count => 1;

    internal override Value Reshaped(int[] shape) => new ClassValue(shape, Scores, Labels, Named);

    internal override Value Pick(int[] shape, int[] source) => new ClassValue(shape, Scores, Labels, Named);
}
