using System.Text;
using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Keras.Hdf5;

/// <summary>A group or a dataset: what its object header says.</summary>
internal sealed class Hdf5Object
{
    private const int MostBlocks = 1024;

    /// <summary>What an object costs beyond its bytes, in numbers of 8 bytes.</summary>
    private const int Cost = 64;

    private readonly Hdf5File _file;
    private readonly ulong _address;
    private readonly Dictionary<string, Hdf5Attribute> _attributes = [];
    private readonly Dictionary<string, ulong> _links = [];
    private Hdf5Cursor? _layout;
    private Hdf5Cursor? _filters;
    private Hdf5Type? _type;
    private ulong[]? _shape;
    private bool _isOutside;
    private bool _hasDenseAttributes;
    private bool _hasDenseLinks;

    internal Hdf5Object(Hdf5File file, ulong address)
    {
        _file = file;
        _address = address;
        file.Budget.Cells(Cost);
        if (file.Bytes(address, 4, "an object").SequenceEqual("OHDR"u8))
        {
            ReadNew();
        }
        else
        {
            ReadOld();
        }
    }

    /// <summary>The names of what is in this group.</summary>
    internal IReadOnlyCollection<string> Names => _links.Keys;

    /// <summary>An object in this group; null when there is none of that name.</summary>
    /// <param name="path">Its name, or names of groups on the way to it with / between them.</param>
    internal Hdf5Object? Find(string path)
    {
        Hdf5Object at = this;
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (at._hasDenseLinks)
            {
                throw _file.Foreign("has a group in the layout of \"libver=latest\"");
            }

            if (!at._links.TryGetValue(name, out ulong address))
            {
                return null;
            }

            if (address == Hdf5File.Undefined)
            {
                throw _file.Foreign($"has the link {ForeignName.Quote(name)} to another place or to another file");
            }

            at = new Hdf5Object(_file, address);
        }

