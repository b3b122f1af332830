namespace NeuralEdge.Tests.Link;

/// <summary>How often, of a thousand pieces on the line, something happens to one.</summary>
internal sealed record LineFaults(int Drop = 0, int Repeat = 0, int Corrupt = 0, int Delay = 0, int Noise = 0)
{
    public static LineFaults None { get; } = new();
}
