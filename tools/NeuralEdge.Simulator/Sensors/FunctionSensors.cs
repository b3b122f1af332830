#nullable enable
namespace NeuralEdge.Simulator.Sensors;

/// <summary>Sensors given by a function; the default is mid-scale everywhere.</summary>
public sealed class FunctionSensors : ISensors
{
    private readonly Func<int, TimeSpan, double> _count;

    /// <summary>Sensors at mid-scale.</summary>
    public FunctionSensors()
        : this((_, _) => 2048)
    {
    }

    /// <summary>Sensors that give what a function says.</summary>
    /// <param name="count">From channel and time to a count.</param>
    public FunctionSensors(Func<int, TimeSpan, double> count)
    {
        _count = count;
    }

    /// <inheritdoc/>
    public double ReadCount(int channel, TimeSpan at) => _count(channel, at);

    /// <inheritdoc/>
    public void PinChanged(PinEvent change)
    {
    }
}
