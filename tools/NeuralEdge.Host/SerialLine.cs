using System.Collections.Concurrent;
using System.IO.Ports;

namespace NeuralEdge.Host;

/// <summary>A line over a serial port or a pseudo-terminal, at 115200 baud, 8N1.</summary>
/// <remarks>
/// Opening changes no modem line, because DTR and RTS reset an ESP32 when they differ (see <see cref="OpenQuietly"/>). A thread of its own
/// reads, because the DataReceived event is lost after DiscardInBuffer.
/// </remarks>
public sealed class SerialLine : IHostLine
{
    /// <summary>The board's baud rate.</summary>
    public const int BaudRate = 115200;

    private const int PollMs = 200;
    private static readonly TimeSpan WriteTime = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(1);
    private readonly PortLock _lock;
    private readonly SerialPort _port;
    private readonly Thread _reader;
    private readonly BlockingCollection<byte[]> _received = [];
    private byte[] _rest = [];
    private int _restAt;
    private volatile Exception? _failure;
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
    /// <exception cref="PortException">It cannot be opened.</exception>
    public static SerialLine Open(string name)
    {
        PortLock portLock = PortLock.Take(name);
        SerialPort? port = null;
        try
        {
            port = OpenQuietly(name);

            // What an earlier program left unread is still in the system's buffer.
            port.DiscardInBuffer();
            return new SerialLine(name, port, portLock);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
            or InvalidOperationException or PlatformNotSupportedException)
        {
            port?.Dispose();
            portLock.Dispose();
            throw PortException.CannotOpen(name, e);
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
        if (_failure is Exception failure)
        {
            throw Gone(failure);
        }

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

        // The library waits for ever to write what was still to be written when the device vanished.
        Task.Run(Close).Wait(CloseTime);
        _reader.Join(TimeSpan.FromSeconds(2));
        _received.Dispose();
        _lock.Dispose();
    }

    /// <summary>Opens a port without a pulse on the lines that reset an ESP32.</summary>
    /// <remarks>
    /// The usual circuit holds a board in reset while RTS is on and DTR off. Linux and macOS switch both on when a port is opened; by itself
    /// SerialPort then switches DTR off and, after some other calls, RTS: a reset at each opening. So both are asked for, which changes
    /// nothing any more. Windows leaves both off, and so does SerialPort there.
    /// </remarks>
    private static SerialPort OpenQuietly(string name)
    {
        bool areOn = !OperatingSystem.IsWindows();
        while (true)
        {
            SerialPort port = new(name, BaudRate, Parity.None, 8, StopBits.One)
            {
                ReadTimeout = PollMs,
                WriteTimeout = (int)WriteTime.TotalMilliseconds,
                DtrEnable = areOn,
                RtsEnable = areOn,
            };
            try
            {
                port.Open();
                return port;
            }
            catch (IOException) when (areOn)
            {
                // A pseudo-terminal has no such lines, and fails when they are to be on.
                port.Dispose();
                areOn = false;
            }
            catch
            {
                port.Dispose();
                throw;
            }
        }
    }

    private void Close()
    {
        try
        {
            _port.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            // An adapter that was unplugged cannot be closed either.
        }
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
                    // Quiet, or gone between two reads, which SerialPort does not tell.
                    if (_port.BytesToRead < 0)
                    {
                        throw new IOException("The device has vanished.");
                    }
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
