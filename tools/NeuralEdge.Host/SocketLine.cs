using System.Net.Sockets;
using System.Text;

namespace NeuralEdge.Host;

/// <summary>A line over TCP, to a simulated board or a serial server.</summary>
public sealed class SocketLine : IHostLine
{
    // What ser2net, and the simulated board, say to a second program before they close: "Port already in use".
    private const string InUse = "in use";
    private const int MostOfFirst = 128;

    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(5);
    private readonly Socket _socket;
    private readonly byte[] _first = new byte[MostOfFirst];
    private int _firstLength;

    private SocketLine(string name, Socket socket)
    {
        Name = name;
        _socket = socket;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Advice => "end other programs that are connected there, such as a monitor in another window, and check that the address is a board's";

    /// <summary>A line over a socket that is connected already, and belongs to the line.</summary>
    internal static SocketLine Over(Socket socket, string name) => new(name, socket);

    /// <summary>Connects.</summary>
    /// <param name="name">The port as the user wrote it.</param>
    /// <param name="host">Name or address of the other side.</param>
    /// <param name="port">Its TCP port.</param>
    /// <exception cref="BoardLinkException">Nobody listens there.</exception>
    public static SocketLine Open(string name, string host, int port)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using CancellationTokenSource limit = new(ConnectTime);
            socket.ConnectAsync(host, port, limit.Token).AsTask().GetAwaiter().GetResult();
            return new SocketLine(name, socket);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ArgumentException)
        {
            socket.Dispose();
            string reason = e is SocketException refused ? Reason(refused) : "no answer";
            throw new BoardLinkException($"Cannot connect to {name} ({reason}): start the board there (neuraledge simulate prints its address), or correct the address.", e);
        }
    }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, TimeSpan timeout)
    {
        try
        {
            if (!_socket.Poll(timeout, SelectMode.SelectRead))
            {
                return 0;
            }

            int count = _socket.Receive(buffer);
            int kept = Math.Min(count, MostOfFirst - _firstLength);
            buffer[..kept].CopyTo(_first.AsSpan(_firstLength));
            _firstLength += kept;
            return count > 0 ? count : throw Gone(null);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw Gone(e);
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> data)
    {
        try
        {
            while (data.Length > 0)
            {
                data = data[_socket.Send(data)..];
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw Gone(e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static string Reason(SocketException e)
    {
        return e.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "connection refused",
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "unknown host",
            SocketError.TimedOut => "no answer",
            _ => e.SocketErrorCode.ToString(),
        };
    }

    private BoardLinkException Gone(Exception? inner)
    {
        if (Encoding.ASCII.GetString(_first, 0, _firstLength).Contains(InUse, StringComparison.OrdinalIgnoreCase))
        {
            return new PortException(PortProblem.InUse, $"Another program is connected to {Name}, which serves one at a time: end that one first, such as a monitor in another window.", inner);
        }

        return new BoardLinkException($"The board at {Name} closed the connection: start it again and repeat the command.", inner);
    }
}
