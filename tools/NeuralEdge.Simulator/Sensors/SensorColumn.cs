#nullable enable
namespace NeuralEdge.Simulator.Sensors;

/// <summary>How one column of recorded values reaches one ADC channel, or one value of a digital sensor: count = (value - Offset) / Scale.</summary>
/// <param name="Name">Name of the column, compared without regard to case.</param>
/// <param name="Channel">ADC channel, or number of the sensor value.</param>
/// <param name="Scale">Value of one count, as in a model's signature; 1 for columns that hold counts.</param>
/// <param name="Offset">Value at count 0.</param>
/// <param name="IsSensor">True for a value of a digital sensor.</param>
public sealed record SensorColumn(string Name, int Channel, double Scale = 1, double Offset = 0, bool IsSensor = false);
