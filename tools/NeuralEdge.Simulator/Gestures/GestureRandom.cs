#nullable enable
namespace NeuralEdge.Simulator.Gestures;

/// <summary>Random numbers of a log of gestures; the same seed gives the same numbers on every computer.</summary>
/// <param name="seed">The seed.</param>
public sealed class GestureRandom(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>A number between two others, all alike.</summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end.</param>
    public double Between(double low, double high) => low + ((high - low) * _random.NextDouble());

    /// <summary>A number of the normal distribution with mean 0 and deviation 1.</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    /// <summary>The next value of what wanders around 0 with deviation 1 and forgets where it was (Ornstein and Uhlenbeck, 1930).</summary>
    /// <param name="value">The value before.</param>
    /// <param name="step">Time since then.</param>
    /// <param name="memory">How long it remembers, in the same unit.</param>
    public double Wander(double value, double step, double memory)
    {
        double kept = Math.Exp(-step / memory);
        return (kept * value) + (Math.Sqrt(1 - (kept * kept)) * Normal());
    }
}
