using System.Buffers.Binary;
using System.Globalization;
using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Onnx.Parsing;

/// <summary>The numbers of a tensor, from whichever of the many forms it has.</summary>
internal static class TensorDecoder
{
    private const int TextType = 8;

    /// <summary>Element types by their numbers: name, bytes in raw data, the typed field.</summary>
    private static readonly Dictionary<long, (string Name, int Bytes, int Field)> Types = new()
    {
        [1] = ("float", 4, 4),
        [2] = ("uint8", 1, 5),
        [3] = ("int8", 1, 5),
        [4] = ("uint16", 2, 5),
        [5] = ("int16", 2, 5),
        [6] = ("int32", 4, 5),
        [7] = ("int64", 8, 7),
        [9] = ("bool", 1, 5),
        [10] = ("float16", 2, 5),
        [11] = ("double", 8, 10),
        [12] = ("uint32", 4, 11),
        [13] = ("uint64", 8, 11),
        [16] = ("bfloat16", 2, 5),
    };

    /// <summary>True for numbers an input may have.</summary>
    internal static bool IsNumber(long type) => Types.ContainsKey(type);

    /// <summary>True for float, double and the 16-bit floats.</summary>
    internal static bool IsFloat(long type) => type is 1 or 10 or 11 or 16;

    /// <summary>A type's name, for refusals.</summary>
    internal static string NameOf(long type) => Types.TryGetValue(type, out (string Name, int Bytes, int Field) known)
        ? known.Name
        : type == TextType ? "string" : string.Create(CultureInfo.InvariantCulture, $"number {type}");

    /// <summary>The values of a tensor.</summary>
    /// <exception cref="InputRefusedException">They are elsewhere, incomplete, or of a type that weights do not have.</exception>
    internal static Value Read(OnnxTensor tensor, WorkBudget budget, string where, ExternalData others)
    {
        return tensor.Decoded ??= Decode(tensor, budget, where, others);
    }

    private static Value Decode(OnnxTensor tensor, WorkBudget budget, string where, ExternalData others)
    {
        InputRefusedException Refuse(string what, string advice) => new($"{budget.File}: {where} {what}; {advice}.");

        if (tensor.IsSegment)
        {
            throw Refuse("is split into segments", "export it whole");
        }

        int count = tensor.Shape.Length > TensorShape.MostDimensions ? -1 : TensorShape.Count(tensor.Shape.Select(s => (long)s));
        if (count < 0)
        {
            throw Refuse(
                $"has an impossible shape ({tensor.Shape.Length} dimensions: {string.Join(",", tensor.Shape.Take(TensorShape.MostDimensions).Select(s => s.ToString("G6", CultureInfo.InvariantCulture)))})",
                $"at most {TensorShape.MostDimensions} dimensions and {TensorShape.MostElements} numbers are read, so export a smaller network");
        }

        int[] shape = Array.ConvertAll(tensor.Shape, s => (int)s);
        if (tensor.Type == TextType)
        {
            return tensor.Texts.Count == count
                && !tensor.IsExternal
                ? new TextValue(shape, [.. tensor.Texts])
                : throw Refuse($"has the shape {TensorShape.Text(shape)} but {tensor.Texts.Count} texts", "export it again");
        }

        if (!Types.TryGetValue(tensor.Type, out (string Name, int Bytes, int Field) type))
        {
            throw Refuse($"has elements of the type {NameOf(tensor.Type)}", "export it with float, double, float16 or bfloat16 weights");
        }

        ReadOnlyMemory<byte>? stored = tensor.IsExternal ? others.Read(tensor.External, (long)count * type.Bytes, Refuse) : tensor.Raw;
        if (stored is ReadOnlyMemory<byte> raw)
        {
            if (raw.Length != (long)count * type.Bytes)
            {
                throw Refuse($"has the shape {TensorShape.Text(shape)} of {type.Name} but {raw.Length} bytes", "copy or export it again");
            }

            budget.Cells(count);
            double[] numbers = new double[count];
            for (int k = 0; k < count; k++)
            {
                numbers[k] = FromBytes(raw.Span.Slice(k * type.Bytes, type.Bytes), tensor.Type);
            }

            return new ConstantValue(shape, numbers);
        }

        double[] typed = tensor.Typed.TryGetValue(type.Field, out double[]? list) ? list : [];
        return typed.Length == count
            ? new ConstantValue(shape, Array.ConvertAll(typed, t => FromField(t, tensor.Type)))
            : throw Refuse($"has the shape {TensorShape.Text(shape)} of {type.Name} but {typed.Length} numbers", "copy or export it again");
    }

    private static double FromBytes(ReadOnlySpan<byte> bytes, long type) => type switch
    {
        1 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        2 => bytes[0],
        3 => (sbyte)bytes[0],
        4 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        5 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        6 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        7 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        9 => bytes[0] == 0 ? 0 : 1,
        10 => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        11 => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        12 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        13 => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        _ => BFloat16(BinaryPrimitives.ReadUInt16LittleEndian(bytes)),
    };

    // Sixteen-bit floats in a field of integers are their bits; other types are their values.
    private static double FromField(double value, long type) => type switch
    {
        10 => (double)BitConverter.UInt16BitsToHalf(Bits(value)),
        16 => BFloat16(Bits(value)),
        _ => value,
    };

    private static ushort Bits(double value) => value is >= 0 and <= ushort.MaxValue ? (ushort)value : (ushort)0x7FFF;

    // The upper half of a float.
    private static double BFloat16(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);
}
