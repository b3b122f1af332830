using System.Buffers.Binary;
using System.Text;
using NeuralEdge.Conversion;

namespace NeuralEdge.Learning.Import.TfLite.Parsing;

/// <summary>A FlatBuffers file in memory; every offset is checked before it is followed.</summary>
internal sealed class FlatFile(byte[] bytes, string name)
{
    /// <summary>The file as refusals name it.</summary>
    internal string Name { get; } = name;

    /// <summary>The table that the file begins with.</summary>
    internal FlatTable Root() => Table(Offset(0));

    /// <summary>Bytes of the file, if it has them.</summary>
    internal ReadOnlySpan<byte> Span(long at, long length) =>
        at >= 0 && length >= 0 && at <= bytes.Length - length
            ? bytes.AsSpan((int)at, (int)length)
            : throw Broken();

    /// <summary>Where the offset at a place leads.</summary>
    internal long Offset(long at) => at + BinaryPrimitives.ReadUInt32LittleEndian(Span(at, 4));

    /// <summary>The table at a place.</summary>
    internal FlatTable Table(long at)
    {
        long fields = at - BinaryPrimitives.ReadInt32LittleEndian(Span(at, 4));
        int length = BinaryPrimitives.ReadUInt16LittleEndian(Span(fields, 2));
        return length >= 4 && length % 2 == 0 ? new FlatTable(this, at, Span(fields, length).ToArray()) : throw Broken();
    }

    internal InputRefusedException Broken() => new($"{Name} points outside itself, so it is no whole TensorFlow Lite file; copy or export it again.");
}

/// <summary>A table of a FlatBuffers file: fields by their numbers, each of which may be left out.</summary>
internal sealed class FlatTable(FlatFile file, long at, byte[] fields)
{
    /// <summary>A byte.</summary>
    internal int Byte(int field, int otherwise) => At(field) is long place ? file.Span(place, 1)[0] : otherwise;

    /// <summary>A signed 32-bit integer.</summary>
    internal int Int(int field, int otherwise) => At(field) is long place ? BinaryPrimitives.ReadInt32LittleEndian(file.Span(place, 4)) : otherwise;

    /// <summary>A 64-bit integer.</summary>
    internal long Long(int field, long otherwise) => At(field) is long place ? BinaryPrimitives.ReadInt64LittleEndian(file.Span(place, 8)) : otherwise;

    /// <summary>A single-precision number.</summary>
    internal float Single(int field, float otherwise) => At(field) is long place ? BinaryPrimitives.ReadSingleLittleEndian(file.Span(place, 4)) : otherwise;

    /// <summary>A table, null when left out.</summary>
    internal FlatTable? Table(int field) => At(field) is long place ? file.Table(file.Offset(place)) : null;

    /// <summary>A vector of tables, empty when left out.</summary>
    internal FlatTable[] Tables(int field, int most, string things)
    {
        (long start, int count) = Vector(field, 4, most, things);
        FlatTable[] tables = new FlatTable[count];
        for (int i = 0; i < count; i++)
        {
            tables[i] = file.Table(file.Offset(start + (4L * i)));
        }

        return tables;
    }

    /// <summary>A vector of 32-bit integers, empty when left out.</summary>
    internal int[] Ints(int field, int most, string things)
    {
        (long start, int count) = Vector(field, 4, most, things);
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = BinaryPrimitives.ReadInt32LittleEndian(file.Span(start + (4L * i), 4));
        }

        return numbers;
    }

    /// <summary>A vector of 64-bit integers, empty when left out.</summary>
    internal long[] Longs(int field, int most, string things)
    {
        (long start, int count) = Vector(field, 8, most, things);
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = BinaryPrimitives.ReadInt64LittleEndian(file.Span(start + (8L * i), 8));
        }

        return numbers;
    }

    /// <summary>A vector of single-precision numbers, empty when left out.</summary>
    internal float[] Singles(int field, int most, string things)
    {
        (long start, int count) = Vector(field, 4, most, things);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = BinaryPrimitives.ReadSingleLittleEndian(file.Span(start + (4L * i), 4));
        }

        return numbers;
    }

    /// <summary>A vector of bytes, where it lies; empty when left out.</summary>
    internal ReadOnlySpan<byte> Bytes(int field)
    {
        (long start, int count) = Vector(field, 1, int.MaxValue, "bytes");
        return file.Span(start, count);
    }

    /// <summary>A text, empty when left out.</summary>
    internal string Text(int field)
    {
        ReadOnlySpan<byte> bytes = Bytes(field);
        return Encoding.UTF8.GetString(bytes.Length <= TfLiteLimits.LongestText ? bytes : bytes[..TfLiteLimits.LongestText]);
    }

    private (long Start, int Count) Vector(int field, int size, int most, string things)
    {
        if (At(field) is not long place)
        {
            return (0, 0);
        }

        long vector = file.Offset(place);
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(file.Span(vector, 4));
        if (count > most)
        {
            throw new InputRefusedException($"{file.Name} has {count} {things}, and at most {most} are read; export a smaller network.");
        }

        file.Span(vector + 4, (long)count * size);
        return (vector + 4, (int)count);
    }

    // The first two numbers of a table's list of fields are lengths; 0 stands for a field left out.
    private long? At(int field)
    {
        int entry = 4 + (2 * field);
        if (entry + 2 > fields.Length)
        {
            return null;
        }

        int offset = BinaryPrimitives.ReadUInt16LittleEndian(fields.AsSpan(entry));
        return offset == 0 ? null : at + offset;
    }
}
