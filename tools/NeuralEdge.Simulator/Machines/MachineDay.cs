#nullable enable
using NeuralEdge.Simulator.Gestures;

namespace NeuralEdge.Simulator.Machines;

/// <summary>What a machine's surroundings do in a day and from one day to the next: mains, warmth, and how much is asked of it.</summary>
/// <remarks>
/// The line's frequency wanders by 20 mHz, as in the European grid; its voltage by 1.5 % and with what all consumers draw (EN 50160 allows
/// 10 %). Warmth has a daily swing of 6 degrees and weather on top. What is asked follows the day with a peak in the morning and one
/// in the evening, as water supplies have it, and wanders. What wanders follows Ornstein and Uhlenbeck (1930).
/// </remarks>
public sealed class MachineDay
{
    private const double Minute = 60;
    private const double Hour = 3600;

    private readonly GestureRandom _random;
    private double _line;
    private double _voltage;
    private double _weather;
    private double _asked;
    private double _askedToday;

    /// <summary>Begins at midnight.</summary>
    /// <param name="random">Decides the days.</param>
    internal MachineDay(GestureRandom random)
    {
        _random = random;
        _line = random.Normal();
        _voltage = random.Normal();
        _weather = random.Normal();
        _asked = random.Normal();
        _askedToday = random.Normal();
        Pass(0);
    }

    /// <summary>Seconds since the first midnight.</summary>
    public double Seconds { get; private set; }

    /// <summary>The line's frequency in Hz.</summary>
    public double LineHertz { get; private set; }

    /// <summary>The line's voltage as a share of the nominal one.</summary>
    public double Voltage { get; private set; }

    /// <summary>Degrees Celsius.</summary>
    public double Celsius { get; private set; }

    /// <summary>How much is asked of the machine, 0..1.</summary>
    public double Demand { get; private set; }

    /// <summary>Lets time go by.</summary>
    /// <param name="seconds">How much.</param>
    internal void Pass(double seconds)
    {
        Seconds += seconds;
        _line = _random.Wander(_line, seconds, 5 * Minute);
        _voltage = _random.Wander(_voltage, seconds, 10 * Minute);
        _weather = _random.Wander(_weather, seconds, 12 * Hour);
        _asked = _random.Wander(_asked, seconds, 20 * Minute);
        _askedToday = _random.Wander(_askedToday, seconds, 12 * Hour);
        double angle = 2 * Math.PI * Seconds / (24 * Hour);
        double usual = 0.5 - (0.25 * Math.Cos(angle - 0.5)) - (0.15 * Math.Cos((2 * angle) - 0.9));
        Demand = Math.Clamp(usual + (0.06 * _asked) + (0.06 * _askedToday), 0, 1);
        LineHertz = 50 + (0.02 * _line);
        Voltage = 1 - (0.02 * (usual - 0.5)) + (0.015 * _voltage);
        Celsius = 20 - (6 * Math.Cos(angle - 0.6)) + (3 * _weather);
    }
}
