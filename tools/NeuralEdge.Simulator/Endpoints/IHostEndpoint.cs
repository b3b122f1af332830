#nullable enable
namespace NeuralEdge.Simulator.Endpoints;

/// <summary>Where the host's end of the simulated serial line is reached.</summary>
internal interface IHostEndpoint : IDisposable
{
    /// <summary>What a host passes as its port.</summary>
    string Address { get; }

    /// <summary>Starts to pass on what the host sends.</summary>
    /// <param name="received">Called with a buffer and the number of bytes in it; its time is the line's time.</param>
    void Start(Action<byte[], int> received);

    /// <summary>Passes bytes to the host. When nobody is there, or nobody reads, they are lost as on a real line.</summary>
    /// <param name="bytes">The bytes.</param>
    void Send(byte[] bytes);
}
