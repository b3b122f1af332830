using NeuralEdge.Models;
using NeuralEdge.Tests.Models;

namespace NeuralEdge.Tests.Documents.Format;

/// <summary>One fault in a model file or one narrow limit of a board, and the error that it must give.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Error">The error.</param>
/// <param name="Where">Its place.</param>
/// <param name="At">Where bytes are changed; -1 for a limit.</param>
/// <param name="Bytes">What stands there instead.</param>
/// <param name="Narrow">Makes a limit narrower; null for a change of bytes.</param>
internal sealed record PlantedFault(string Name, ModelError Error, int Where, int At, byte[] Bytes, Func<BoardLimits, BoardLimits>? Narrow = null)
{
    /// <summary>A change of bytes.</summary>
    internal static PlantedFault In(string name, int at, ModelError error, int where, params byte[] bytes) => new(name, error, where, at, bytes);

    /// <summary>A narrower limit.</summary>
    internal static PlantedFault Limit(string name, ModelError error, int where, Func<BoardLimits, BoardLimits> narrow) => new(name, error, where, -1, [], narrow);

    /// <summary>True when two faults change the same byte, so that only one can be planted.</summary>
    internal bool Touches(PlantedFault other) => At >= 0 && other.At >= 0 && At < other.At + other.Bytes.Length && other.At < At + Bytes.Length;

    /// <summary>What a reader and the golden test say of a file with some faults.</summary>
    internal static (ModelError Error, int Where) Meet(byte[] sound, params PlantedFault[] faults)
    {
        ModelBytes file = new(sound);
        BoardLimits limits = new();
        foreach (PlantedFault fault in faults)
        {
            if (fault.At >= 0)
            {
                _ = file.Set(fault.At, fault.Bytes);
            }

            limits = fault.Narrow?.Invoke(limits) ?? limits;
        }

        // The checksum is the last thing that can be damaged.
        byte[] bytes = file.File;
        bytes[^1] ^= (byte)(limits.WrongChecksum ? 1 : 0);
        Model? model = ModelReader.Read(bytes, bytes.Length, limits.ForReader(), out ModelError error, out int where);
        if (model is null)
        {
            return (error, where);
        }

        GoldenTest test = new(model);
        while (!test.Step())
        {
        }

        return test.Passed ? (ModelError.None, 0) : (ModelError.Golden, test.FailedVector);
    }
}

/// <summary>What a board takes, as a test narrows it.</summary>
internal sealed record BoardLimits
{
    internal int MaxBytes { get; init; } = 16384;

    internal int MaxLayers { get; init; } = 16;

    internal int MaxWidth { get; init; } = 512;

    internal int Channels { get; init; } = 0xFF;

    internal long Pins { get; init; } = 1L << 18 | 1L << 19;

    internal int HeapBytes { get; init; } = int.MaxValue;

    internal bool WrongChecksum { get; init; }

    internal ModelLimits ForReader() => new(MaxBytes, MaxLayers, MaxWidth, Pins, Channels, HeapBytes);
}
