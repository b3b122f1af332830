using NeuralEdge.Simulator.Turbo;
using NeuralEdge.Turbo;

namespace NeuralEdge.Tests.Turbo;

/// <summary>A platform that runs another image than the one it was given, or does something else that it should not.</summary>
internal sealed class PlantedLoader(Func<byte[], object> load) : ICodeLoader
{
    /// <summary>How often something was loaded.</summary>
    internal int Loads { get; private set; }

    /// <summary>Runs a changed copy, so that what the board reads back is as it should be.</summary>
    internal static PlantedLoader Changing(Action<byte[]> change) => new(image =>
    {
        byte[] copy = [.. image];
        change(copy);
        Seal(copy);
        return new InterpretedPass(copy);
    });

    public object Load(byte[] image)
    {
        Loads++;
        return load(image);
    }

    /// <summary>Writes the checksums of an image anew.</summary>
    internal static void Seal(byte[] image)
    {
        ImageChecksum checksum = new();
        BitConverter.TryWriteBytes(image.AsSpan(ImageHead.BodyCheckOffset), checksum.Add(0, image, ImageHead.HeaderLength, image.Length));
        image.AsSpan(ImageHead.HeaderCheckOffset, 4).Clear();
        BitConverter.TryWriteBytes(image.AsSpan(ImageHead.HeaderCheckOffset), checksum.Add(0, image, 0, ImageHead.HeaderLength));
    }
}
