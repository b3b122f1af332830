namespace NeuralEdge.Esp32;

/// <summary>One UART of a chip, with the rules of nanoFramework's serial port on the ESP32.</summary>
public interface IUart
{
    bool IsOpen { get; }

    /// <summary>Bytes that have arrived and were not read; the UART must be open.</summary>
    int BytesToRead { get; }

    /// <summary>Takes the UART for one SerialPort. It cannot be taken twice.</summary>
    void Claim();

    /// <summary>Gives it back.</summary>
    void Release();

    /// <summary>Starts to listen.</summary>
    /// <param name="baudRate">Bits per second.</param>
    /// <param name="bufferSize">Bytes of the receive buffer.</param>
    void Open(int baudRate, int bufferSize);

    void Close();

    /// <summary>Exactly <paramref name="count"/> bytes, or a time-out that leaves them where they are.</summary>
    int Read(byte[] buffer, int offset, int count, int timeoutMilliseconds);

    /// <summary>Returns when the last byte is in the transmitter's own buffer.</summary>
    void Write(byte[] buffer, int offset, int count);
}
