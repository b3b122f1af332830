using NeuralEdge.Board.Chips;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Host;
using NeuralEdge.Models;
using NeuralEdge.Tests.Storage;
using Tuning = NeuralEdge.Firmware.Tuning;

namespace NeuralEdge.Tests.Link;

/// <summary>
/// The real board of the core on a line that loses, repeats, damages and delays, in virtual time: as fast as it can be
/// computed and the same at every run. The host's waiting is what makes the board run. With a chip's wiring it is the firmware's board on that
/// chip, pins and channels by their numbers.
/// </summary>
internal sealed class VirtualBoard : IHostLine, IBoardClock, IByteLink, IAnalogInputs, IOutputPins, IBoardReset
{
    private const long Pins = 1L << 18 | 1L << 19 | 1L << 21 | 1L << 22 | 1L << 23 | 1L << 25;

    private readonly ChipWiring? _wiring;
    private readonly ModelLimits _limits;
    private readonly Random _random;
    private readonly LineFaults _faults;
    private readonly PriorityQueue<byte[], (long Time, long Order)> _toBoard = new();
    private readonly PriorityQueue<byte[], (long Time, long Order)> _toHost = new();
    private readonly VirtualTime _time;
    private long _now;
    private long _startedAt;
    private byte[] _boardBytes = [];
    private int _boardAt;
    private byte[] _hostBytes = [];
    private int _hostAt;
    private long _order;
    private int _readCounts;
    private long _lastInference;

    public VirtualBoard(int seed = 0, LineFaults? faults = null, FaultyFlash? flash = null, int heapBytes = int.MaxValue, ChipWiring? wiring = null)
    {
        _wiring = wiring;
        _limits = new(Limits.MaxBytes, Limits.MaxLayers, Limits.MaxWidth, Limits.OutputPins, Limits.AdcChannels, heapBytes);
        _random = new Random(seed);
        _faults = faults ?? LineFaults.None;
        Flash = flash ?? new FaultyFlash(FlashModel.CommitOnClose, seed);
        _time = new VirtualTime(this);
        Board = null!;
        Restart();
    }

    public static ModelLimits Limits { get; } = new(200_000, 16, 512, Pins, 0xFF);

    public FaultyFlash Flash { get; }

    public TeachableBoard Board { get; private set; }

    public int Restarts { get; private set; } = -1;

    /// <summary>How often the board opened its port anew.</summary>
    public int Reopenings { get; private set; }

    /// <summary>The board restarts by itself at this virtual time, in microseconds.</summary>
    public long RestartAt { get; set; } = long.MaxValue;

    /// <summary>Longest time from one inference to the next, in microseconds; may be set back to 0.</summary>
    public long LongestGap { get; set; }

    /// <summary>The count of a channel at a time in microseconds; null: all counts in turn.</summary>
    public Func<int, long, int>? Counts { get; set; }

    /// <summary>Told the time in microseconds, the pin and its level whenever a pin is written.</summary>
    public Action<long, int, bool>? PinWritten { get; set; }

    /// <summary>The first channel whose counts are not plausible.</summary>
    public int BrokenChannel { get; set; } = int.MaxValue;

    /// <summary>Nothing reaches the board any more.</summary>
    public bool Dead { get; set; }

    /// <summary>Waiting times of the host in this time.</summary>
    public LinkTimes Times => new() { Clock = _time };

    public long Now => _now;

    public string Name => "the virtual board";

    long IBoardClock.Microseconds
    {
        get
        {
            _now += 20;
            return _now - _startedAt;
        }
    }

    int IByteLink.Available
    {
        get
        {
            while (_toBoard.TryPeek(out _, out (long Time, long Order) at) && at.Time <= _now)
            {
                byte[] rest = _boardBytes[_boardAt..];
                _boardBytes = [.. rest, .. _toBoard.Dequeue()];
                _boardAt = 0;
            }

            return _boardBytes.Length - _boardAt;
        }
    }

    public BoardLink Connect(KeyFile? keys = null) => BoardLink.Connect(this, Times, keys);

    public void Restart()
    {
        Restarts++;
        RestartAt = long.MaxValue;
        _startedAt = _now;
        _lastInference = _now;
        _boardBytes = [];
        _boardAt = 0;
        Flash.PowerOn();
        SafeOutputs outputs = new(this, _wiring?.Outputs ?? [.. Enumerable.Range(0, 63).Where(pin => (Pins & (1L << pin)) != 0).Select(pin => new SafePin(pin, false))]);
        outputs.DriveSafe();
        Board = new TeachableBoard(
            new BoardParts
            {
                Inputs = this,
                Outputs = outputs,
                Clock = this,
                Link = this,
                Files = Flash,
                Authentication = new HostHmac(),
                Reset = this,
                Supervisor = new Supervisor(outputs, this, this, 60_000),
            },
            _wiring is null ? new BoardSettings { Limits = _limits, PeriodMs = 20, Name = "virtual" } : Tuning.ForBoard(outputs, _wiring),
            FactoryModel.GetBytes());
        Board.Start();
    }

