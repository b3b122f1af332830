namespace NeuralEdge.Learning.Import.Folding;

/// <summary>Texts known from the file: the labels of classes.</summary>
internal sealed class TextValue(int[] shape, string[] data) : Value(shape)
{
    internal string[] Data { get; } = data;

    internal override int Count => Data.Length;

    internal override Value Reshaped(int[] shape) => new TextValue(shape, Data);

    internal override Value Pick(int[] shape, int[] source) => new TextValue(shape, Array.ConvertAll(source, k => Data[k]));
}
