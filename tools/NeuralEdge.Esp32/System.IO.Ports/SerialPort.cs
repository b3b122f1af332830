using NeuralEdge.Esp32;

namespace System.IO.Ports;

/// <summary>
/// A UART with the behaviour of nanoFramework.System.IO.Ports on the ESP32, which is not that of the desktop's class
/// of the same name: see <see cref="IUart"/>.
/// </summary>
internal sealed class SerialPort : IDisposable
{
    private readonly IUart _uart;
    private int _bufferSize = 256;
    private bool _disposed;

    internal SerialPort(string portName, int baudRate = 9600)
    {
        _uart = Esp32Peripherals.Current.FindUart(portName);
        _uart.Claim();
        PortName = portName;
        BaudRate = baudRate;
    }

    public string PortName { get; }

    public int BaudRate { get; }

    public bool IsOpen => _uart.IsOpen;

    public int ReadTimeout { get; set; } = Timeout.Infinite;

    /// <summary>One field for both directions, settable only while closed.</summary>
    public int ReadBufferSize
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
    public int WriteBufferSize
    {
        get => ReadBufferSize;
        set => ReadBufferSize = value;
    }

    public int BytesToRead => _uart.BytesToRead;

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _uart.Close();
            _uart.Release();
        }
    }

    public void Open() => _uart.Open(BaudRate, _bufferSize);

    public void Close() => _uart.Close();

    public int Read(byte[] buffer, int offset, int count) => _uart.Read(buffer, offset, count, ReadTimeout);

    public void Write(byte[] buffer, int offset, int count) => _uart.Write(buffer, offset, count);
}
