using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Keras.Hdf5;

/// <summary>What chunks went through before they were written: shuffling, gzip, a checksum.</summary>
internal sealed class Hdf5Filters
{
    private const int Deflate = 1;
    private const int Shuffle = 2;
    private const int Fletcher32 = 3;
    private const int ChecksumBytes = 4;
    private const int MostFilters = 8;
    private const int MostBytesOfElement = 8;

    private readonly Hdf5File _file;
    private readonly string _what;
    private readonly List<(int Id, int Parameter)> _filters = [];

    /// <summary>The filters of a dataset.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="message">The message that lists them; null when there is none.</param>
    /// <param name="what">What refusals call the dataset.</param>
    internal Hdf5Filters(Hdf5File file, Hdf5Cursor? message, string what)
    {
        (_file, _what) = (file, what);
        if (message is null)
        {
            return;
        }

        int version = message.Byte();
        int count = message.Byte();
        if (version is not (1 or 2) || count > MostFilters)
        {
            throw file.Damaged(message.Position, $"{what} has {count} filters");
        }

        message.Skip(version == 1 ? 6u : 0);
        for (int i = 0; i < count; i++)
        {
            _filters.Add(ReadFilter(message, version));
        }
    }

    /// <summary>The bytes before the filters.</summary>
    /// <param name="bytes">Those after them.</param>
    /// <param name="size">How many there were.</param>
    /// <param name="leftOut">A bit for each filter that this chunk did not go through.</param>
    internal ReadOnlySpan<byte> Undo(ReadOnlySpan<byte> bytes, int size, uint leftOut)
    {
        for (int i = _filters.Count - 1; i >= 0; i--)
        {
            if ((leftOut >> i & 1) == 0)
            {
                bytes = _filters[i].Id switch
                {
                    Deflate => Inflate(bytes, size + (ChecksumBytes * MostFilters)),
                    Shuffle => Unshuffle(bytes, _filters[i].Parameter),
                    _ => Checked(bytes),
                };
            }
        }

        return bytes.Length == size ? bytes : throw Damaged($"has a chunk of {bytes.Length} bytes, where {size} are expected");
    }

    // Number, length of the name, flags, how many parameters; the name and the parameters, in version 1 padded to 8 bytes.
    private (int Id, int Parameter) ReadFilter(Hdf5Cursor message, int version)
    {
        int id = message.UInt16();
        int nameLength = version == 1 || id >= 256 ? message.UInt16() : 0;
        message.Skip(2);
        int parameters = message.UInt16();
        string name = Encoding.UTF8.GetString(message.Take(version == 1 ? (nameLength + 7) & ~7 : nameLength).TrimEnd((byte)0));
        uint first = parameters > 0 ? message.UInt32() : 0;
        message.Skip(((ulong)Math.Max(0, parameters - 1) * 4) + (version == 1 && parameters % 2 == 1 ? 4u : 0));
        if (id is not (Deflate or Shuffle or Fletcher32))
        {
            throw _file.Foreign($"has {_what} packed with the filter {id}{(name.Length > 0 ? $" ({ForeignName.Quote(name)})" : "")}");
        }

        return id == Shuffle && first is 0 or > MostBytesOfElement
            ? throw Damaged($"is shuffled by {first} bytes")
            : (id, (int)first);
    }

    private byte[] Inflate(ReadOnlySpan<byte> bytes, int most)
    {
        _file.Budget.Cells((bytes.Length + most) / 8);
        byte[] result = new byte[most + 1];
        try
        {
            using MemoryStream packed = new(bytes.ToArray());
            using ZLibStream stream = new(packed, CompressionMode.Decompress);
            int count = stream.ReadAtLeast(result, result.Length, throwOnEndOfStream: false);
            return count <= most ? result[..count] : throw Damaged("has a chunk that unpacks to more than its shape");
        }
        catch (InvalidDataException e)
        {
            throw new InputRefusedException(Damaged("has a chunk that cannot be unpacked").Message, e);
        }
    }

    // All first bytes of the elements, all second ones, ...; what is left over stays at the end.
    private byte[] Unshuffle(ReadOnlySpan<byte> bytes, int size)
    {
        _file.Budget.Cells(bytes.Length / 8);
        byte[] result = bytes.ToArray();
        int count = bytes.Length / size;
        for (int b = 0; b < size; b++)
        {
            for (int k = 0; k < count; k++)
            {
                result[(k * size) + b] = bytes[(b * count) + k];
            }
        }

        return result;
    }

    // Fletcher's sums over 16-bit big-endian words, modulo 65535; the last 4 bytes are what they should be.
    private ReadOnlySpan<byte> Checked(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < ChecksumBytes)
        {
            throw Damaged("has a chunk without its checksum");
        }

        ReadOnlySpan<byte> data = bytes[..^ChecksumBytes];
        (ulong first, ulong second) = (0, 0);
        for (int k = 0; k < data.Length; k += 2)
        {
            first = (first + ((uint)data[k] << 8) + (k + 1 < data.Length ? data[k + 1] : 0u)) % 65535;
            second = (second + first) % 65535;
        }

        // Modulo 65535, 0 and 65535 are the same, and writers leave either.
        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(bytes[^ChecksumBytes..]);
        return (stored & 0xFFFF) % 65535 == first && (stored >> 16) % 65535 == second
            ? data
            : throw Damaged("has a chunk whose checksum is wrong");
    }

    private InputRefusedException Damaged(string what) => new($"{_file.Name} is a damaged HDF5 file ({_what} {what}); save or download it again.");
}
