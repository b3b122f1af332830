#nullable enable
using NeuralEdge.Board.Chips;

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

    /// <summary>The wiring of a chip: the first channels a sensor can be at, and the first pins that switch.</summary>
    /// <param name="chip">The chip; null for the classic ESP32.</param>
    public static GreenhouseWiring For(Board.Chips.Chip? chip)
    {
        GreenhouseWiring classic = new();
        if (chip is null)
        {
            return classic;
        }

        int[] channels = [.. Enumerable.Range(0, PinList.Expand(chip.Adc).Length).Where(channel => chip.WhyNotAdc(channel) is null)];
        int[] pins = PinList.Expand(chip.Outputs);
        return classic with { SoilChannel = channels[0], LightChannel = channels[1], TemperatureChannel = channels[2], PumpPin = pins[0], ShadePin = pins[1] };
    }
}
