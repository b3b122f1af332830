using NeuralEdge.Tests.Control;

namespace NeuralEdge.Tests.Firmware;

/// <summary>
/// The MPU-6050 as its register map has it, as far as the accelerometer goes: asleep until it is woken, a FIFO of 1,024 bytes that loses its oldest
/// when it is full, and a clock of its own. Row k is (k, k + 5000, k + 10000), each modulo 20,000, less 10,000.
/// </summary>
internal sealed class MpuChip : IChip
{
    private const int FifoBytes = 1024;

    // At 400 kHz, with the bit that acknowledges it.
    private const int ByteMicroseconds = 23;

    private readonly FakeClock _clock;
    private readonly byte[] _registers = new byte[128];
    private readonly Queue<byte> _fifo = new(FifoBytes + 8);
    private readonly byte[] _row = new byte[6];
    private readonly int _errorPerMille;
    private double _nextAt;

    public MpuChip(FakeClock clock, int errorPerMille = 0)
    {
        _clock = clock;
        _errorPerMille = errorPerMille;
        LosePower();
    }

    /// <summary>Rows measured so far.</summary>
    public int Measured { get; private set; }

    /// <summary>Whether somebody pulled its wires.</summary>
    public bool IsAway { get; set; }

    /// <summary>Microseconds each transfer takes before it fails; 0 for a bus that works.</summary>
    public int StuckMicroseconds { get; set; }

    /// <summary>The register of which the next write gets lost, as by a chip that has just got its power; null for none.</summary>
    public int? Loses { get; set; }

    /// <summary>After so many bytes of the next burst the bus fails; null for never.</summary>
    public int? FailsAfter { get; set; }

    public byte this[int register]
    {
        get => _registers[register];
        set => _registers[register] = value;
    }

    /// <summary>Bytes the FIFO holds.</summary>
    public int Kept => _fifo.Count;

    /// <summary>How many times it was reset while it was off.</summary>
    public int Resets { get; private set; }

    private bool Measures => (_registers[0x6B] & 0x40) == 0;

    private double Spacing => 1000.0 * (1 + _registers[0x19]) * 1000 / (1000 + _errorPerMille);

    /// <summary>Row of a value of x.</summary>
    public static int RowOf(int x) => x + 10_000;

    public void LosePower()
    {
        Array.Clear(_registers);
        _registers[0x75] = 0x68;
        _registers[0x6B] = 0x40;
        _fifo.Clear();
    }

    /// <summary>A byte that is there and belongs to no row.</summary>
    public void Tear() => _fifo.Dequeue();

    public bool Transfer(byte[] write, byte[]? read)
    {
        _clock.Microseconds += StuckMicroseconds;
        if (IsAway || StuckMicroseconds != 0)
        {
            return false;
        }

        _clock.Microseconds += (1 + write.Length) * ByteMicroseconds;
        Measure();
        for (int i = 1; i < write.Length; i++)
        {
            Write(write[0] + i - 1, write[i]);
        }

        for (int i = 0; read is not null && i < read.Length; i++)
        {
            _clock.Microseconds += ByteMicroseconds;

            // The FIFO's register is the one that is not left behind by a burst. What it measures meanwhile it stores; its other registers stand still.
            bool isFifo = write[0] == 0x74;
            if (isFifo)
            {
                Measure();
            }

            if (isFifo && FailsAfter is int left)
            {
                FailsAfter = left == 0 ? null : left - 1;
                if (left == 0)
                {
                    return false;
                }
            }

            read[i] = isFifo ? (_fifo.Count > 0 ? _fifo.Dequeue() : (byte)0xA5) : Read(write[0] + i);
        }

        return true;
    }

    /// <summary>Goes on to now.</summary>
    public void Measure()
    {
        while (Measures && _nextAt <= _clock.Microseconds)
        {
            _nextAt += Spacing;
            for (int axis = 0; axis < 3; axis++)
            {
                int value = ((Measured + (5000 * axis)) % 20_000) - 10_000;
                _row[2 * axis] = (byte)(value >> 8);
                _row[(2 * axis) + 1] = (byte)value;
            }

            Measured++;
            _row.CopyTo(_registers, 0x3B);
            _registers[0x3A] |= (byte)(_registers[0x38] & 1);
            for (int i = 0; i < 6 && _registers[0x23] == 8 && (_registers[0x6A] & 0x40) != 0; i++)
            {
                if (_fifo.Count == FifoBytes)
                {
                    _fifo.Dequeue();
                    _registers[0x3A] |= 0x10;
                }

                _fifo.Enqueue(_row[i]);
            }
        }
    }

    private byte Read(int register)
    {
        byte value = register switch
        {
            0x72 => (byte)(_fifo.Count >> 8),
            0x73 => (byte)_fifo.Count,
            _ => _registers[register],
        };
        if (register == 0x3A)
        {
            _registers[0x3A] = 0;
        }

        return value;
    }

    private void Write(int register, byte value)
    {
        if (register == Loses)
        {
            Loses = null;
            return;
        }

        // Asleep it takes nothing but the end of its sleep.
        if (!Measures && register != 0x6B)
        {
            return;
        }

        if (register == 0x6B && !Measures)
        {
            _nextAt = _clock.Microseconds + 1000;
        }

        if (register == 0x6A && (value & 4) != 0)
        {
            if ((_registers[0x6A] & 0x40) == 0)
            {
                _fifo.Clear();
                Resets++;
            }

            value &= 0xFB;
        }

        _registers[register] = value;
    }
}
