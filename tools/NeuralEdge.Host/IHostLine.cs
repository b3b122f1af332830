namespace NeuralEdge.Host;

/// <summary>The host's end of a line to a board.</summary>
public interface IHostLine : IDisposable
{
    /// <summary>The port as the user wrote it.</summary>
    string Name { get; }

    /// <summary>What to look at when no board answers, as the end of a sentence.</summary>
    string Advice => "check that it has power, that TX and RX are crossed, and that the port is the right one";

    /// <summary>Waits for bytes.</summary>
    /// <param name="buffer">Where they go.</param>
    /// <param name="timeout">How long to wait for the first.</param>
    /// <returns>How many came; 0 when none did in time.</returns>
    /// <exception cref="BoardLinkException">The line is gone.</exception>
    int Read(Span<byte> buffer, TimeSpan timeout);

    /// <summary>Sends bytes.</summary>
    /// <param name="data">The bytes.</param>
    /// <exception cref="BoardLinkException">The line is gone or takes nothing.</exception>
    void Write(ReadOnlySpan<byte> data);
}
