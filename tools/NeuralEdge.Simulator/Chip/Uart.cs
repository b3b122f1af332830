#nullable enable
using NeuralEdge.Esp32;

namespace NeuralEdge.Simulator.Chip;

/// <summary>
/// One UART of the simulated chip with the behaviour of nanoFramework's serial port on the ESP32: a read gives exactly
/// the bytes asked for or times out, a full receive buffer keeps its oldest bytes and silently drops what comes, a write that
/// the transmitter has no room for blocks, and bytes take their time on the line in both directions.
/// </summary>
internal sealed class Uart : IUart
{
    private const int HardwareFifo = 128;

    private readonly object _gate = new();
    private readonly ChipLife _chip;
    private readonly SerialLine? _line;

    // As in HAL_RingBuffer of nf-interpreter's nanoHAL.h: two indexes, and a count that both sides change and nobody checks.
    private byte[] _ring = [];
    private int _writeAt;
    private int _readAt;
    private int _count;
    private bool _claimed;
    private long _transmitterFree;

    internal Uart(ChipLife chip, int number, SerialLine? line)
    {
        _chip = chip;
        Number = number;
        _line = line;
    }

    /// <summary>1 for COM1.</summary>
    internal int Number { get; }

    public bool IsOpen { get; private set; }

    /// <summary>Microseconds one byte needs on the line: start bit, eight data bits, stop bit.</summary>
    internal double MicrosecondsPerByte { get; private set; }

    /// <summary>Bytes that were lost because the receive buffer was full. The firmware cannot see this.</summary>
    internal int LostBytes { get; private set; }

    public int BytesToRead
    {
        get
        {
            _chip.ThrowIfStopped();
            lock (_gate)
            {
                ThrowIfClosed();
                return _count;
            }
        }
    }

    /// <summary>One SerialPort object for one UART.</summary>
    public void Claim()
    {
        lock (_gate)
        {
            if (_claimed)
            {
                throw new ArgumentException($"COM{Number} has a SerialPort already.");
            }

            _claimed = true;
        }
    }

    public void Release()
    {
        lock (_gate)
        {
            _claimed = false;
        }
    }

    public void Open(int baudRate, int bufferSize)
    {
        _chip.ThrowIfStopped();
        lock (_gate)
        {
            if (IsOpen)
            {
                throw new InvalidOperationException();
            }

            if (Number == 1 && _chip.DebuggerHasFirstPort)
            {
                throw new ArgumentException("COM1 is the debugger's.");
            }

            if (!_chip.HasUartPins(Number) && !_chip.HasDefaultPins(Number))
            {
#pragma warning disable CA2201 // The device throws exactly this, a plain Exception.
                throw new Exception($"COM{Number} has no pins.");
#pragma warning restore CA2201
            }

            _ring = new byte[Math.Max(bufferSize, HardwareFifo + 1)];
            _writeAt = 0;
            _readAt = 0;
            _count = 0;
            MicrosecondsPerByte = 10e6 / baudRate;
            IsOpen = true;
        }

        _chip.SerialOpened(this);
    }

    public void Close()
    {
        lock (_gate)
        {
            IsOpen = false;
            Monitor.PulseAll(_gate);
        }
    }

    public int Read(byte[] buffer, int offset, int count, int timeoutMilliseconds)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + count, buffer.Length);
        long deadline = timeoutMilliseconds < 0 ? long.MaxValue : Environment.TickCount64 + timeoutMilliseconds;
        lock (_gate)
        {
            while (true)
            {
                _chip.ThrowIfStopped();
                ThrowIfClosed();
                if (_count >= count)
                {
                    break;
                }

                if (Environment.TickCount64 >= deadline)
                {
                    throw new TimeoutException();
                }

                Monitor.Wait(_gate, 10);
            }

            for (int i = 0; i < count; i++)
            {
                buffer[offset + i] = _ring[_readAt];
                _readAt = (_readAt + 1) % _ring.Length;
            }

            _count -= count;
            return count;
        }
    }

    public void Write(byte[] buffer, int offset, int count)
    {
        _chip.ThrowIfStopped();
        ThrowIfClosed();
        byte[] bytes = buffer.AsSpan(offset, count).ToArray();
        long now = (long)_chip.Microseconds;
        _transmitterFree = Math.Max(_transmitterFree, now) + (long)(count * MicrosecondsPerByte);
        _line?.SendToHost(bytes, _chip, _transmitterFree);

        // The call returns when the last byte is in the transmitter's own buffer.
        long wait = _transmitterFree - (long)(HardwareFifo * MicrosecondsPerByte) - now;
        if (wait > 0)
        {
            _chip.Wait(wait);
        }
    }

    /// <summary>Bytes come off the line. A closed port does not listen.</summary>
    internal void Receive(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (!IsOpen)
            {
                return;
            }

            int taken = Math.Clamp(_ring.Length - _count, 0, bytes.Length);
            LostBytes += bytes.Length - taken;
            foreach (byte b in bytes[..taken])
            {
                _ring[_writeAt] = b;
                _writeAt = (_writeAt + 1) % _ring.Length;
                _count++;
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>What two tasks do that change the count at the same time: one of the changes is lost, for good.</summary>
    /// <param name="bytes">By how many bytes the count is too high, negative for too low.</param>
    internal void LoseCount(int bytes)
    {
        lock (_gate)
        {
            _count += bytes;
        }
    }

    /// <summary>The same after as many bytes had come and were read: what comes now is read when as many more have.</summary>
    /// <param name="bytes">How many.</param>
    internal void FallBehind(int bytes)
    {
        lock (_gate)
        {
            _readAt = (_readAt - bytes + _ring.Length) % _ring.Length;
        }
    }

    private void ThrowIfClosed()
    {
        if (!IsOpen)
        {
            throw new InvalidOperationException();
        }
    }
}
