#nullable enable
using NeuralEdge.Simulator.Gestures;

namespace NeuralEdge.Simulator.Machines;

/// <summary>A centrifugal pump that may run dry, with a current transformer and an accelerometer. Two channels.</summary>
/// <remarks>
/// <para>
/// The motor is an induction motor of two poles: the shaft turns with the line's frequency less the slip, which grows with the torque and falls with
/// the square of the voltage. Its current is that of the magnetising branch, 0.65 of the nominal one as small motors have it, and across it that of the
/// load: I² = (0.65 V)² + (0.76 T / V)² (the equivalent circuit of textbooks).
/// </para>
/// <para>
/// A radial pump's power rises with the flow from some 45 % at a shut valve, and is in proportion to what it moves (Gülich, Centrifugal Pumps): with air
/// in place of water next to nothing is left but friction. The casing empties with a time constant of 0.7 s. Vanes beat at the volute's tongue six
/// times a turn, least near the best flow, and only on water; a flow far from the best one adds noise. Dry, the seal rubs, which is noise
/// as well.
/// </para>
/// <para>The flow follows what is asked, and a valve is shut for some minutes eight times a day. The current's counts have 3 % of ripple at twice the line's frequency.</para>
/// </remarks>
public sealed class CentrifugalPump : Machine
{
    private const double FullSlip = 0.04;
    private const double Magnetising = 0.65;
    private const double AtLoad = 0.76;
    private const double CountsOfNominal = 1800;
    private const double Friction = 0.08;
    private const double ShutPower = 0.45;
    private const double BestFlow = 0.75;
    private const double Emptying = 0.7;
    private const double ShutPerSecond = 8.0 / (24 * 3600);
    private const int Vanes = 6;

    private static readonly double Emptied = Math.Exp(-Step / Emptying);

    private readonly Accelerometer _sensor;
    private readonly Bumps _bumps;
    private readonly double _unbalance;
    private readonly double _vane;
    private readonly double _noise;
    private readonly double _rub;
    private double _shutFor;
    private double _flow;
    private double _beat;
    private double _water = 1;
    private double _phase;
    private double _line;
    private double _zero;

    /// <summary>Builds a pump.</summary>
    /// <param name="which">Decides which one, with which sensor.</param>
    /// <param name="days">Decides its days and all noise.</param>
    public CentrifugalPump(int which, int days)
        : base(days)
    {
        GestureRandom kind = new(which);
        _sensor = new Accelerometer(kind);
        _bumps = new Bumps(Random);
        _unbalance = kind.Between(0.04, 0.07);
        _vane = kind.Between(0.08, 0.14);
        _noise = kind.Between(0.03, 0.045);
        _rub = kind.Between(0.04, 0.07);
        Settle(0);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Channels { get; } = ["current", "vibration"];

    /// <summary>Whether water has ceased to come.</summary>
    public bool IsDry { get; set; }

    /// <inheritdoc/>
    private protected override void Settle(double seconds)
    {
        _beat = Random.Wander(_beat, seconds, 8);
        _shutFor -= seconds;
        if (_shutFor <= 0 && Random.Between(0, 1) < 1 - Math.Exp(-ShutPerSecond * seconds))
        {
            _shutFor = Random.Between(120, 360);
        }

        double wanted = _shutFor > 0 ? 0.02 : 0.4 + (0.6 * Day.Demand);

        // A valve takes some seconds.
        _flow += (wanted - _flow) * (1 - Math.Exp(-seconds / 4));
        _zero = 0.001 * (Day.Celsius - 20);
    }

    /// <inheritdoc/>
    private protected override void Measure(Span<int> counts)
    {
        _water = IsDry ? _water * Emptied : 1;
        double torque = Friction + ((1 - Friction) * _water * (ShutPower + ((1 - ShutPower) * _flow)));
        double voltage = Day.Voltage;
        double loaded = AtLoad * torque / voltage;
        double current = Math.Sqrt((Magnetising * voltage * Magnetising * voltage) + (loaded * loaded));
        _line = Math.IEEERemainder(_line + (4 * Math.PI * Day.LineHertz * Step), 2 * Math.PI);
        counts[0] = Convert(CountsOfNominal * current * (1 + (0.03 * Math.Sin(_line)) + (0.005 * Random.Normal())));

        double shaft = Day.LineHertz * (1 - (FullSlip * torque / (voltage * voltage)));
        _phase = Math.IEEERemainder(_phase + (2 * Math.PI * shaft * Step), 2 * Math.PI);
        double off = _flow - BestFlow;
        double force = (_unbalance * Math.Sin(_phase))
            + (_vane * _water * (0.6 + (1.2 * Math.Abs(off))) * (1 + (0.1 * _beat)) * Math.Sin(Vanes * _phase))
            + (((_noise * _water * (1 + (3 * off * off))) + (_rub * (1 - _water))) * Random.Normal())
            + _bumps.Next(Step) + _zero + (0.008 * Random.Normal());
        counts[1] = Convert(_sensor.Count(0, force));
    }
}
