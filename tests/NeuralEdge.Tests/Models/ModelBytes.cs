using NeuralEdge.Models;
using NeuralEdge.Numerics;

namespace NeuralEdge.Tests.Models;

/// <summary>A model file that a test changes at the offsets of FORMAT.md; its checksum stays right.</summary>
internal sealed class ModelBytes
{
    private readonly byte[] _file;

    /// <summary>Takes a copy of a sound file.</summary>
    internal ModelBytes(byte[] sound) => _file = [.. sound];

    /// <summary>The changed file, sealed.</summary>
    internal byte[] File
    {
        get
        {
            Seal(_file);
            return _file;
        }
    }

    /// <summary>Puts bytes in the place of others.</summary>
    internal ModelBytes Set(int offset, params byte[] bytes)
    {
        bytes.CopyTo(_file, offset);
        return this;
    }

    /// <summary>Puts a number in the place of another.</summary>
    internal ModelBytes SetInt32(int offset, int value) => Set(offset, BitConverter.GetBytes(value));

    /// <summary>What a reader says of it: an error, or none.</summary>
    internal (ModelError Error, int Where) Read(ModelLimits limits) => Read(File, limits);

    /// <summary>What a reader says of a file: an error, or none.</summary>
    internal static (ModelError Error, int Where) Read(byte[] file, ModelLimits limits)
    {
        _ = ModelReader.Read(file, file.Length, limits, out ModelError error, out int where);
        return (error, where);
    }

    /// <summary>Writes the checksum that belongs to the other bytes.</summary>
    internal static void Seal(byte[] file) =>
        LittleEndian.WriteUInt32(file, file.Length - 4, Checksum.Crc32(file, 0, file.Length - 4));

    /// <summary>Where the payload of a section begins.</summary>
    internal static int Find(byte[] file, int section)
    {
        int at = ModelFormat.HeaderLength;
        while (LittleEndian.ReadUInt16(file, at) != section)
        {
            at = (at + ModelFormat.SectionHeaderLength + LittleEndian.ReadInt32(file, at + 4) + 3) & ~3;
        }

        return at + ModelFormat.SectionHeaderLength;
    }
}
