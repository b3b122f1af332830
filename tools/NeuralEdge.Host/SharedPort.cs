using System.Net.Sockets;
using System.Text;

namespace NeuralEdge.Host;

/// <summary>
/// Where a program that keeps a board's port shares it with others of the same user, so that they need not fail because it is in use: a
/// Unix socket in a folder that nobody else may enter. Whoever connects gets one line, "ok" or why not, and then the bytes of the port.
/// </summary>
public static class SharedPort
{
    /// <summary>The line that begins the bytes of the port.</summary>
    public const string Welcome = "ok";

    // As long as systems take: 104 bytes with the end on macOS.
    private const int LongestPath = 103;
    private const int LongestLine = 4096;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The folder of the sockets; null where the user has none.</summary>
    public static string? Folder
    {
        get
        {
            string own = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return own.Length == 0 ? null : Path.Combine(own, "NeuralEdge", "ports");
        }
    }

    /// <summary>The socket of a port, the same for every name of it.</summary>
    /// <param name="port">The port as the user wrote it.</param>
    /// <returns>Null where there can be none.</returns>
    public static string? PathOf(string port) =>
        Folder is string folder && Path.Combine(folder, PortLock.Key(port) + ".sock") is string path && Encoding.UTF8.GetByteCount(path) <= LongestPath ? path : null;

    /// <summary>Opens a port that another program of the user shares.</summary>
    /// <param name="port">The port as the user wrote it.</param>
    /// <returns>Null when nobody shares it.</returns>
    /// <exception cref="PortException">Whoever has it does not give it away now; the sentence says why.</exception>
    public static IHostLine? TryOpen(string port)
    {
        if (PathOf(port) is not string path || !File.Exists(path))
        {
            return null;
        }

        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            string line = ReadLine(socket);
            return line == Welcome ? SocketLine.Over(socket, port)
                : throw new PortException(PortProblem.InUse, line.Length > 0 ? Conversion.Text.Harmless.Line(line) : $"The studio has the board at {port} and does not answer: end it, or wait a moment and repeat the command.");
        }
        catch (SocketException)
        {
            // What a program left behind that was killed.
            socket.Dispose();
            return null;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string ReadLine(Socket socket)
    {
        socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        List<byte> line = [];
        byte[] next = new byte[1];
        try
        {
            while (line.Count < LongestLine && socket.Receive(next) > 0)
            {
                if (next[0] == '\n')
                {
                    socket.ReceiveTimeout = 0;
                    return Encoding.UTF8.GetString([.. line]);
                }

                line.Add(next[0]);
            }
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            // Nobody said anything.
        }

        return "";
    }
}
