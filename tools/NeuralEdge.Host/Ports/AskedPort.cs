namespace NeuralEdge.Host.Ports;

/// <summary>A port and what came of asking it.</summary>
/// <param name="Port">The port.</param>
/// <param name="Answer">What came.</param>
/// <param name="Sentence">What is wrong and what to do, one sentence; empty when a board answers.</param>
public sealed record AskedPort(FoundPort Port, PortAnswer Answer, string Sentence) : IDisposable
{
    /// <summary>What the board says of itself; null when none answers.</summary>
    public BoardReport? Report { get; init; }

    /// <summary>The session with the board, which belongs to whoever takes it; null when none answers.</summary>
    public BoardLink? Link { get; init; }

    /// <summary>Ends the session.</summary>
    public void Dispose() => Link?.Dispose();
}
