#nullable enable
namespace NeuralEdge.Simulator.Turbo;

/// <summary>An image that the platform would misunderstand, or that says what nobody has given a meaning to.</summary>
public sealed class BadImageException : Exception
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="message">What, and where.</param>
    public BadImageException(string message)
        : base(message)
    {
    }
}
