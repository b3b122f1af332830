#nullable enable
using System.Net;
using System.Net.Sockets;

namespace NeuralEdge.Simulator.Endpoints;

/// <summary>A TCP listener as the host's end of the line; one client at a time, a second one is told so in the words of ser2net.</summary>
internal sealed class TcpEndpoint : IHostEndpoint
{
    private static readonly byte[] InUse = "Port already in use\r\n"u8.ToArray();

    // A client that has just ended may not have been noticed yet.
    private static readonly TimeSpan Change = TimeSpan.FromMilliseconds(300);

    private readonly TcpListener _listener;
    private readonly string _host;
    private volatile Socket? _client;
    private volatile bool _stopping;

    private TcpEndpoint(string host, int port)
    {
        _host = host;
        IPAddress address = host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(host);
        _listener = new TcpListener(address, port);
        _listener.Start();
    }

    public string Address => $"socket://{_host}:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Listens at an address of this computer.</summary>
    /// <param name="port">socket://HOST:PORT.</param>
    /// <exception cref="IOException">It cannot be had; the message is a sentence.</exception>
    internal static TcpEndpoint Open(string port)
    {
        if (!Uri.TryCreate(port, UriKind.Absolute, out Uri? uri) || uri.Scheme != "socket" || uri.Host.Length == 0
            || (uri.Host != "localhost" && !IPAddress.TryParse(uri.Host, out _)))
        {
            throw new IOException($"A simulated board cannot listen at '{port}'; write socket://127.0.0.1:0 or another address and port of this computer.");
        }

        try
        {
            return new TcpEndpoint(uri.Host, Math.Max(uri.Port, 0));
        }
        catch (SocketException e)
        {
            throw new IOException($"A simulated board cannot listen at '{port}': {e.Message}. Choose another port, or 0 for any.", e);
        }
    }

    public void Start(Action<byte[], int> received)
    {
        Thread thread = new(() => Accept(received)) { IsBackground = true, Name = "simulated line, TCP" };
        thread.Start();
    }

    public void Send(byte[] bytes)
    {
        try
        {
            _client?.Send(bytes);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Nobody listens; a UART would not notice either.
        }
    }

    public void Dispose()
    {
        _stopping = true;
        _listener.Stop();
        _client?.Dispose();
    }

    private void Accept(Action<byte[], int> received)
    {
        Thread? serving = null;
        while (!_stopping)
        {
            Socket client;
            try
            {
                client = _listener.AcceptSocket();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // The endpoint is being closed, or the client was gone before it was served.
                continue;
            }

            if (serving is null || serving.Join(Change))
            {
                serving = new Thread(() => Serve(client, received)) { IsBackground = true, Name = "simulated line, TCP client" };
                serving.Start();
            }
            else
            {
                Thread refusing = new(() => Refuse(client)) { IsBackground = true, Name = "simulated line, second TCP client" };
                refusing.Start();
            }
        }
    }

    private void Serve(Socket client, Action<byte[], int> received)
    {
        byte[] buffer = new byte[256];
        using (client)
        {
            try
            {
                client.NoDelay = true;
                client.SendTimeout = 200;
                _client = client;
                if (_stopping)
                {
                    return;
                }

                int count;
                while ((count = client.Receive(buffer)) > 0)
                {
                    received(buffer, count);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // The client is gone, or the endpoint is being closed.
            }

            _client = null;
        }
    }

    private static void Refuse(Socket client)
    {
        byte[] buffer = new byte[256];
        using (client)
        {
            try
            {
                client.Send(InUse);
                client.Shutdown(SocketShutdown.Send);

                // Closed with something unread, the connection would be reset, and the words with it.
                client.ReceiveTimeout = 1000;
                while (client.Receive(buffer) > 0)
                {
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // It did not wait for an answer.
            }
        }
    }
}