        return at;
    }

    /// <summary>The texts of an attribute; null when there is no such attribute.</summary>
    internal string[]? Attribute(string name)
    {
        if (!_attributes.TryGetValue(name, out Hdf5Attribute? attribute))
        {
            return _hasDenseAttributes ? throw _file.Foreign("has attributes in the layout of \"libver=latest\"") : null;
        }

        return attribute.Texts() ?? throw _file.Foreign($"has the attribute {ForeignName.Quote(name)}, which is no text");
    }

    /// <summary>The numbers of a dataset.</summary>
    /// <param name="what">What refusals call it.</param>
    internal ConstantValue Numbers(string what)
    {
        if (_layout is null || _type is not Hdf5Type type || _shape is null)
        {
            throw _file.Damaged(_address, $"{what} is no dataset");
        }

        if (_isOutside)
        {
            throw _file.Foreign($"keeps {what} in another file");
        }

        if (type.Kind != Hdf5Kind.Float)
        {
            throw new InputRefusedException($"{_file.Name} has {what} in numbers that are not of float16, float32 or float64; in Python, cast the model to float32 and save it again.");
        }

        if (_shape.Length > TensorShape.MostDimensions || TensorShape.Count(_shape.Select(s => (long)Math.Min(s, int.MaxValue))) < 0)
        {
            throw new InputRefusedException(
                $"{_file.Name} has {what} of the shape [{string.Join(",", _shape.Take(TensorShape.MostDimensions))}], more than the largest layer of a board; train a narrower network.");
        }

        int[] shape = Array.ConvertAll(_shape, s => (int)s);
        return new ConstantValue(shape, new Hdf5Data(_file, type, shape, _layout, _filters, what).Read());
    }

    // Version 1, a count of messages, a count of references, the size of the first block.
    private void ReadOld()
    {
        Hdf5Cursor prefix = _file.Cursor(_address, 16, "an object header");
        if (prefix.Byte() != 1)
        {
            throw _file.Damaged(_address, "an object header is expected");
        }

        prefix.Skip(7);
        Queue<(ulong At, ulong Size)> blocks = new([(_address + 16, prefix.UInt32())]);
        for (int read = 0; blocks.TryDequeue(out (ulong At, ulong Size) block); read++)
        {
            RequireFew(read);
            Hdf5Cursor cursor = _file.Cursor(block.At, block.Size, "an object header");
            while (cursor.Left >= 8)
            {
                int type = cursor.UInt16();
                int size = cursor.UInt16();
                int flags = cursor.Byte();
                cursor.Skip(3);
                Message(type, flags, cursor.Piece((ulong)size, "a message"), blocks);
            }
        }
    }

    // "OHDR", version, flags, perhaps times and limits, the size of the first block; blocks that go on begin with "OCHK"; checksums.
    private void ReadNew()
    {
        const int Checksum = 4;
        Hdf5Cursor prefix = _file.Cursor(_address, (ulong)Math.Min(40, _file.Length - (long)_address), "an object header");
        prefix.Skip(4);
        int version = prefix.Byte();
        int flags = prefix.Byte();
        prefix.Skip(((flags & 0x20) != 0 ? 16u : 0) + ((flags & 0x10) != 0 ? 4u : 0));
        ulong first = prefix.Number(1 << (flags & 3));
        int head = 4 + ((flags & 4) != 0 ? 2 : 0);
        if (version != 2)
        {
            throw _file.Damaged(_address, $"an object header has the version {version}");
        }

        Queue<(ulong At, ulong Size)> blocks = new([(prefix.Position, first)]);
        for (int read = 0; blocks.TryDequeue(out (ulong At, ulong Size) block); read++)
        {
            RequireFew(read);
            Hdf5Cursor cursor = _file.Cursor(block.At, block.Size, "an object header");
            if (read > 0)
            {
                _file.RequireSignature(block.At, "OCHK"u8, "an object header that goes on");
                cursor.Skip(4);
            }

            while (cursor.Left >= head + (read > 0 ? Checksum : 0))
            {
                int type = cursor.Byte();
                int size = cursor.UInt16();
                int messageFlags = cursor.Byte();
                cursor.Skip((ulong)(head - 4));
                Message(type, messageFlags, cursor.Piece((ulong)size, "a message"), blocks);
            }
        }
    }

    private void RequireFew(int blocks)
    {
        if (blocks >= MostBlocks)
        {
            throw _file.Damaged(_address, $"an object header goes on more than {MostBlocks} times");
        }
    }

    private void Message(int type, int flags, Hdf5Cursor cursor, Queue<(ulong At, ulong Size)> blocks)
    {
        bool isShared = (flags & 2) != 0;
        switch (type)
        {
            case 0x01:
                _shape = isShared ? null : Hdf5Shape.Read(_file, cursor);
                break;
            case 0x02:
                cursor.Skip(1);
                cursor.Skip((cursor.Byte() & 1) != 0 ? 8u : 0);
                _hasDenseLinks = cursor.UInt64() != Hdf5File.Undefined;
                break;
            case 0x03:
                _type = isShared ? null : Hdf5Type.Read(cursor);
                break;
            case 0x06:
                Link(cursor);
                break;
            case 0x07:
                _isOutside = true;
                break;
            case 0x08:
                _layout = cursor;
                break;
            case 0x0B:
                _filters = cursor;
                break;
            case 0x0C when !isShared:
                _file.Budget.Cells(Cost);
                Hdf5Attribute attribute = new(_file, cursor);
                _attributes[attribute.Name] = attribute;
                break;
            case 0x10:
                blocks.Enqueue((cursor.UInt64(), cursor.UInt64()));
                break;
            case 0x11:
                new Hdf5SymbolTable(_file, AddLink).Read(cursor.UInt64(), cursor.UInt64());
                break;
            case 0x15:
                cursor.Skip(1);
                cursor.Skip((cursor.Byte() & 1) != 0 ? 2u : 0);
                _hasDenseAttributes = cursor.UInt64() != Hdf5File.Undefined;
                break;
            default:
                break;
        }
    }

    // Version, flags, perhaps kind, order and encoding; the name with its length; a hard link is an address.
    private void Link(Hdf5Cursor cursor)
    {
        cursor.Skip(1);
        int flags = cursor.Byte();
        int kind = (flags & 8) != 0 ? cursor.Byte() : 0;
        cursor.Skip(((flags & 4) != 0 ? 8u : 0) + ((flags & 0x10) != 0 ? 1u : 0));
        string name = Encoding.UTF8.GetString(cursor.Take(cursor.Number(1 << (flags & 3))));
        AddLink(name, kind == 0 ? cursor.UInt64() : Hdf5File.Undefined);
    }

    private void AddLink(string name, ulong address)
    {
        _file.Budget.Cells(Cost);
        if (!_links.TryAdd(name, address))
        {
            throw _file.Damaged(_address, $"a group has {ForeignName.Quote(name)} twice");
        }
    }
}
