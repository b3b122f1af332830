#nullable enable
using NeuralEdge.Simulator.Chip;

namespace System.IO.Ports;

/// <summary>
/// A UART with the behaviour of nanoFramework.System.IO.Ports on the ESP32, which is not that of the desktop's class
/// of the same name: see <see cref="Uart"/>.
/// </summary>
internal sealed class SerialPort : IDisposable
{
    private readonly Uart _uart;
    private int _bufferSize = 256;
    private bool _disposed;

    internal SerialPort(string portName, int baudRate = 9600)
    {
        _uart = ChipLife.Current.FindUart(portName);
        _uart.Claim();
        PortName = portName;
        BaudRate = baudRate;
    }

    internal string PortName { get; }

    internal int BaudRate { get; }

    internal bool IsOpen => _uart.IsOpen;

    internal int ReadTimeout { get; set; } = System.Threading.Timeout.Infinite;

    /// <summary>One field for both directions, settable only while closed.</summary>
    internal int ReadBufferSize
    {
        get => _bufferSize;
        set
        {
            if (_uart.IsOpen)
            {
                throw new InvalidOperationException();
            }

            _bufferSize = value;
        }
    }

    /// <inheritdoc cref="ReadBufferSize"/>
    internal int WriteBufferSize
    {
        get => ReadBufferSize;
        set => ReadBufferSize = value;
    }

    internal int BytesToRead => _uart.BytesToRead;

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _uart.Close();
            _uart.Release();
        }
    }

    internal void Open() => _uart.Open(BaudRate, _bufferSize);

    internal void Close() => _uart.Close();

    internal int Read(byte[] buffer, int offset, int count) => _uart.Read(buffer, offset, count, ReadTimeout);

    internal void Write(byte[] buffer, int offset, int count) => _uart.Write(buffer, offset, count);
}
