using System.Globalization;
using System.Net;

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

    /// <summary>One spelling for all of a port: of the scheme, the number, an address, and the name of this computer.</summary>
    /// <param name="port">The port as the user wrote it; what is no address of the network stays as it is.</param>
    public static string Normalise(string port)
    {
        if (!IsSocket(port) || !TrySplit(port, out string host, out ushort number))
        {
            return port;
        }

        string name = host.ToLowerInvariant();
        string address = name == "localhost" ? IPAddress.Loopback.ToString() : IPAddress.TryParse(name, out IPAddress? parsed) ? parsed.ToString() : name;
        return string.Create(CultureInfo.InvariantCulture, $"{SocketScheme}{address}:{number}");
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

        return TrySplit(port, out string host, out ushort number)
            ? SocketLine.Open(port, host, number)
            : throw new BoardLinkException($"{port} is no socket address: write socket://HOST:PORT, for example socket://127.0.0.1:7000.");
    }

    private static bool TrySplit(string port, out string host, out ushort number)
    {
        string address = port[(port.IndexOf("://", StringComparison.Ordinal) + 3)..].TrimEnd('/');
        int colon = address.LastIndexOf(':');
        number = 0;
        host = colon <= 0 ? "" : address[..colon].Trim('[', ']');
        return colon > 0 && ushort.TryParse(address[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
    }
}
