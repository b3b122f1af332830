using System.Collections.Concurrent;
using System.IO.Ports;

namespace NeuralEdge.Host;

/// <summary>A line over a serial port or a pseudo-terminal, at 115200 baud, 8N1.</summary>
/// <remarks>
/// Modem lines are left alone: a pseudo-terminal has none and fails when they are touched. A thread of its own reads,
/// because the DataReceived event is lost after DiscardInBuffer.
/// </remarks>
public sealed class SerialLine : IHostLine
{
    /// <summary>The board's baud rate.</summary>
    public const int BaudRate = 115200;

    private const int PollMs = 200;
    private static readonly TimeSpan WriteTime = TimeSpan.FromSeconds(3);
    private readonly PortLock _lock;
    private readonly SerialPort _port;
    private readonly Thread _reader;
    private readonly BlockingCollection<byte[]> _received = [];
    private byte[] _rest = [];
    private int _restAt;
    private Exception? _failure;
    private volatile bool _closing;

    private SerialLine(string name, SerialPort port, PortLock portLock)
    {
        Name = name;
        _port = port;
        _lock = portLock;
        _reader = new Thread(ReadPort) { IsBackground = true, Name = "serial reader" };
        _reader.Start();
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Opens a port.</summary>
    /// <param name="name">COM5, /dev/ttyUSB0, or the path of a pseudo-terminal.</param>
    /// <exception cref="BoardLinkException">It cannot be opened.</exception>
    public static SerialLine Open(string name)
    {
        PortLock portLock = PortLock.Take(name);
        SerialPort? port = null;
        try
        {
            port = new SerialPort(name, BaudRate, Parity.None, 8, StopBits.One)
            {
                ReadTimeout = PollMs,
                WriteTimeout = (int)WriteTime.TotalMilliseconds,
            };
            port.Open();

            // What an earlier program left unread is still in the system's buffer.
            port.DiscardInBuffer();
            return new SerialLine(name, port, portLock);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
            or InvalidOperationException or PlatformNotSupportedException)
        {
            port?.Dispose();
            portLock.Dispose();
            throw new BoardLinkException(CannotOpen(name), e);
        }
    }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, TimeSpan timeout)
    {
        if (_restAt == _rest.Length)
        {
            if (!_received.TryTake(out byte[]? next, timeout > TimeSpan.Zero ? timeout : TimeSpan.Zero))
            {
                return _failure == null ? 0 : throw Gone(_failure);
            }

            _rest = next;
            _restAt = 0;
        }

        int count = Math.Min(buffer.Length, _rest.Length - _restAt);
        _rest.AsSpan(_restAt, count).CopyTo(buffer);
        _restAt += count;
        return count;
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> data)
    {
        try
        {
            _port.Write(data.ToArray(), 0, data.Length);
        }
        catch (TimeoutException e)
        {
            throw new BoardLinkException($"Port {Name} takes no bytes: check the adapter and its cable.", e);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            throw Gone(e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _closing = true;
        try
        {
            _port.Dispose();
        }
        catch (IOException)
        {
            // An adapter that was unplugged cannot be closed either.
        }

        _reader.Join(TimeSpan.FromSeconds(2));
        _received.Dispose();
        _lock.Dispose();
    }

    private static string CannotOpen(string name)
    {
        string[] ports = [];
        try
        {
            ports = SerialPort.GetPortNames();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            // Only the hint is lost.
        }

        if (name.Contains(':', StringComparison.Ordinal) && !File.Exists(name))
        {
            return $"Cannot open port {name}: a board on the network, or a simulated one, is socket://{name}.";
        }

        string hint = ports.Length > 0 ? $"ports here are {string.Join(", ", ports.Order(StringComparer.Ordinal))}" : "no serial port was found here";
        string rights = OperatingSystem.IsLinux() && File.Exists(name) ? ", and your user must be in the group dialout" : "";
        return $"Cannot open port {name}: {hint}; check the name, the cable, and that no other program uses it{rights}.";
    }

    private void ReadPort()
    {
        byte[] buffer = new byte[4096];
        try
        {
            while (!_closing)
            {
                try
                {
                    int count = _port.Read(buffer, 0, buffer.Length);
                    if (count > 0)
                    {
                        _received.Add(buffer[..count]);
                    }
                }
                catch (TimeoutException)
                {
                    // Quiet; look whether the line is being closed.
                }
            }
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or UnauthorizedAccessException or OperationCanceledException)
        {
            _failure = e;
        }
    }

    private BoardLinkException Gone(Exception inner)
    {
        return new BoardLinkException($"The line to {Name} is gone: check the adapter and its cable, then repeat the command.", inner);
    }
}
