#nullable enable
using NeuralEdge.Turbo;

namespace NeuralEdge.Simulator.Turbo;

/// <summary>The platform's loader of assemblies, for the images that the board writes.</summary>
public sealed class SimulatedCodeLoader : ICodeLoader
{
    // 64 places for assemblies, of which the firmware and its libraries have 14.
    private const int Places = 50;

    private readonly List<byte[]> _images = [];

    /// <summary>The images that were loaded, oldest first; none is ever unloaded.</summary>
    public IReadOnlyList<byte[]> Images => _images;

    /// <summary>Loads an image.</summary>
    /// <param name="image">The image.</param>
    /// <returns>The object of its class.</returns>
    /// <exception cref="BadImageException">The platform would not take it, or take it for what it is not.</exception>
    public object Load(byte[] image)
    {
        ArgumentNullException.ThrowIfNull(image);
        ImageReader.Require(_images.Count < Places, "no place for another assembly");
        _images.Add(image);
        return new InterpretedPass(image);
    }
}
