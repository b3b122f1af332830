using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Storage;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Control;

/// <summary>Time that moves only when told to, or when somebody sleeps.</summary>
internal sealed class FakeClock : IBoardClock
{
    public long Microseconds { get; set; }

    /// <summary>Called whenever somebody has slept; may be null.</summary>
    public Action? Slept { get; set; }

    public void Sleep(int milliseconds)
    {
        Microseconds += Math.Max(1, milliseconds) * 1000L;
        Slept?.Invoke();
    }
}

/// <summary>Pins that remember every write.</summary>
internal sealed class FakePins : IOutputPins
{
    public List<(int Pin, bool High)> Log { get; } = [];

    public Dictionary<int, bool> Levels { get; } = [];

    public int BrokenPin { get; set; } = -1;

    /// <summary>How often the broken pin fails before it works again.</summary>
    public int Failures { get; set; } = int.MaxValue;

    public void Write(int pin, bool high)
    {
        if (pin == BrokenPin && Failures-- > 0)
        {
            throw new InvalidOperationException("broken pin");
        }

        Log.Add((pin, high));
        Levels[pin] = high;
    }
}

/// <summary>An ADC that counts what a function says.</summary>
internal sealed class FakeInputs(Func<int, int> count) : IAnalogInputs
{
    public Func<int, int> Count { get; set; } = count;

    public int ReadSum(int channel, int conversions, int lowest, int highest)
    {
        // A test counts what a period allocates, and that is the board's.
        int sum = 0;
        bool plausible = true;
        for (int k = 0; k < conversions; k++)
        {
            int count = Count(channel);
            plausible &= count >= lowest && count <= highest;
            sum += count;
        }

        return plausible ? sum : AnalogSampler.Implausible;
    }
}

/// <summary>Sensors that give what they are told to; null for no value.</summary>
internal sealed class FakeSensors(int count) : ISensorValues
{
    private readonly int?[] _values = new int?[count];

    public int Count => _values.Length;

    public int? this[int sensor]
    {
        get => _values[sensor];
        set => _values[sensor] = value;
    }

    public bool TryRead(int sensor, out int value)
    {
        value = _values[sensor] ?? 0;
        return _values[sensor] is not null;
    }
}

/// <summary>A reset that is only counted.</summary>
internal sealed class FakeReset : IBoardReset
{
    public int Count { get; private set; }

    public void Reset() => Count++;
}

/// <summary>Flash in memory; each change takes its time.</summary>
internal sealed class FakeFiles(FakeClock clock, int microsecondsPerChange) : IFileStore
{
    private readonly Dictionary<string, byte[]> _files = [];

    public int GetLength(string name) => _files.TryGetValue(name, out byte[]? file) ? file.Length : -1;

    public int Read(string name, int position, byte[] buffer, int offset, int count)
    {
        if (!_files.TryGetValue(name, out byte[]? file) || position >= file.Length)
        {
            return 0;
        }

        count = Math.Min(count, file.Length - position);
        Array.Copy(file, position, buffer, offset, count);
        return count;
    }

    public void Write(string name, byte[] data, int offset, int count)
    {
        clock.Microseconds += microsecondsPerChange;
        _files[name] = data.AsSpan(offset, count).ToArray();
    }

    /// <summary>Nothing can be added to a file.</summary>
    public bool IsBroken { get; init; }

    public void Append(string name, byte[] data, int offset, int count)
    {
        if (IsBroken)
        {
            throw new IOException("broken flash");
        }

        clock.Microseconds += microsecondsPerChange;
        _files[name] = [.. _files.GetValueOrDefault(name, []), .. data.AsSpan(offset, count)];
    }

    public void Delete(string name)
    {
        clock.Microseconds += microsecondsPerChange;
        _files.Remove(name);
    }
}

/// <summary>A line on which nobody speaks.</summary>
internal sealed class SilentLine : IByteLink
{
    public int Available => 0;

    public int Read(byte[] buffer, int offset, int count) => throw new InvalidOperationException("nothing to read");

    public int Write(byte[] buffer, int offset, int count) => count;

    public void Reopen()
    {
    }
}

