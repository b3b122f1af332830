#nullable enable
using System.Buffers.Binary;
using System.Text;

namespace NeuralEdge.Simulator.Turbo;

/// <summary>Reads numbers, names and tables of an image, and refuses what is outside of them.</summary>
internal sealed class ImageReader
{
    private const int HeaderLength = 124;
    private const int TablesOffset = 40;
    private const int PaddingOffset = 108;
    private const int TableCount = 15;
    private const int Names = 11;
    private const int Signatures = 12;

    private readonly byte[] _image;

    /// <summary>Checks the header, the checksums and where the tables are.</summary>
    /// <exception cref="BadImageException">The platform would not take it, or would read beyond it.</exception>
    internal ImageReader(byte[] image)
    {
        _image = image;
        Require(image.Length >= HeaderLength, "shorter than a header");
        Require(image.AsSpan(0, 8).SequenceEqual("NFMRK1\0\0"u8), "no marker");
        byte[] header = image[..HeaderLength];
        header.AsSpan(8, 4).Clear();
        Require(Crc(header) == Number(8), "wrong checksum of the header");
        Require(Start(0) == HeaderLength, "the first table is not behind the header");
        for (int t = 0; t < TableCount; t++)
        {
            Require(Start(t) % 4 == 0 && Start(t + 1) >= Start(t) && Start(t + 1) <= image.Length, $"table {t} is nowhere");
            Require(_image[PaddingOffset + t] <= 3 && Length(t) >= 0, $"wrong padding of table {t}");
            for (int i = Start(t) + Length(t); i < Start(t + 1); i++)
            {
                Require(_image[i] == 0, $"padding of table {t} is not zero");
            }
        }

        Require(Start(TableCount) == image.Length, "not as long as it says");
        Require(Crc(image.AsSpan(HeaderLength)) == Number(12), "wrong checksum");
        Require(Number(16) == 0 && Number(20) == 0, "flags or native methods");
        Require(Number(24) == uint.MaxValue, "the platform would jump into native code");
        Require(Short(38) == 1, "another table of names");
        Require(Number(104) == 0, "patched methods");
        Require(_image[PaddingOffset + TableCount] == 0, "a byte that means nothing is set");
        Require(Length(Names) > 2 && _image[Start(Names)] == 0 && _image[Start(Names) + Length(Names) - 1] == 0 && _image[Start(Names) + Length(Names) - 2] != 0, "another end of the table of names");
        Require(Name(Short(36)).Length > 0, "an assembly without a name");
    }

    /// <summary>CRC-32 as the platform computes it: 04C11DB7, most significant bit first, from 0, no inversion.</summary>
    internal static uint Crc(ReadOnlySpan<byte> data)
    {
        uint c = 0;
        foreach (byte b in data)
        {
            c ^= (uint)b << 24;
            for (int bit = 0; bit < 8; bit++)
            {
                c = (c & 0x80000000) != 0 ? (c << 1) ^ 0x04C11DB7 : c << 1;
            }
        }

        return c;
    }

    /// <summary>Throws unless something is so.</summary>
    /// <exception cref="BadImageException">It is not.</exception>
    internal static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new BadImageException(message);
        }
    }

    internal int Start(int table) => (int)Number(TablesOffset + (4 * table));

    internal int Length(int table) => Start(table + 1) - Start(table) - _image[PaddingOffset + table];

    /// <summary>Where the one or more records of a table are; exactly as many as expected.</summary>
    internal int Records(int table, int count, int length)
    {
        Require(Length(table) == count * length, $"table {table} has {Length(table)} bytes instead of {count * length}");
        return Start(table);
    }

    internal byte Byte(int at) => _image[at];

    internal ushort Short(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_image.AsSpan(at));

    internal uint Number(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_image.AsSpan(at));

    /// <summary>A name of the table of names.</summary>
    internal string Name(int offset)
    {
        Require(offset < 0x8000 && offset < Length(Names), "a name outside of the table of names");
        ReadOnlySpan<byte> names = _image.AsSpan(Start(Names), Length(Names));
        int length = names[offset..].IndexOf((byte)0);
        Require(length >= 0, "a name without an end");
        return Encoding.ASCII.GetString(names.Slice(offset, length));
    }

    /// <summary>Bytes of the table of signatures from an offset on.</summary>
    internal ReadOnlySpan<byte> Signature(int offset)
    {
        Require(offset < Length(Signatures), "a signature outside of the table of signatures");
        return _image.AsSpan(Start(Signatures), Length(Signatures))[offset..];
    }
}
