using System.Buffers.Binary;
using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.TfLite.Parsing;

/// <summary>The part of a TensorFlow Lite file that is looked at: its first graph.</summary>
internal sealed class TfLiteGraph
{
    private readonly FlatTable[] _buffers;
    private readonly WorkBudget _budget;

    /// <summary>Reads the tables; the numbers of tensors only when they are asked for.</summary>
    /// <exception cref="InputRefusedException">It is no sound file, or larger than any dense network.</exception>
    internal TfLiteGraph(byte[] file, WorkBudget budget)
    {
        _budget = budget;
        FlatTable model = FlatTable.Root(file, budget);
        FlatTable[] graphs = model.Tables(2, TfLiteLimits.MostOperators, "graphs");
        if (graphs.Length != 1)
        {
            throw new InputRefusedException($"{budget.File} has {graphs.Length} graphs where a network has one; export a plain dense network.");
        }

        Operators = Array.ConvertAll(
            model.Tables(1, TfLiteLimits.MostOperators, "kinds of operators"),
            code => Math.Max(code.Byte(0, 0), code.Int(3, 0)));
        _buffers = model.Tables(4, TfLiteLimits.MostTensors, "buffers");
        Tensors = Array.ConvertAll(graphs[0].Tables(0, TfLiteLimits.MostTensors, "tensors"), t => new TfLiteTensor(t));
        Inputs = graphs[0].Ints(1, TfLiteLimits.MostValuesOfOperator, "inputs");
        Outputs = graphs[0].Ints(2, TfLiteLimits.MostValuesOfOperator, "outputs");
        Nodes = graphs[0].Tables(3, TfLiteLimits.MostOperators, "operators");
    }

    /// <summary>Kinds of operators, by the numbers of TensorFlow Lite's schema.</summary>
    internal int[] Operators { get; }

    internal TfLiteTensor[] Tensors { get; }

    internal int[] Inputs { get; }

    internal int[] Outputs { get; }

    internal FlatTable[] Nodes { get; }

    /// <summary>The numbers of a tensor, null when it is computed.</summary>
    internal ConstantValue? Constant(TfLiteTensor tensor)
    {
        if (tensor.Buffer <= 0 || tensor.Buffer >= _buffers.Length)
        {
            return null;
        }

        FlatTable buffer = _buffers[tensor.Buffer];
        if (buffer.Long(1, 0) > 1)
        {
            throw new InputRefusedException($"{_budget.File}: tensor {ForeignName.Quote(tensor.Name)} keeps its numbers after the file's tables, as files above 2 GB do; export a smaller network.");
        }

        ReadOnlySpan<byte> bytes = buffer.Bytes(0);
        return bytes.Length == 0 ? null : Decode(tensor, bytes);
    }

    private ConstantValue Decode(TfLiteTensor tensor, ReadOnlySpan<byte> bytes)
    {
        int count = tensor.Shape.Length > TensorShape.MostDimensions ? -1 : TensorShape.Count(tensor.Shape);
        if (count < 0 || bytes.Length != (long)count * tensor.BytesOfElement)
        {
            throw new InputRefusedException(
                $"{_budget.File}: tensor {ForeignName.Quote(tensor.Name)} of the type {tensor.TypeName} and the shape {TensorShape.Text(tensor.Shape.Take(TensorShape.MostDimensions))} has {bytes.Length} bytes, which do not fit; export it again.");
        }

        _budget.Cells(count);
        double[] numbers = new double[count];
        for (int k = 0; k < count; k++)
        {
            ReadOnlySpan<byte> at = bytes.Slice(k * tensor.BytesOfElement, tensor.BytesOfElement);
            numbers[k] = tensor.Type switch
            {
                TfLiteTensor.Float32 => BinaryPrimitives.ReadSingleLittleEndian(at),
                TfLiteTensor.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(at),
                TfLiteTensor.Int32 => BinaryPrimitives.ReadInt32LittleEndian(at),
                TfLiteTensor.UInt8 => at[0],
                TfLiteTensor.Int64 => BinaryPrimitives.ReadInt64LittleEndian(at),
                TfLiteTensor.Int16 => BinaryPrimitives.ReadInt16LittleEndian(at),
                TfLiteTensor.Int8 => (sbyte)at[0],
                _ => BinaryPrimitives.ReadDoubleLittleEndian(at),
            };
        }

        return new ConstantValue(tensor.Shape, numbers);
    }
}