/// <summary>A board of fakes, and models for it.</summary>
internal sealed class Bench
{
    /// <summary>New ones each time: a pin remembers what its load did.</summary>
    public static SafePin[] SafePins => [new(18, false), new(19, true), new(21, false)];

    public Bench(Func<int, int>? counts = null, int flashMicroseconds = 0, FakeFiles? files = null, SafePin[]? pins = null)
    {
        Inputs = new FakeInputs(counts ?? (_ => 2000));
        Files = files ?? new FakeFiles(Clock, flashMicroseconds);
        Outputs = new SafeOutputs(Pins, pins ?? SafePins);
        Supervisor = new Supervisor(Outputs, Reset, Clock, 20_000);
        Parts = new BoardParts
        {
            Inputs = Inputs, Outputs = Outputs, Clock = Clock, Link = new SilentLine(), Files = Files, Reset = Reset, Supervisor = Supervisor,
        };
        Settings = new BoardSettings
        {
            Limits = new ModelLimits(16384, 16, 512, Outputs.Pins, 0xFF, int.MaxValue, Outputs.ActiveLowPins),
            AdcChannels = [.. Enumerable.Range(0, 8).Select(channel => new AdcChannelSettings(channel).Plausible(0, 4095))],
        };
    }

    public FakeClock Clock { get; } = new();

    public FakePins Pins { get; } = new();

    public FakeInputs Inputs { get; }

    public FakeFiles Files { get; }

    public FakeReset Reset { get; } = new();

    public SafeOutputs Outputs { get; }

    public Supervisor Supervisor { get; }

    public BoardParts Parts { get; }

    public BoardSettings Settings { get; }

    /// <summary>y = x for each input, in counts, from channels 0 to 7 round and round; outputs y0 y1 ... wired as asked.</summary>
    public static ModelFile Identity(int inputs, int periodMs, params BoardOutput[] outputs) =>
        Identity(inputs, periodMs, Activation.Linear, outputs);

    public static ModelFile Identity(int inputs, int periodMs, Activation activation, params BoardOutput[] outputs) =>
        Identity(inputs, new BoardSpec(periodMs, Sensors(inputs), outputs), activation);

    public static ModelFile Identity(int inputs, int periodMs, int deadTimeMs, params BoardOutput[] outputs) =>
        Identity(inputs, new BoardSpec(periodMs, Sensors(inputs), outputs, DeadTimeMs: deadTimeMs), Activation.Softmax);

    public static ModelFile Identity(int inputs, BoardSpec board, Activation activation)
    {
        double[][] weights = [.. Enumerable.Range(0, inputs).Select(n => Enumerable.Range(0, inputs).Select(i => i == n ? 1.0 : 0.0).ToArray())];
        FloatModel model = new(
            new FloatNetwork(new FloatLayer(weights, new double[inputs], activation)),
            [.. Enumerable.Range(0, inputs).Select(i => new InputSpec($"x{i}", "", 0, 4095))],
            [.. Enumerable.Range(0, inputs).Select(i => new OutputSpec($"y{i}"))]);
        return Converter.Convert(new(model, ModelTask.Regression, board, Profile.Exact, Work: Examples.QuickProof)).File;
    }

    private static BoardInput[] Sensors(int inputs) => [.. Enumerable.Range(0, inputs).Select(i => new BoardInput($"x{i}", i % 8, 1))];

    public Model Load(ModelFile file)
    {
        Model? model = ModelReader.Read(file.Bytes, file.Bytes.Length, Settings.Limits, out ModelError error, out int where);
        return model ?? throw new InvalidOperationException($"{error} at {where}");
    }

    /// <summary>Lets a period go by and runs the next one.</summary>
    public bool Period(ControlLoop loop)
    {
        Clock.Microseconds += Math.Max(0, loop.Remaining());
        return loop.RunPeriod();
    }

    /// <summary>True when every pin of the settings is at its inactive level.</summary>
    public bool IsSafe() => SafePins.All(pin => Pins.Levels.TryGetValue(pin.Pin, out bool high) && high == pin.ActiveLow);
}
