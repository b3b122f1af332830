using System.Text;

namespace NeuralEdge.Tests.Import.TfLite;

/// <summary>A FlatBuffers table to be written: fields by their numbers.</summary>
internal sealed class FlatFields : SortedDictionary<int, object>
{
}

/// <summary>A table that several fields point to; it is written once, at the end.</summary>
internal sealed record SharedTable(FlatFields Fields);

/// <summary>Writes FlatBuffers front to back, each table before what it points to: the tests' own hand.</summary>
internal sealed class FlatWriter
{
    private readonly List<byte> _bytes = [];
    private readonly List<(int At, SharedTable Table)> _shared = [];

    /// <summary>A file with its mark of four letters.</summary>
    internal static byte[] Write(FlatFields root, string mark)
    {
        FlatWriter writer = new();
        writer._bytes.AddRange(new byte[4]);
        writer._bytes.AddRange(Encoding.ASCII.GetBytes(mark));
        writer.Patch(0, writer.Table(root));
        foreach (IGrouping<SharedTable, int> shared in writer._shared.GroupBy(s => s.Table, s => s.At).ToArray())
        {
            int table = writer.Table(shared.Key.Fields);
            foreach (int at in shared)
            {
                writer.Patch(at, table);
            }
        }

        return [.. writer._bytes];
    }

    private int Table(FlatFields fields)
    {
        Align(8);
        int slots = fields.Count == 0 ? 0 : fields.Keys.Max() + 1;
        int list = _bytes.Count;
        int listLength = (4 + (2 * slots) + 7) / 8 * 8;
        _bytes.AddRange(new byte[listLength]);
        int table = _bytes.Count;
        Put(list, BitConverter.GetBytes((ushort)(4 + (2 * slots))));
        _bytes.AddRange(BitConverter.GetBytes(table - list));
        List<(int At, object Value)> pointers = [];
        foreach ((int field, object value) in fields)
        {
            byte[] inline = value switch
            {
                byte b => [b],
                int i => BitConverter.GetBytes(i),
                float f => BitConverter.GetBytes(f),
                long l => BitConverter.GetBytes(l),
                _ => new byte[4],
            };
            Align(inline.Length);
            Put(list + 4 + (2 * field), BitConverter.GetBytes((ushort)(_bytes.Count - table)));
            if (value is not (byte or int or float or long))
            {
                pointers.Add((_bytes.Count, value));
            }

            _bytes.AddRange(inline);
        }

        Put(list + 2, BitConverter.GetBytes((ushort)(_bytes.Count - table)));
        foreach ((int at, object value) in pointers)
        {
            if (value is SharedTable shared)
            {
                _shared.Add((at, shared));
                continue;
            }

            Patch(at, Target(value));
        }

        return table;
    }

    private int Target(object value)
    {
        switch (value)
        {
            case FlatFields table:
                return Table(table);
            case FlatFields[] tables:
                int vector = Vector(tables.Length, new byte[4 * tables.Length], 4);
                for (int i = 0; i < tables.Length; i++)
                {
                    Patch(vector + 4 + (4 * i), Table(tables[i]));
                }

                return vector;
            case string text:
                return Vector(Encoding.UTF8.GetByteCount(text), [.. Encoding.UTF8.GetBytes(text), 0], 1);
            case byte[] bytes:
                return Vector(bytes.Length, bytes, 1);
            case int[] ints:
                return Vector(ints.Length, [.. ints.SelectMany(BitConverter.GetBytes)], 4);
            case float[] floats:
                return Vector(floats.Length, [.. floats.SelectMany(BitConverter.GetBytes)], 4);
            case long[] longs:
                return Vector(longs.Length, [.. longs.SelectMany(BitConverter.GetBytes)], 8);
            default:
                throw new ArgumentException($"No vector of {value.GetType().Name}.", nameof(value));
        }
    }

    private int Vector(int count, byte[] content, int size)
    {
        Align(4);
        while ((_bytes.Count + 4) % size != 0)
        {
            _bytes.Add(0);
        }

        int at = _bytes.Count;
        _bytes.AddRange(BitConverter.GetBytes(count));
        _bytes.AddRange(content);
        return at;
    }

    private void Align(int size)
    {
        while (_bytes.Count % size != 0)
        {
            _bytes.Add(0);
        }
    }

    private void Patch(int at, int target) => Put(at, BitConverter.GetBytes(target - at));

    private void Put(int at, byte[] value)
    {
        for (int i = 0; i < value.Length; i++)
        {
            _bytes[at + i] = value[i];
        }
    }
}
