using System.Globalization;

namespace NeuralEdge.Learning.Import.Folding;

/// <summary>The class with the largest score: an index, or the label it stands for.</summary>
internal sealed class ClassValue(int[] shape, AffineValue scores, string[] labels, bool named) : Value(shape)
{
    internal AffineValue Scores { get; } = scores;

    /// <summary>One for each score; "0", "1", ... as long as no node gives names.</summary>
    internal string[] Labels { get; } = labels;

    /// <summary>True when the labels came from the file.</summary>
    internal bool Named { get; } = named;

    internal override int Count => 1;

    internal override Value Reshaped(int[] shape) => new ClassValue(shape, Scores, Labels, Named);

    internal override Value Pick(int[] shape, int[] source) => new ClassValue(shape, Scores, Labels, Named);

    /// <summary>A class that is a number, as people write it.</summary>
    internal static string NumberLabel(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The label at the index of the class: what picking among constants by the index makes.</summary>
    internal ClassValue PickLabel(INodeContext node, Value names)
    {
        string[] labels = LabelsOf(node, names);
        return labels.Length == Labels.Length && !Named
            ? new ClassValue(Shape, Scores, labels, named: true)
            : throw node.Refuse($"has {labels.Length} labels for {Labels.Length} classes", "export it again");
    }

    /// <summary>Constants as labels.</summary>
    internal static string[] LabelsOf(INodeContext node, Value names) => names switch
    {
        TextValue texts => texts.Data,
        ConstantValue numbers => Array.ConvertAll(numbers.Data, NumberLabel),
        _ => throw node.Refuse("picks among values that depend on the inputs", "export a network without it"),
    };
}
