using System.Buffers.Binary;
using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Keras.Hdf5;

/// <summary>The numbers of one dataset: compact in its header, in one piece, or in chunks.</summary>
internal sealed class Hdf5Data
{
    private const int OneChunk = 1;

    private readonly Hdf5File _file;
    private readonly Hdf5Type _type;
    private readonly int[] _shape;
    private readonly Hdf5Cursor _layout;
    private readonly Hdf5Cursor? _filters;
    private readonly string _what;
    private readonly double[] _numbers;

    /// <summary>A dataset.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="type">What its elements are: floats.</param>
    /// <param name="shape">Its sizes, which a board can have.</param>
    /// <param name="layout">The message that says where it is.</param>
    /// <param name="filters">The message that says how chunks are packed; null when they are not.</param>
    /// <param name="what">What refusals call it.</param>
    internal Hdf5Data(Hdf5File file, Hdf5Type type, int[] shape, Hdf5Cursor layout, Hdf5Cursor? filters, string what)
    {
        (_file, _type, _shape, _layout, _filters, _what) = (file, type, shape, layout, filters, what);
        int count = TensorShape.Count(shape);
        file.Budget.Cells(count);
        _numbers = new double[count];
    }

    /// <summary>Reads it.</summary>
    internal double[] Read()
    {
        if (_numbers.Length > 0)
        {
            ReadAny();
        }

        return Array.TrueForAll(_numbers, double.IsFinite)
            ? _numbers
            : throw new InputRefusedException($"{_file.Name} has a number in {_what} that is NaN or infinite; train again and save a sound model.");
    }

    private ulong Size => (ulong)_numbers.Length * (ulong)_type.Size;

    private void ReadAny()
    {
        int version = _layout.Byte();
        int kind = _layout.Byte();
        if (version is not (3 or 4) || kind > 2)
        {
            throw _file.Foreign($"has {_what} in the layout {version}.{kind}");
        }

        if (kind == 0)
        {
            ReadPiece(_layout.Take(_layout.UInt16()));
        }
        else if (kind == 1)
        {
            (ulong at, ulong size) = (_layout.UInt64(), _layout.UInt64());
            RequireThere(at);
            ReadPiece(_file.Bytes(at, size, _what));
        }
        else if (version == 3)
        {
            // A rank that counts the element's size as a dimension, the address, and 32 bits for each of them.
            int rank = _layout.Byte();
            ulong at = _layout.UInt64();
            ReadChunks(at, SizesOfChunk(rank, 4));
        }
        else
        {
            ReadOneChunk();
        }
    }

    private void ReadPiece(ReadOnlySpan<byte> bytes)
    {
        if ((ulong)bytes.Length < Size)
        {
            throw _file.Damaged(0, $"{_what} is shorter than its shape");
        }

        for (int k = 0; k < _numbers.Length; k++)
        {
            _numbers[k] = Number(bytes[(k * _type.Size)..]);
        }
    }

    private void ReadOneChunk()
    {
        bool isFiltered = (_layout.Byte() & 2) != 0;
        int rank = _layout.Byte();
        int[] sizes = SizesOfChunk(rank, _layout.Byte());
        if (_layout.Byte() != OneChunk)
        {
            throw _file.Foreign($"has {_what} in chunks in the layout of \"libver=latest\"");
        }

        ulong size = isFiltered ? _layout.UInt64() : Size;
        uint mask = isFiltered ? _layout.UInt32() : 0;
        ulong at = _layout.UInt64();
        RequireThere(at);
        if (!sizes.SequenceEqual(_shape))
        {
            throw _file.Damaged(at, $"{_what} is one chunk, but not of its own shape");
        }

        ReadChunk(new Hdf5Filters(_file, _filters, _what), sizes, new int[_shape.Length], at, size, mask);
    }

    private void ReadChunks(ulong tree, int[] sizes)
    {
        RequireThere(tree);
        Hdf5Filters filters = new(_file, _filters, _what);
        HashSet<long> places = [];
        long read = 0;
        Node(tree, Hdf5Tree.AnyLevel);
        if (read != _numbers.Length)
        {
            throw _file.Damaged(tree, $"{_what} lacks a chunk");
        }

        // A key: size in the file, filters left out, the place of its first element, and one more place that is 0.
        void Node(ulong address, int below) => Hdf5Tree.Read(_file, address, kind: 1, 16 + (8 * _shape.Length), below, (key, child, level) =>
        {
            if (level > 0)
            {
                Node(child, level);
                return;
            }

            (uint size, uint mask) = (key.UInt32(), key.UInt32());
            int[] first = new int[_shape.Length];
            long place = 0;
            long elements = 1;
            for (int d = 0; d < first.Length; d++)
            {
                ulong start = key.UInt64();
                if (start >= (ulong)_shape[d] || start % (ulong)sizes[d] != 0)
                {
                    throw _file.Damaged(address, $"{_what} has a chunk outside its shape");
                }

                first[d] = (int)start;
                place = (place * _shape[d]) + first[d];
                elements *= Math.Min(sizes[d], _shape[d] - first[d]);
            }

            if (!places.Add(place))
            {
                throw _file.Damaged(address, $"{_what} has a chunk twice");
            }

            read += elements;
            ReadChunk(filters, sizes, first, child, size, mask);
        });
    }

    private void ReadChunk(Hdf5Filters filters, int[] sizes, int[] first, ulong at, ulong size, uint mask)
    {
        int count = TensorShape.Count(sizes);
        _file.Budget.Cells(count);
        ReadOnlySpan<byte> bytes = filters.Undo(_file.Bytes(at, size, _what), count * _type.Size, mask);
        int[] place = new int[sizes.Length];
        for (int k = 0; k < count; k++)
        {
            int rest = k;
            int target = 0;
            int stride = 1;
            bool isInside = true;
            for (int d = sizes.Length - 1; d >= 0; d--)
            {
                place[d] = first[d] + (rest % sizes[d]);
                rest /= sizes[d];
                isInside &= place[d] < _shape[d];
                target += place[d] * stride;
                stride *= _shape[d];
            }

            if (isInside)
            {
                _numbers[target] = Number(bytes[(k * _type.Size)..]);
            }
        }
    }

    private int[] SizesOfChunk(int rank, int bytesOfSize)
    {
        int[] sizes = new int[_shape.Length];
        if (rank != _shape.Length + 1 || bytesOfSize is < 1 or > 8)
        {
            throw _file.Damaged(_layout.Position, $"{_what} has chunks of {rank - 1} dimensions and is of {_shape.Length}");
        }

        for (int d = 0; d < sizes.Length; d++)
        {
            sizes[d] = (int)Math.Min(_layout.Number(bytesOfSize), int.MaxValue);
        }

        return TensorShape.Count(sizes) > 0 && _layout.Number(bytesOfSize) == (ulong)_type.Size
            ? sizes
            : throw _file.Damaged(_layout.Position, $"{_what} has impossible chunks");
    }

    private void RequireThere(ulong at)
    {
        if (at == Hdf5File.Undefined)
        {
            throw _file.Damaged(_layout.Position, $"{_what} was never written");
        }
    }

    private double Number(ReadOnlySpan<byte> bytes) => (_type.Size, _type.IsBigEndian) switch
    {
        (2, false) => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        (2, true) => (double)BinaryPrimitives.ReadHalfBigEndian(bytes),
        (4, false) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        (4, true) => BinaryPrimitives.ReadSingleBigEndian(bytes),
        (8, false) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        _ => BinaryPrimitives.ReadDoubleBigEndian(bytes),
    };
}
