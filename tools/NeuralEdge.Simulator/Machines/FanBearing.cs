#nullable enable
using NeuralEdge.Simulator.Gestures;

namespace NeuralEdge.Simulator.Machines;

/// <summary>A fan whose bearing may get a crack in its outer race, with an accelerometer on the housing. One channel.</summary>
/// <remarks>
/// <para>
/// The motor is an induction motor of four poles: the shaft turns with half the line's frequency less the slip, which grows with the torque and
/// falls with the square of the voltage. The unbalance shakes with the square of that, the seven blades seven times as fast and with the load; the flow adds
/// noise that grows with the load.
/// </para>
/// <para>
/// A rolling element meets a crack of the outer race n / 2 (1 - d / D cos a) times a turn, 3.05 times in a bearing 6203 with eight balls of
/// 6.75 mm on 28.5 mm, and slips by about 1 % each time (Randall and Antoni, Rolling element bearing diagnostics, Mechanical Systems and Signal
/// Processing 25, 2011). Each hit rings a resonance of the housing: A exp(-z w t) sin(w sqrt(1 - z²) t), with z = 0.05 and
/// w = 2 pi 1200 Hz here, A in proportion to the load on it (McFadden and Smith, Journal of Sound and Vibration 96, 1984). A grows exponentially, as damage
/// does that spreads by itself (Gebraeel and others, IIE Transactions 37, 2005). The resonance is far above half the rate of samples: they see it
/// all the same, at times that have nothing to do with it.
/// </para>
/// <para>The accelerometer moves by 1 mg a degree and has 8 mg of noise (ADXL335, data sheet).</para>
/// </remarks>
public sealed class FanBearing : Machine
{
    /// <summary>Hits of a crack in the outer race in a turn of the shaft.</summary>
    public const double HitsPerTurn = 0.5 * 8 * (1 - (6.75 / 28.5));

    private const double Resonance = 2 * Math.PI * 1200;
    private const double Damping = 0.05;
    private const double Slip = 0.01;
    private const double FullSlip = 0.04;
    private const int Blades = 7;

    private static readonly double Ringing = Resonance * Math.Sqrt(1 - (Damping * Damping));

    private readonly Accelerometer _sensor;
    private readonly Bumps _bumps;
    private readonly double _unbalance;
    private readonly double _blade;
    private readonly double _noise;
    private double _load;
    private double _shaft;
    private double _zero;
    private double _flow;
    private double _phase;
    private double _damage;
    private double _sinceHit;
    private double _untilHit;
    private double _hit;
    private double _hitBefore;
    private double _between;

    /// <summary>Builds a fan.</summary>
    /// <param name="which">Decides which one, with which sensor.</param>
    /// <param name="days">Decides its days and all noise.</param>
    public FanBearing(int which, int days)
        : base(days)
    {
        GestureRandom kind = new(which);
        _sensor = new Accelerometer(kind);
        _bumps = new Bumps(Random);
        _unbalance = kind.Between(0.03, 0.06);
        _blade = kind.Between(0.02, 0.04);
        _noise = kind.Between(0.035, 0.05);
        Settle(0);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Channels { get; } = ["vibration"];

    /// <summary>Size of the first swing after a hit at full load, in g; 0 for a sound bearing.</summary>
    public double Crack { get; private set; }

    /// <summary>From now on the crack grows; before there is none.</summary>
    /// <param name="begin">Its size now, in g.</param>
    /// <param name="hours">Hours in which it becomes e times as large.</param>
    public void Damage(double begin, double hours)
    {
        Crack = begin;
        _damage = 1 / (3600 * hours);
    }

    /// <inheritdoc/>
    private protected override void Settle(double seconds)
    {
        _flow = Random.Wander(_flow, seconds, 10);
        _load = 0.6 + (0.4 * Day.Demand);
        _shaft = Day.LineHertz / 2 * (1 - (FullSlip * _load / (Day.Voltage * Day.Voltage)));
        _zero = 0.001 * (Day.Celsius - 20);
        Crack *= Math.Exp(_damage * seconds);
    }

    /// <inheritdoc/>
    private protected override void Measure(Span<int> counts)
    {
        double step = 2 * Math.PI * _shaft * Step;
        _phase = Math.IEEERemainder(_phase + step, 2 * Math.PI);
        double turns = _shaft / 25;
        double force = (_unbalance * turns * turns * Math.Sin(_phase))
            + (_blade * _load * (1 + (0.1 * _flow)) * Math.Sin(Blades * _phase))
            + (_noise * _load * (1 + (0.05 * _flow)) * Random.Normal())
            + _bumps.Next(Step) + _zero + (0.008 * Random.Normal());
        if (Crack > 0)
        {
            force += Hits();
        }

        counts[0] = Convert(_sensor.Count(0, force));
    }

    // Of the hits before the last two nothing is left.
    private double Hits()
    {
        _sinceHit += Step;
        while (_sinceHit >= _untilHit)
        {
            _sinceHit -= _untilHit;
            _between = _untilHit;
            _untilHit = (1 + (Slip * Random.Normal())) / (HitsPerTurn * _shaft);
            _hitBefore = _hit;
            _hit = Crack * _load * (1 + (0.2 * Random.Normal()));
        }

        return Ring(_hit, _sinceHit) + Ring(_hitBefore, _sinceHit + _between);
    }

    private static double Ring(double size, double since) => size * Math.Exp(-Damping * Resonance * since) * Math.Sin(Ringing * since);
}
