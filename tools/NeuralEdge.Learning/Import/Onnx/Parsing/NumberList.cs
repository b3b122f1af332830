using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Onnx.Parsing;

/// <summary>Numbers of one repeated field; the file pays for each block of them, whatever lengths it claims.</summary>
internal sealed class NumberList(WorkBudget budget)
{
    private const int Block = 64;

    private double[] _numbers = [];

    internal int Count { get; private set; }

    /// <summary>Integers beyond 2^53, which no weight and no size is, lose their last digits.</summary>
    internal void Add(double number)
    {
        if (Count == _numbers.Length)
        {
            int length = Math.Max(Block, 2 * Count);
            budget.Cells(length);
            Array.Resize(ref _numbers, length);
        }

        _numbers[Count++] = number;
    }

    internal double[] ToArray() => _numbers[..Count];
}
