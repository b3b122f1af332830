#nullable enable
namespace NeuralEdge.Simulator.Sensors;

/// <summary>The world at the analog inputs of a simulated board.</summary>
public interface ISensors
{
    /// <summary>What an ideal converter would count, before noise and rounding.</summary>
    /// <param name="channel">ADC channel.</param>
    /// <param name="at">Time since the board was first powered; never goes back.</param>
    /// <returns>0..4095; not-a-number when nothing is wired to the channel.</returns>
    double ReadCount(int channel, TimeSpan at);

    /// <summary>An output pin of the board has changed, which may act on the world.</summary>
    /// <param name="change">The change.</param>
    void PinChanged(PinEvent change);
}
