using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace NeuralEdge.Tests.Import.Keras;

/// <summary>
/// Writes HDF5 as h5py does by default, and so Keras: superblock 0, object headers of version 1, symbol tables, texts of any
/// length in global heaps, contiguous datasets. By the file format specification, version 3.0.
/// </summary>
internal sealed class OldHdfWriter
{
    private const ulong Undefined = ulong.MaxValue;

    private readonly List<byte> _file = [];

    internal static byte[] Write(HdfGroup root) => new OldHdfWriter().WriteFile(root);

    private byte[] WriteFile(HdfGroup root)
    {
        // Signature, versions, 8 bytes for addresses and lengths, sizes of tree nodes, flags; the root's address comes at 64.
        _file.AddRange([0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0, 0, 8, 8, 0, 4, 0, 16, 0, 0, 0, 0, 0]);
        Add(0, Undefined, 0, Undefined, 0, 0, 0, 0, 0);
        ulong address = Group(root);

        // The HDF Group's library reads whole tree nodes, of which these are only the beginnings.
        _file.AddRange(new byte[544]);
        byte[] file = [.. _file];
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(40), (ulong)file.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(64), address);
        return file;
    }

    private ulong Node(HdfNode node) => node switch
    {
        HdfGroup group => Group(group),
        HdfData data => Data(data),
        _ => 0,
    };

    private ulong Group(HdfGroup group)
    {
        ulong[] addresses = [.. group.Children.Values.Select(Node)];
        List<byte> names = [.. new byte[8]];
        List<byte> entries = [];
        int last = 0;
        foreach ((string name, ulong address, HdfNode node) in group.Children.Zip(addresses, (c, a) => (c.Key, a, c.Value)))
        {
            last = names.Count;
            entries.AddRange([.. Long((ulong)last), .. Long(address)]);
            names.AddRange([.. Encoding.UTF8.GetBytes(name), 0]);
            Pad(names);
            ulong scratch = (ulong)names.Count;
            if (node is HdfLink link)
            {
                names.AddRange([.. Encoding.UTF8.GetBytes(link.Path), 0]);
                Pad(names);
            }

            entries.AddRange([.. Int(node is HdfLink ? 2u : 0), .. Int(0), .. Long(scratch), .. Long(0)]);
        }

        ulong data = Append(names);
        ulong heap = Append([.. "HEAP"u8, 0, 0, 0, 0, .. Long((ulong)names.Count), .. Long(1), .. Long(data)]);
        ulong symbols = Append([.. "SNOD"u8, 1, 0, .. Short(addresses.Length), .. entries]);
        ulong tree = Append([.. "TREE"u8, 0, 0, .. Short(1), .. Long(Undefined), .. Long(Undefined), .. Long(0), .. Long(symbols), .. Long((ulong)last)]);
        List<(int Type, byte[] Content)> messages = [(0x11, [.. Long(tree), .. Long(heap)])];
        messages.AddRange(group.Attributes.Select(a => (0x0C, Attribute(a.Key, a.Value, group.Scalars.Contains(a.Key), group.FixedTexts))));
        return Header(messages);
    }

    private byte[] Attribute(string name, string[] texts, bool isScalar, bool isFixed)
    {
        byte[][] utf8 = Array.ConvertAll(texts, Encoding.UTF8.GetBytes);
        int length = isFixed ? Math.Max(1, utf8.Select(t => t.Length).DefaultIfEmpty().Max()) : 16;
        byte[] type = isFixed ? [0x13, 0x01, 0, 0, .. Int((uint)length)] : [0x19, 0x01, 0, 0, .. Int(16), 0x13, 0, 0, 0, .. Int(1)];
        byte[] space = isScalar ? [1, 0, 0, 0, 0, 0, 0, 0] : [1, 1, 0, 0, 0, 0, 0, 0, .. Long((ulong)texts.Length)];
        byte[] called = [.. Encoding.UTF8.GetBytes(name), 0];
        List<byte> content = [1, 0, .. Short(called.Length), .. Short(type.Length), .. Short(space.Length), .. called];
        Pad(content);
        content.AddRange(type);
        Pad(content);
        content.AddRange(space);
        ulong heap = isFixed || texts.Length == 0 ? Undefined : Heap(utf8);
        for (int i = 0; i < texts.Length; i++)
        {
            content.AddRange(isFixed ? [.. utf8[i], .. new byte[length - utf8[i].Length]] : [.. Int((uint)utf8[i].Length), .. Long(heap), .. Int((uint)i + 1)]);
        }

        return [.. content];
    }

    private ulong Heap(byte[][] texts)
    {
        List<byte> objects = [];
        for (int i = 0; i < texts.Length; i++)
        {
            objects.AddRange([.. Short(i + 1), .. Short(1), .. Int(0), .. Long((ulong)texts[i].Length), .. texts[i]]);
            Pad(objects);
        }

        objects.AddRange([.. Short(0), .. Short(0), .. Int(0), .. Long(16)]);
        return Append([.. "GCOL"u8, 1, 0, 0, 0, .. Long((ulong)objects.Count + 16), .. objects]);
    }

    private ulong Data(HdfData data)
    {
        byte order = data.BigEndian ? (byte)1 : (byte)0;
        (int exponent, int mantissa, uint bias) = data.Bytes switch { 2 => (5, 10, 15u), 4 => (8, 23, 127u), _ => (11, 52, 1023u) };
        byte[] type = [0x11, (byte)(0x20 | order), (byte)((data.Bytes * 8) - 1), 0, .. Int((uint)data.Bytes), 0, 0, (byte)(data.Bytes * 8), 0, (byte)mantissa, (byte)exponent, 0, (byte)mantissa, .. Int(bias)];
        byte[] space = [1, (byte)data.Shape.Length, 0, 0, 0, 0, 0, 0, .. data.Shape.SelectMany(s => Long((ulong)s))];
        List<(int Type, byte[] Content)> messages = [(0x01, space), (0x03, type), (0x05, [2, 2, 2, 0])];
        if (data.IsOutside)
        {
            messages.Add((0x07, [1, 0, 0, 0, .. Short(1), .. Short(1), .. Long(0), .. Long(0), .. Long(0), .. Long(4)]));
        }

        if (data.Chunk is null)
        {
            byte[] bytes = [.. data.Numbers.SelectMany(n => Number(n, data))];
            messages.Add((0x08, [3, 1, .. Long(Append([.. bytes])), .. Long((ulong)bytes.Length)]));
        }
        else
        {
            messages.Add((0x08, [3, 2, (byte)(data.Shape.Length + 1), .. Long(Chunks(data)), .. data.Chunk.SelectMany(c => Int((uint)c)), .. Int((uint)data.Bytes)]));
            messages.Add((0x0B, [1, (byte)data.Filters.Length, 0, 0, 0, 0, 0, 0, .. data.Filters.SelectMany(f => (byte[])[.. Short(f), .. Short(0), .. Short(1), .. Short(1), .. Int((uint)data.Bytes), .. Int(0)])]));
        }

        return Header(messages);
    }

    private ulong Chunks(HdfData data)
    {
        int[] chunk = data.Chunk!;
        List<(int[] First, ulong Address, int Size)> chunks = [];
        int[] counts = [.. data.Shape.Zip(chunk, (s, c) => (s + c - 1) / c)];
        for (int i = 0; i < counts.Aggregate(1, (a, b) => a * b); i++)
        {
            int[] first = Place(i, counts).Zip(chunk, (p, c) => p * c).ToArray();
            List<byte> bytes = [];
            for (int k = 0; k < chunk.Aggregate(1, (a, b) => a * b); k++)
            {
                int[] place = Place(k, chunk).Zip(first, (p, f) => p + f).ToArray();
                bool isInside = place.Zip(data.Shape, (p, s) => p < s).All(inside => inside);
                int at = place.Zip(data.Shape).Aggregate(0, (sum, p) => (sum * p.Second) + p.First);
                bytes.AddRange(Number(isInside ? data.Numbers[at] : 77, data));
            }

            byte[] packed = data.Filters.Aggregate(bytes.ToArray(), (b, f) => Filtered(b, f, data.Bytes));
            chunks.Add((first, Append([.. packed]), packed.Length));
        }

        List<byte> tree = [.. "TREE"u8, 1, 0, .. Short(chunks.Count), .. Long(Undefined), .. Long(Undefined)];
        foreach ((int[] first, ulong address, int size) in chunks)
        {
            tree.AddRange([.. Int((uint)size), .. Int(0), .. first.SelectMany(f => Long((ulong)f)), .. Long(0), .. Long(address)]);
        }

        return Append(tree);
    }

    private static int[] Place(int index, int[] sizes)
    {
        int[] place = new int[sizes.Length];
        for (int d = sizes.Length - 1; d >= 0; d--)
        {
            (index, place[d]) = Math.DivRem(index, sizes[d]);
        }

        return place;
    }

    private static byte[] Filtered(byte[] bytes, int filter, int size)
    {
        switch (filter)
        {
            case 1:
                using (MemoryStream packed = new())
                {
                    using (ZLibStream stream = new(packed, CompressionLevel.Optimal))
                    {
                        stream.Write(bytes);
                    }

                    return packed.ToArray();
                }

            case 2:
                return [.. Enumerable.Range(0, bytes.Length).Select(k => bytes[(k % (bytes.Length / size) * size) + (k / (bytes.Length / size))])];
            case 3:
                (uint first, uint second) = (0, 0);
                for (int k = 0; k < bytes.Length; k += 2)
                {
                    first = (first + (uint)((bytes[k] << 8) | (k + 1 < bytes.Length ? bytes[k + 1] : 0))) % 65535;
                    second = (second + first) % 65535;
                }

                return [.. bytes, .. Int((second << 16) | first)];
            default:
                return bytes;
        }
    }

    // Messages in two blocks, as h5py leaves them when attributes come later: the first says where the second is.
    private ulong Header(List<(int Type, byte[] Content)> messages)
    {
        byte[][] written = [.. messages.Select(Message)];
        byte[] later = [.. written.Skip(1).SelectMany(m => m)];
        byte[] first = later.Length == 0 ? written[0] : [.. written[0], .. Message((0x10, [.. Long(Append([.. later])), .. Long((ulong)later.Length)]))];
        return Append([1, 0, .. Short(messages.Count + (later.Length > 0 ? 1 : 0)), .. Int(1), .. Int((uint)first.Length), .. Int(0), .. first]);
    }

    private static byte[] Message((int Type, byte[] Content) message)
    {
        List<byte> content = [.. message.Content];
        Pad(content);
        return [.. Short(message.Type), .. Short(content.Count), 0, 0, 0, 0, .. content];
    }

    private static byte[] Number(double number, HdfData data)
    {
        byte[] bytes = data.Bytes switch
        {
            2 => BitConverter.GetBytes((Half)number),
            4 => BitConverter.GetBytes((float)number),
            _ => BitConverter.GetBytes(number),
        };
        return data.BigEndian ? [.. Enumerable.Reverse(bytes)] : bytes;
    }

    private ulong Append(List<byte> bytes)
    {
        Pad(_file);
        ulong at = (ulong)_file.Count;
        _file.AddRange(bytes);
        return at;
    }

    private void Add(params ulong[] numbers) => _file.AddRange(numbers.SelectMany(Long));

    private static void Pad(List<byte> bytes) => bytes.AddRange(new byte[(8 - (bytes.Count % 8)) % 8]);

    private static byte[] Short(int number) => BitConverter.GetBytes((ushort)number);

    private static byte[] Int(uint number) => BitConverter.GetBytes(number);

    private static byte[] Long(ulong number) => BitConverter.GetBytes(number);
}
