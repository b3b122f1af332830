namespace NeuralEdge.Learning.Import.Folding;

/// <summary>Numbers known from the file.</summary>
internal sealed class ConstantValue(int[] shape, double[] data) : Value(shape)
{
    internal double[] Data { get; } = data;

    internal override int Count => Data.Length;

    internal override Value Reshaped(int[] shape) => new ConstantValue(shape, Data);

    internal override Value Pick(int[] shape, int[] source) => new ConstantValue(shape, Array.ConvertAll(source, k => Data[k]));

    /// <summary>The same change to every number.</summary>
    internal ConstantValue Map(INodeContext node, Converter<double, double> change)
    {
        node.Budget.Cells(Count);
        return new ConstantValue(Shape, Array.ConvertAll(Data, change));
    }
}
