namespace NeuralEdge.Host;

/// <summary>Opens lines by the names users give.</summary>
public static class HostLine
{
    private const string SocketScheme = "socket://";

    // What many programs call the same.
    private const string TcpScheme = "tcp://";

    /// <summary>Whether a port is one of the network; else it is a serial one.</summary>
    /// <param name="port">The port as the user wrote it.</param>
    public static bool IsSocket(string port)
    {
        ArgumentNullException.ThrowIfNull(port);
        return port.StartsWith(SocketScheme, StringComparison.OrdinalIgnoreCase) || port.StartsWith(TcpScheme, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Opens a line.</summary>
    /// <param name="port">COM5, /dev/ttyUSB0, the path of a pseudo-terminal, or socket://HOST:PORT (tcp://HOST:PORT is the same).</param>
    /// <exception cref="BoardLinkException">It cannot be opened; the message says what to do.</exception>
    public static IHostLine Open(string port)
    {
        ArgumentNullException.ThrowIfNull(port);
        if (!IsSocket(port))
        {
            return SerialLine.Open(port);
        }

        string address = port[(port.IndexOf("://", StringComparison.Ordinal) + 3)..].TrimEnd('/');
        int colon = address.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(address[(colon + 1)..], out ushort number) || number == 0)
        {
            throw new BoardLinkException($"{port} is no socket address: write socket://HOST:PORT, for example socket://127.0.0.1:7000.");
        }

        return SocketLine.Open(port, address[..colon].Trim('[', ']'), number);
    }
}
