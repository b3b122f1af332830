using NeuralEdge.Board.Link;

namespace NeuralEdge.Host;

/// <summary>An ADC channel that is recorded, or a sensor value.</summary>
/// <param name="Channel">ADC channel, 0 to 31; of a sensor 64 and its number.</param>
/// <param name="SamplesLog2">2^this conversions make a count, 0 to 8.</param>
public readonly record struct CountChannel(int Channel, int SamplesLog2)
{
    /// <summary>Number of the sensor value; null for an ADC channel.</summary>
    public int? Sensor => Channel >= LinkProtocol.FirstSensor ? Channel - LinkProtocol.FirstSensor : null;

    /// <summary>A sensor value.</summary>
    /// <param name="sensor">Its number, 0 to 31.</param>
    public static CountChannel OfSensor(int sensor) => new(LinkProtocol.FirstSensor + sensor, 0);

    /// <summary>What tables call it, and training and board files know it by: adc0, sensor0.</summary>
    public string Name => NameOf(Channel);

    /// <summary>The name of a channel or sensor value.</summary>
    /// <param name="channel">Number of the ADC channel, or the first of sensors and more.</param>
    public static string NameOf(int channel) => new CountChannel(channel, 0).Sensor is int sensor ? $"sensor{sensor}" : $"adc{channel}";

    /// <summary>Fraction bits of its counts.</summary>
    public int FractionBits => Math.Min(SamplesLog2, LinkProtocol.MaxCountFractionBits);

    /// <summary>What an integer of the board means as a count: with its fraction, corrected by the board, limited by no model.</summary>
    /// <param name="raw">The integer.</param>
    public double ToCount(int raw) => Math.ScaleB(raw, -FractionBits);
}
