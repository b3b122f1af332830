using System.Buffers.Binary;
using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Keras.Hdf5;

/// <summary>
/// An HDF5 file in memory, as far as h5py writes it for Keras: superblocks 0 to 3, groups of symbol tables or of link
/// messages, attributes in the object header, and datasets that are contiguous, compact, or in chunks under a version 1 B-tree.
/// Every address and every size is held against the file before anything is allocated for it, every step is paid for from
/// a <see cref="WorkBudget"/>, and no other file is ever opened.
/// </summary>
internal sealed class Hdf5File
{
    /// <summary>An address that leads nowhere.</summary>
    internal const ulong Undefined = ulong.MaxValue;

    private readonly byte[] _bytes;
    private readonly Dictionary<ulong, Dictionary<int, (int At, int Count)>> _heaps = [];

    /// <summary>Opens a file.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="budget">What it may cost; its name begins every refusal.</param>
    /// <param name="member">Its name in the archive that the budget's file is; null when it is that file.</param>
    internal Hdf5File(byte[] bytes, WorkBudget budget, string? member = null)
    {
        _bytes = bytes;
        Budget = budget;
        Name = member is null ? budget.File : $"{budget.File}: its {member}";
        if (!IsHdf5(bytes))
        {
            throw new InputRefusedException(member is null
                ? $"{Name} is no HDF5 file, which begins with \\x89HDF; give the file that model.save(\"model.keras\") wrote."
                : $"{Name} is no HDF5 file, so the weights are not there; save the model again with model.save(\"model.keras\"), or download it again.");
        }

        Root = new Hdf5Object(this, RootAddress());
    }

    /// <summary>What refusals call it: the file, or the member of an archive.</summary>
    internal string Name { get; }

    /// <summary>Bytes of the file.</summary>
    internal long Length => _bytes.Length;

    /// <summary>What the file may still cost.</summary>
    internal WorkBudget Budget { get; }

    /// <summary>The group that all others are in.</summary>
    internal Hdf5Object Root { get; }

    /// <summary>True when the bytes begin like an HDF5 file.</summary>
    internal static bool IsHdf5(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A]);

    /// <summary>A piece of the file, which must lie in it.</summary>
    internal ReadOnlySpan<byte> Bytes(ulong at, ulong count, string what)
    {
        if (at > (ulong)_bytes.Length || count > (ulong)_bytes.Length - at)
        {
            throw Damaged(at, $"{what} would reach beyond the end");
        }

        Budget.Steps(16 + (long)(count >> 3));
        return _bytes.AsSpan((int)at, (int)count);
    }

    /// <summary>A cursor over a piece of the file.</summary>
    internal Hdf5Cursor Cursor(ulong at, ulong count, string what)
    {
        _ = Bytes(at, count, what);
        return new Hdf5Cursor(this, _bytes, (int)at, (int)count, what);
    }

    /// <summary>Insists on the four letters that a structure begins with.</summary>
    internal void RequireSignature(ulong at, ReadOnlySpan<byte> signature, string what)
    {
        if (!Bytes(at, 4, what).SequenceEqual(signature))
        {
            throw Damaged(at, $"{what} does not begin with its mark");
        }
    }

    /// <summary>A refusal of what no HDF5 file may have.</summary>
    internal InputRefusedException Damaged(ulong at, string what) =>
        new($"{Name} is a damaged HDF5 file (byte {at}: {what}); save or download it again.");

    /// <summary>A refusal of what HDF5 has and Keras does not write.</summary>
    internal InputRefusedException Foreign(string what) =>
        new($"{Name} {what}, which Keras does not write; in Python, keras.models.load_model(FILE).save(\"model.keras\") writes a file that can be read.");

    /// <summary>An object of the heap that texts of any length lie in.</summary>
    internal ReadOnlySpan<byte> HeapObject(ulong address, int index)
    {
        if (!_heaps.TryGetValue(address, out Dictionary<int, (int At, int Count)>? heap))
        {
            _heaps[address] = heap = ReadHeap(address);
        }

        return heap.TryGetValue(index, out (int At, int Count) found)
            ? Bytes((ulong)found.At, (ulong)found.Count, "a text")
            : throw Damaged(address, $"the global heap has no object {index}");
    }

    // "GCOL", version, size of all; objects of index, references, size, data padded to 8 bytes; index 0 is what is free.
    private Dictionary<int, (int At, int Count)> ReadHeap(ulong address)
    {
        const string What = "the global heap";
        RequireSignature(address, "GCOL"u8, What);
        ulong size = BinaryPrimitives.ReadUInt64LittleEndian(Bytes(address, 16, What)[8..]);
        Hdf5Cursor cursor = Cursor(address, size, What);
        cursor.Skip(16);
        Dictionary<int, (int At, int Count)> objects = [];
        while (cursor.Left >= 16)
        {
            int index = cursor.UInt16();
            cursor.Skip(6);
            ulong count = cursor.UInt64();
            if (index == 0)
            {
                break;
            }

            Budget.Cells(8);
            ulong at = cursor.Position;
            cursor.Skip(count);
            cursor.Skip(Math.Min((8 - (count % 8)) % 8, (ulong)cursor.Left));
            if (!objects.TryAdd(index, ((int)at, (int)count)))
            {
                throw Damaged(at, $"{What} has two objects {index}");
            }
        }

        return objects;
    }

    private ulong RootAddress()
    {
        const string What = "the superblock";
        Hdf5Cursor cursor = Cursor(8, (ulong)Math.Min(_bytes.Length - 8, 128), What);
        int version = cursor.Byte();
        bool old = version < 2;
        if (version > 3)
        {
            throw Damaged(8, $"{What} has the version {version}");
        }

        cursor.Skip(old ? 4u : 0);
        if (cursor.Byte() != 8 || cursor.Byte() != 8)
        {
            throw Foreign("has addresses that are not 8 bytes long");
        }

        // Old: a reserved byte, sizes of B-tree nodes, flags; in version 1 another size of B-tree nodes.
        cursor.Skip(old ? (version == 1 ? 13u : 9u) : 1u);
        if (cursor.UInt64() != 0)
        {
            throw Foreign("has something before its HDF5 content");
        }

        // Old: free space, end of file, driver, the offset of the root's name. New: extension, end of file.
        cursor.Skip(old ? 32u : 16u);
        return cursor.UInt64();
    }
}
