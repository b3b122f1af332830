using System.Text;

namespace NeuralEdge.Learning.Import.Keras.Hdf5;

/// <summary>The links of a group as HDF5 has written them from its beginnings: names in a local heap, a B-tree of their places.</summary>
internal sealed class Hdf5SymbolTable(Hdf5File file, Action<string, ulong> add)
{
    private const int LongestName = 1024;

    private ulong _names;
    private ulong _namesSize;

    /// <summary>Reads all of them.</summary>
    /// <param name="tree">The address of the B-tree.</param>
    /// <param name="heap">The address of the heap.</param>
    internal void Read(ulong tree, ulong heap)
    {
        const string What = "a local heap";
        file.RequireSignature(heap, "HEAP"u8, What);
        Hdf5Cursor cursor = file.Cursor(heap, 32, What);
        cursor.Skip(8);
        _namesSize = cursor.UInt64();
        cursor.Skip(8);
        _names = cursor.UInt64();
        _ = file.Bytes(_names, _namesSize, What);
        Node(tree, Hdf5Tree.AnyLevel);
    }

    private void Node(ulong address, int below) =>
        Hdf5Tree.Read(file, address, kind: 0, keyBytes: 8, below, (_, child, level) =>
        {
            if (level > 0)
            {
                Node(child, level);
            }
            else
            {
                Symbols(child);
            }
        });

    // "SNOD", version, a count; entries of the name's place, the address, whether it is a soft link (2).
    private void Symbols(ulong address)
    {
        const string What = "a symbol table";
        const int EntryBytes = 40;
        file.RequireSignature(address, "SNOD"u8, What);
        Hdf5Cursor head = file.Cursor(address, 8, What);
        head.Skip(6);
        int count = head.UInt16();
        Hdf5Cursor cursor = file.Cursor(address + 8, (ulong)(count * EntryBytes), What);
        for (int i = 0; i < count; i++)
        {
            ulong name = cursor.UInt64();
            ulong place = cursor.UInt64();
            uint kind = cursor.UInt32();
            cursor.Skip(20);
            add(Name(name), kind == 2 ? Hdf5File.Undefined : place);
        }
    }

    private string Name(ulong offset)
    {
        if (offset >= _namesSize)
        {
            throw file.Damaged(_names, "a name lies outside its heap");
        }

        ReadOnlySpan<byte> text = file.Bytes(_names + offset, Math.Min(_namesSize - offset, LongestName), "a name");
        int end = text.IndexOf((byte)0);
        return end >= 0 ? Encoding.UTF8.GetString(text[..end]) : throw file.Damaged(_names + offset, "a name has no end");
    }
}
