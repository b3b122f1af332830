using System.Text;
using Google.FlatBuffers;
using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.TfLite.Parsing;

/// <summary>
/// A table of a FlatBuffers file: fields by their numbers, each of which may be left out. Google.FlatBuffers follows the
/// offsets and checks each read against the end of the file. What it does not check is checked here: that offsets lead
/// forward, and that a list of fields is one; a field would be taken for left out otherwise. (Its Verifier is of no use:
/// it takes every table that lies beyond the first 32 KB for sound, and prints.)
/// </summary>
internal sealed class FlatTable
{
    // A list of fields begins with two lengths of two bytes each.
    private const int ShortestList = 4;

    private readonly Table _table;
    private readonly ByteBuffer _bytes;
    private readonly WorkBudget _budget;

    private FlatTable(int at, ByteBuffer bytes, WorkBudget budget)
    {
        _table = new Table(at, bytes);
        _bytes = bytes;
        _budget = budget;
        int list = at - bytes.GetInt(at);
        int length = bytes.GetShort(list);
        Require(length >= ShortestList && length % 2 == 0);

        // Its end is inside the file too.
        bytes.GetShort(list + length - 2);
    }

    /// <summary>The table that a file begins with.</summary>
    /// <param name="file">The whole file: the offset of the table, and the mark of four letters, at least.</param>
    /// <param name="budget">What the file may still cost.</param>
    internal static FlatTable Root(byte[] file, WorkBudget budget)
    {
        ByteBuffer bytes = new(file);
        return Guard(budget, () => new FlatTable(bytes.GetInt(0), bytes, budget));
    }

    /// <summary>A byte.</summary>
    internal int Byte(int field, int otherwise) => Read(field, otherwise, offset => _bytes.Get(At(offset)));

    /// <summary>A signed 32-bit integer.</summary>
    internal int Int(int field, int otherwise) => Read(field, otherwise, offset => _bytes.GetInt(At(offset)));

    /// <summary>A 64-bit integer.</summary>
    internal long Long(int field, long otherwise) => Read(field, otherwise, offset => _bytes.GetLong(At(offset)));

    /// <summary>A single-precision number.</summary>
    internal float Single(int field, float otherwise) => Read(field, otherwise, offset => _bytes.GetFloat(At(offset)));

    /// <summary>A table, null when left out.</summary>
    internal FlatTable? Table(int field) => Read(field, null, offset => Indirect(At(offset)));

    /// <summary>A vector of tables, empty when left out.</summary>
    internal FlatTable[] Tables(int field, int most, string things) => Vector(field, 4, most, things, Indirect);

    /// <summary>A vector of 32-bit integers, empty when left out.</summary>
    internal int[] Ints(int field, int most, string things) => Vector(field, 4, most, things, _bytes.GetInt);

    /// <summary>A vector of 64-bit integers, empty when left out.</summary>
    internal long[] Longs(int field, int most, string things) => Vector(field, 8, most, things, _bytes.GetLong);

    /// <summary>A vector of single-precision numbers, empty when left out.</summary>
    internal float[] Singles(int field, int most, string things) => Vector(field, 4, most, things, _bytes.GetFloat);

    /// <summary>A vector of bytes, where it lies; empty when left out.</summary>
    internal ReadOnlySpan<byte> Bytes(int field) => Read<ArraySegment<byte>>(
        field, [], offset => _bytes.ToArraySegment(Forward(At(offset)) + sizeof(int), _table.__vector_len(offset)));

    /// <summary>A text, empty when left out.</summary>
    internal string Text(int field)
    {
        ReadOnlySpan<byte> bytes = Bytes(field);
        return Encoding.UTF8.GetString(bytes.Length <= TfLiteLimits.LongestText ? bytes : bytes[..TfLiteLimits.LongestText]);
    }

    private int At(int offset) => _table.bb_pos + offset;

    private int Forward(int at)
    {
        int target = _table.__indirect(at);
        Require(target >= at);
        return target;
    }

    private FlatTable Indirect(int at) => new(Forward(at), _bytes, _budget);

    private T[] Vector<T>(int field, int size, int most, string things, Func<int, T> read) => Read<T[]>(field, [], offset =>
    {
        int start = Forward(At(offset)) + sizeof(int);
        uint count = (uint)_table.__vector_len(offset);
        if (count > most)
        {
            throw new InputRefusedException($"{_budget.File} has {count} {things}, and at most {most} are read; export a smaller network.");
        }

        _budget.Cells(count);
        T[] items = new T[count];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = read(start + (size * i));
        }

        return items;
    });

    private T Read<T>(int field, T otherwise, Func<int, T> read) => Guard(_budget, () =>
    {
        // 0 stands for a field left out.
        int offset = _table.__offset(ShortestList + (2 * field));
        Require(offset >= 0);
        return offset == 0 ? otherwise : read(offset);
    });

    private static void Require(bool sound)
    {
        if (!sound)
        {
            // As the library says that a place is outside the file.
            throw new ArgumentOutOfRangeException(nameof(sound));
        }
    }

    private static T Guard<T>(WorkBudget budget, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArgumentException)
        {
            throw new InputRefusedException($"{budget.File} points outside itself, so it is no whole TensorFlow Lite file; copy or export it again.");
        }
    }
}
