#nullable enable
namespace NeuralEdge.Simulator.Sensors;

/// <summary>The world that a simulated board measures.</summary>
public interface ISensors
{
    /// <summary>What an ideal converter would count, before noise and rounding.</summary>
    /// <param name="channel">ADC channel.</param>
    /// <param name="at">Time since the board was first powered; never goes back.</param>
    /// <returns>0..4095; not-a-number when nothing is wired to the channel.</returns>
    double ReadCount(int channel, TimeSpan at);

    /// <summary>How many values of digital sensors the board has, 0 to 32; it looks once, when it starts.</summary>
    int SensorCount => 0;

    /// <summary>What a digital sensor gives, before rounding.</summary>
    /// <param name="sensor">Number of the value, below <see cref="SensorCount"/>.</param>
    /// <param name="at">Time since the board was first powered; never goes back.</param>
    /// <returns>-32768..32767; not-a-number while the sensor does not answer.</returns>
    double ReadSensor(int sensor, TimeSpan at) => double.NaN;

    /// <summary>An output pin of the board has changed, which may act on the world.</summary>
    /// <param name="change">The change.</param>
    void PinChanged(PinEvent change);
}
