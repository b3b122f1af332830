#nullable enable
namespace NeuralEdge.Simulator.Greenhouse;

/// <summary>Where the bed's sensors and actuators are connected. The channels are those a model takes when it is not told.</summary>
public sealed record GreenhouseWiring
{
    /// <summary>ADC channel of the soil probe.</summary>
    public int SoilChannel { get; init; }

    /// <summary>ADC channel of the photoresistor.</summary>
    public int LightChannel { get; init; } = 3;

    /// <summary>ADC channel of the thermistor.</summary>
    public int TemperatureChannel { get; init; } = 4;

    /// <summary>GPIO of the pump.</summary>
    public int PumpPin { get; init; } = 18;

    /// <summary>GPIO of the shade's motor.</summary>
    public int ShadePin { get; init; } = 19;

    /// <summary>Whether the low level switches both on.</summary>
    public bool ActiveLow { get; init; }
}
