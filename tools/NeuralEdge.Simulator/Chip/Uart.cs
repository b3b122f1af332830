#nullable enable
using NeuralEdge.Esp32;

namespace NeuralEdge.Simulator.Chip;

/// <summary>
/// One UART of the simulated chip with the behaviour of nanoFramework's serial port on the ESP32: a read gives exactly
/// the bytes asked for or times out, an overflow of the receive buffer silently drops everything that was pending, and
/// bytes take their time on the line in both directions.
/// </summary>
internal sealed class Uart : IUart
{
    private const int HardwareFifo = 128;

    private readonly object _gate = new();
    private readonly ChipLife _chip;
    private readonly SerialLine? _line;
    private byte[] _ring = [];
    private int _head;
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

    /// <summary>How often the receive buffer overflowed. The firmware cannot see this.</summary>
    internal int Overflows { get; private set; }

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
            _head = 0;
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
                buffer[offset + i] = _ring[_head];
                _head = (_head + 1) % _ring.Length;
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

            if (_count + bytes.Length > _ring.Length)
            {
                _count = 0;
                _head = 0;
                Overflows++;
                return;
            }

            foreach (byte b in bytes)
            {
                _ring[(_head + _count) % _ring.Length] = b;
                _count++;
            }

            Monitor.PulseAll(_gate);
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
