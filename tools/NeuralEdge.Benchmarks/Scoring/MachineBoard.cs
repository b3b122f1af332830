using NeuralEdge.Board.Control;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Simulator.Machines;

namespace NeuralEdge.Benchmarks.Scoring;

/// <summary>A board's own loop at a machine, as fast as it can be computed: the sampler, the windows, the network, the averages and the pin.</summary>
internal sealed class MachineBoard : IAnalogInputs, IOutputPins, IBoardClock, IBoardReset
{
    private readonly Machine _machine;
    private readonly ControlLoop _loop;
    private readonly int[] _placeOfChannel = new int[16];
    private readonly int _pin;

    /// <summary>Puts a model to work.</summary>
    /// <param name="model">It raises one output.</param>
    /// <param name="machine">What its channels are wired to, in their order.</param>
    internal MachineBoard(ModelFile model, Machine machine)
    {
        _machine = machine;
        Counts = new int[machine.Channels.Count];
        _pin = model.Model.Bindings.Outputs[0].Pin;
        for (int c = 0; c < Counts.Length; c++)
        {
            _placeOfChannel[model.Model.Bindings.Inputs[c].Channel] = c;
        }

        SafeOutputs outputs = new(this, [new SafePin(_pin, activeLow: false)]);
        BoardSettings settings = new() { Limits = ModelFile.DesktopLimits };
        outputs.DriveSafe();
        _loop = new ControlLoop(
            new BoardParts { Inputs = this, Outputs = outputs, Clock = this, Reset = this, Supervisor = new Supervisor(outputs, this, this, settings.SupervisionMs) }, settings);
        _loop.Use(model.Model);
    }

    /// <summary>The samples of the last period.</summary>
    internal int[] Counts { get; }

    /// <summary>Whether the pin is on.</summary>
    internal bool IsOn { get; private set; }

    /// <summary>Faults of the board, which there must not be.</summary>
    internal uint Faults => _loop.Faults.Count;

    /// <inheritdoc/>
    public long Microseconds { get; private set; }

    /// <summary>A period goes by.</summary>
    internal void Next()
    {
        _machine.Sample(Counts);
        Microseconds += Math.Max(0, _loop.Remaining());
        _loop.RunPeriod();
    }

    /// <inheritdoc/>
    public int ReadSum(int channel, int conversions, int lowest, int highest) => conversions * Counts[_placeOfChannel[channel]];

    /// <inheritdoc/>
    public void Write(int pin, bool high) => IsOn = high;

    /// <inheritdoc/>
    public void Sleep(int milliseconds) => Microseconds += 1000L * milliseconds;

    /// <inheritdoc/>
    public void Reset() => throw new InvalidOperationException("The board wants to restart.");
}