    int IHostLine.Read(Span<byte> buffer, TimeSpan timeout)
    {
        long until = _now + (long)timeout.TotalMicroseconds;
        while (true)
        {
            if (_hostAt == _hostBytes.Length && _toHost.TryPeek(out _, out (long Time, long Order) at) && at.Time <= _now)
            {
                _hostBytes = _toHost.Dequeue();
                _hostAt = 0;
            }

            if (_hostAt < _hostBytes.Length)
            {
                int count = Math.Min(buffer.Length, _hostBytes.Length - _hostAt);
                _hostBytes.AsSpan(_hostAt, count).CopyTo(buffer);
                _hostAt += count;
                return count;
            }

            if (_now >= until)
            {
                return 0;
            }

            RunBoard();
        }
    }

    void IHostLine.Write(ReadOnlySpan<byte> data)
    {
        if (Dead)
        {
            return;
        }

        // Pieces as they come out of a UART's buffer, so that a fault hits parts of frames too.
        for (int at = 0; at < data.Length; at += 64)
        {
            Travel(_toBoard, data.Slice(at, Math.Min(64, data.Length - at)).ToArray());
        }
    }

    void IBoardClock.Sleep(int milliseconds) => _now += Math.Max(milliseconds * 1000, 200);

    int IByteLink.Read(byte[] buffer, int offset, int count)
    {
        Assert.IsLessThanOrEqualTo(_boardBytes.Length - _boardAt, count, "the device's port would wait for ever");
        Array.Copy(_boardBytes, _boardAt, buffer, offset, count);
        _boardAt += count;
        return count;
    }

    int IByteLink.Write(byte[] buffer, int offset, int count)
    {
        // 87 microseconds a byte.
        _now += count * 87;
        Travel(_toHost, buffer.AsSpan(offset, count).ToArray());
        return count;
    }

    void IByteLink.Reopen()
    {
        Reopenings++;
        _boardBytes = [];
        _boardAt = 0;
    }

    int IAnalogInputs.ReadSum(int channel, int conversions, int lowest, int highest)
    {
        if (channel >= BrokenChannel)
        {
            return AnalogSampler.Implausible;
        }

        int sum = 0;
        for (int k = 0; k < conversions; k++)
        {
            sum += Counts?.Invoke(channel, _now) ?? (_readCounts++ * 37) & 4095;
        }

        return sum;
    }

    void IOutputPins.Write(int pin, bool high) => PinWritten?.Invoke(_now, pin, high);

    void IBoardReset.Reset() => throw new RestartException();

    public void Dispose()
    {
    }

    private void RunBoard()
    {
        if (Dead)
        {
            _now += 1000;
            return;
        }

        try
        {
            Board.RunOnce();
            LongestGap = Math.Max(LongestGap, _now - _lastInference);
            _lastInference = _now;
        }
        catch (RestartException)
        {
            Restart();
        }

        if (Flash.Dead || _now >= RestartAt)
        {
            Restart();
        }
    }

    private void Travel(PriorityQueue<byte[], (long Time, long Order)> line, byte[] bytes)
    {
        if (Happens(_faults.Drop))
        {
            return;
        }

        if (Happens(_faults.Corrupt))
        {
            bytes[_random.Next(bytes.Length)] ^= (byte)(1 << _random.Next(8));
        }

        if (Happens(_faults.Noise))
        {
            byte[] noise = new byte[_random.Next(1, 40)];
            _random.NextBytes(noise);
            bytes = [.. noise, .. bytes];
        }

        long delay = Happens(_faults.Delay) ? _random.Next(2_000_000) : 0;
        line.Enqueue(bytes, (_now + delay, _order++));
        if (Happens(_faults.Repeat))
        {
            line.Enqueue(bytes, (_now + delay + _random.Next(300_000), _order++));
        }
    }

    private bool Happens(int ofThousand) => ofThousand > 0 && _random.Next(1000) < ofThousand;

    private sealed class RestartException : Exception;

    private sealed class VirtualTime(VirtualBoard board) : TimeProvider
    {
        public override long TimestampFrequency => 1_000_000;

        public override long GetTimestamp() => board._now;
    }
}
