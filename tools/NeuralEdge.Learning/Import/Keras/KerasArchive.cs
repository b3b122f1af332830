using System.IO.Compression;
using NeuralEdge.Conversion;
using NeuralEdge.Numerics;

namespace NeuralEdge.Learning.Import.Keras;

/// <summary>
/// The zip archive of a .keras file: <c>config.json</c>, <c>metadata.json</c> and <c>model.weights.h5</c>. Only these are
/// read, into memory, never more of them than a limit, and their checksums are held against them.
/// </summary>
internal sealed class KerasArchive
{
    private const int MostEntries = 10_000;
    private const int MostBytes = 64 << 20;

    private readonly string _file;
    private readonly Dictionary<string, byte[]> _entries = [];

    /// <summary>Opens an archive.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="file">What refusals call it.</param>
    internal KerasArchive(byte[] bytes, string file)
    {
        _file = file;
        if (CountEntries(bytes) > MostEntries)
        {
            throw new InputRefusedException($"{file} is a zip archive of more than {MostEntries} files, and Keras writes three; give the file that model.save(\"model.keras\") wrote.");
        }

        try
        {
            using ZipArchive archive = new(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                if (entry.FullName is "config.json" or "metadata.json" or "model.weights.h5" && !_entries.TryAdd(entry.FullName, Read(entry)))
                {
                    throw Damaged($"{entry.FullName} is in it twice");
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or IOException or ArgumentException or OverflowException)
        {
            throw new InputRefusedException(Damaged("its directory or its packing is broken").Message, e);
        }
    }

    /// <summary>A file of it; null when there is none.</summary>
    internal byte[]? Find(string name) => _entries.GetValueOrDefault(name);

    /// <summary>A file of it that must be there.</summary>
    internal byte[] Require(string name) => Find(name)
        ?? throw new InputRefusedException($"{_file} is a zip archive without {name}, which every .keras file has; give the file that model.save(\"model.keras\") wrote.");

    // Before the library makes an object of each.
    private static int CountEntries(ReadOnlySpan<byte> bytes)
    {
        int count = 0;
        for (int at; (at = bytes.IndexOf("PK\u0001\u0002"u8)) >= 0; bytes = bytes[(at + 4)..])
        {
            count++;
        }

        return count;
    }

    private byte[] Read(ZipArchiveEntry entry)
    {
        if (entry.Length is < 0 or > MostBytes)
        {
            throw new InputRefusedException($"{_file} holds {entry.FullName} of {entry.Length >> 20} MB, and {MostBytes >> 20} MB is the most this program reads; train a smaller network.");
        }

        using Stream stream = entry.Open();
        using MemoryStream content = new();
        byte[] buffer = new byte[81920];
        for (int count; (count = stream.Read(buffer, 0, buffer.Length)) > 0;)
        {
            // What it says of its length need not be so.
            if (content.Length + count > entry.Length)
            {
                throw Damaged($"{entry.FullName} is longer than it says");
            }

            content.Write(buffer, 0, count);
        }

        byte[] read = content.ToArray();
        return read.Length == entry.Length && Checksum.Crc32(read, 0, read.Length) == entry.Crc32
            ? read
            : throw Damaged($"the checksum of {entry.FullName} is wrong");
    }

    private InputRefusedException Damaged(string what) => new($"{_file} is a damaged zip archive ({what}); save or download it again.");
}
