using System.Net.Sockets;
using System.Text;
using NeuralEdge.Host;
using NeuralEdge.Studio.Boards;

namespace NeuralEdge.Studio.Sharing;

/// <summary>
/// Lends the board's port to the verbs of the command line, one after the other: the studio closes its session, hands the bytes through
/// until the verb has ended, and goes on where it was.
/// </summary>
public sealed class PortSharing : IDisposable
{
    private readonly object _gate = new();
    private readonly BoardService _board;
    private Listener? _listener;

    /// <summary>Shares whatever port the board has.</summary>
    /// <param name="board">The board.</param>
    public PortSharing(BoardService board)
    {
        _board = board;
        board.Changed += Look;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _board.Changed -= Look;
        lock (_gate)
        {
            _listener?.Dispose();
            _listener = null;
        }
    }

    private void Look()
    {
        lock (_gate)
        {
            string? port = _board.Now.Port;
            if (port == _listener?.Port)
            {
                return;
            }

            _listener?.Dispose();
            _listener = port is null ? null : Listener.TryOpen(port, _board);
        }
    }

    /// <summary>The socket of one port.</summary>
    private sealed class Listener : IDisposable
    {
        private const string Taken = "Another command has the board through the studio, which lends it to one at a time: end that one first, such as a monitor in another window.";

        // One command after the other, in a script as well: the port takes a moment to come back.
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

        private readonly SemaphoreSlim _turn = new(1);
        private readonly BoardService _board;
        private readonly FileStream _lock;
        private readonly Socket _socket;
        private readonly string _path;

        private Listener(string port, BoardService board, FileStream owned, Socket socket, string path)
        {
            (Port, _board, _lock, _socket, _path) = (port, board, owned, socket, path);
            new Thread(Accept) { IsBackground = true, Name = "shared port" }.Start();
        }

        internal string Port { get; }

        /// <summary>Null where the port cannot be shared, or another studio shares it: that takes nothing from this one.</summary>
        internal static Listener? TryOpen(string port, BoardService board)
        {
            if (SharedPort.PathOf(port) is not string path)
            {
                return null;
            }

            FileStream? owned = null;
            Socket? socket = null;
            try
            {
                MakeFolder(Path.GetDirectoryName(path)!);
                owned = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

                // Ours by the lock: what lies there is of somebody who was killed.
                File.Delete(path);
                socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                socket.Bind(new UnixDomainSocketEndPoint(path));
                socket.Listen();
                return new Listener(port, board, owned, socket, path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException or PlatformNotSupportedException)
            {
                socket?.Dispose();
                owned?.Dispose();
                return null;
            }
        }

        public void Dispose()
        {
            _socket.Dispose();
            try
            {
                File.Delete(_path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Whoever connects to it is refused by the system, and goes on without.
            }

            _lock.Dispose();
        }

        // The folder keeps others out; the socket in it does not.
        private static void MakeFolder(string folder)
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
                return;
            }

            const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Directory.CreateDirectory(folder, Mine);
            File.SetUnixFileMode(folder, Mine);
        }

        private void Accept()
        {
            while (true)
            {
                Socket client;
                try
                {
                    client = _socket.Accept();
                }
                catch (Exception e) when (e is SocketException or ObjectDisposedException)
                {
                    return;
                }

                new Thread(() =>
                {
                    using (client)
                    {
                        WaitAndServe(client);
                    }
                })
                { IsBackground = true, Name = "shared port, a command" }.Start();
            }
        }

        private void WaitAndServe(Socket client)
        {
            if (!_turn.Wait(Patience))
            {
                TryTell(client, Taken);
                return;
            }

            try
            {
                Serve(client);
            }
            finally
            {
                _turn.Release();
            }
        }

        private void Serve(Socket client)
        {
            try
            {
                if (_board.WhyKept() is string why)
                {
                    client.Send(Encoding.UTF8.GetBytes(why + "\n"));
                    return;
                }

                _board.Lend((line, end) => Bridge(client, line, end)).GetAwaiter().GetResult();
            }
            catch (BoardLinkException e)
            {
                TryTell(client, e.Message);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // The verb is gone, or the studio ends.
            }
        }

        private static void TryTell(Socket client, string sentence)
        {
            try
            {
                client.Send(Encoding.UTF8.GetBytes(sentence + "\n"));
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // Nobody is there to read it.
            }
        }

        /// <summary>Hands bytes through until the verb is gone, or the line is.</summary>
        private static void Bridge(Socket client, IHostLine line, CancellationToken end)
        {
            client.Send(Encoding.UTF8.GetBytes(SharedPort.Welcome + "\n"));
            bool isOver = false;
            Thread forth = new(() =>
            {
                byte[] buffer = new byte[1024];
                try
                {
                    int count;
                    while ((count = client.Receive(buffer)) > 0)
                    {
                        line.Write(buffer.AsSpan(0, count));
                    }
                }
                catch (Exception e) when (e is SocketException or ObjectDisposedException or BoardLinkException)
                {
                    // The other direction ends, too.
                }

                Volatile.Write(ref isOver, true);
            })
            { IsBackground = true, Name = "shared port, to the board" };
            forth.Start();
            byte[] back = new byte[1024];
            try
            {
                while (!Volatile.Read(ref isOver) && !end.IsCancellationRequested)
                {
                    int count = line.Read(back, TimeSpan.FromMilliseconds(50));
                    if (count > 0)
                    {
                        client.Send(back.AsSpan(0, count));
                    }
                }
            }
            catch (Exception e) when (e is SocketException or BoardLinkException)
            {
                // The verb notices that nothing comes any more.
            }

            client.Dispose();
            forth.Join();
        }
    }
}
