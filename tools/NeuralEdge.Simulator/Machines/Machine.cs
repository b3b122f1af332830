#nullable enable
using NeuralEdge.Simulator.Gestures;

namespace NeuralEdge.Simulator.Machines;

/// <summary>
/// A machine with sensors on a board's ADC, sample by sample, for as many days as one likes. The same seeds give the same machine and the
/// same days.
/// </summary>
public abstract class Machine
{
    /// <summary>Milliseconds from one sample to the next.</summary>
    public const int PeriodMs = 5;

    /// <summary>Seconds from one sample to the next.</summary>
    protected const double Step = PeriodMs / 1000.0;

    private const int FullScale = 4095;
    private const int SamplesOfSecond = 1000 / PeriodMs;

    // What an ESP32's ADC adds to a single conversion.
    private const double ConverterNoise = 4;

    private int _untilSecond;

    /// <summary>Builds a machine.</summary>
    /// <param name="days">Decides its days and all noise.</param>
    private protected Machine(int days)
    {
        Random = new GestureRandom(days);
        Day = new MachineDay(Random);
    }

    /// <summary>What the sensors are called, in the order of the counts.</summary>
    public abstract IReadOnlyList<string> Channels { get; }

    /// <summary>What goes on around the machine.</summary>
    public MachineDay Day { get; }

    /// <summary>All that is random.</summary>
    private protected GestureRandom Random { get; }

    /// <summary>Takes the next sample.</summary>
    /// <param name="counts">Filled with a count of each channel, 0..4095.</param>
    public void Sample(Span<int> counts)
    {
        if (_untilSecond == 0)
        {
            _untilSecond = SamplesOfSecond;
            Day.Pass(1);
            Settle(1);
        }

        _untilSecond--;
        Measure(counts);
    }

    /// <summary>Lets time go by without a sample.</summary>
    /// <param name="seconds">How much.</param>
    public void Skip(double seconds)
    {
        Day.Pass(seconds);
        Settle(seconds);
        _untilSecond = SamplesOfSecond;
    }

    /// <summary>Slow things, once a second.</summary>
    /// <param name="seconds">Time since the last call.</param>
    private protected abstract void Settle(double seconds);

    /// <summary>Fast things: a sample.</summary>
    /// <param name="counts">A count of each channel.</param>
    private protected abstract void Measure(Span<int> counts);

    /// <summary>A converter's count.</summary>
    /// <param name="ideal">What an ideal one would count, not rounded.</param>
    private protected int Convert(double ideal) => (int)Math.Clamp(Math.Round(ideal + (ConverterNoise * Random.Normal())), 0, FullScale);
}
