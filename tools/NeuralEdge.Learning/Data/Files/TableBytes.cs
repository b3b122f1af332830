using System.Buffers.Binary;
using System.IO.Compression;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Learning.Data.Files;

/// <summary>From a file to the text of a table: gzip is unpacked, and what other programs keep tables in is refused by its name.</summary>
internal static class TableBytes
{
    private static readonly (byte[] Start, string What)[] Foreign =
    [
        ([(byte)'P', (byte)'K', 3, 4], "is a workbook (.xlsx, .ods) or a zip archive; save the sheet as CSV, or unpack the archive"),
        ([0xD0, 0xCF, 0x11, 0xE0], "is a workbook of an older Excel (.xls); save the sheet as CSV"),
        ([(byte)'P', (byte)'A', (byte)'R', (byte)'1'], "is a Parquet file; write it as CSV"),
        ([0x89, (byte)'H', (byte)'D', (byte)'F'], "is an HDF5 file; write its table as CSV"),
    ];

    /// <summary>The text of a file.</summary>
    /// <param name="path">The file as the user named it; every refusal begins with it.</param>
    /// <param name="maximumBytes">More than that is refused, packed or unpacked.</param>
    /// <exception cref="InputRefusedException">Not there, not readable, too long, or not text.</exception>
    internal static string ReadText(string path, int maximumBytes)
    {
        byte[] bytes = TextFile.ReadBytes(path, maximumBytes);
        return TextFile.Decode(bytes is [0x1F, 0x8B, ..] ? Unpack(bytes, path, maximumBytes) : Checked(bytes, path), path);
    }

    private static byte[] Checked(byte[] bytes, string path)
    {
        foreach ((byte[] start, string what) in Foreign)
        {
            if (bytes.AsSpan().StartsWith(start))
            {
                throw new InputRefusedException($"{path} {what}.");
            }
        }

        return bytes;
    }

    private static byte[] Unpack(byte[] packed, string path, int maximumBytes)
    {
        try
        {
            using GZipStream stream = new(new MemoryStream(packed), CompressionMode.Decompress);
            using MemoryStream bytes = new();
            byte[] buffer = new byte[81920];
            int count;
            while ((count = stream.Read(buffer, 0, buffer.Length)) > 0)
            {
                if (bytes.Length + count > maximumBytes)
                {
                    throw new InputRefusedException($"{path} is longer than {maximumBytes / (1024 * 1024)} MB when unpacked, the most this program reads; give it a smaller file.");
                }

                bytes.Write(buffer, 0, count);
            }

            // The last four bytes say how long the text is; those of a file that was cut off say anything, and cost rows without a word.
            uint length = packed.Length < 18 ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(packed.Length - 4));
            return length == (uint)bytes.Length ? Checked(bytes.ToArray(), path) : throw new InvalidDataException();
        }
        catch (InvalidDataException e)
        {
            throw new InputRefusedException($"{path} begins like a gzip file, but is cut off, damaged, or several in one; pack it again.", e);
        }
    }
}
