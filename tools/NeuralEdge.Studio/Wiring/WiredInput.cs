using NeuralEdge.Host;

namespace NeuralEdge.Studio.Wiring;

/// <summary>An input and its sensor.</summary>
/// <param name="name">Name of the input.</param>
public sealed class WiredInput(string name)
{
    /// <summary>Name of the input.</summary>
    public string Name => name;

    /// <summary>ADC channel, or a sensor value as <see cref="CountChannel"/> numbers it; null for none yet.</summary>
    public int? Channel { get; set; }

    /// <summary>Conversions added up for one sample.</summary>
    public int Oversample { get; set; } = 16;

    /// <summary>True when it was learned in values that are no counts.</summary>
    public bool NeedsValues { get; init; }

    /// <summary>Two counts of the ADC.</summary>
    public double?[] Counts { get; } = [null, null];

    /// <summary>The values that they mean.</summary>
    public double?[] Values { get; } = [null, null];

    /// <summary>True when all four numbers are there.</summary>
    public bool HasValues => Array.TrueForAll([.. Counts, .. Values], number => number is not null);

    internal object ToJson()
    {
        Dictionary<string, object> input = new CountChannel(Channel!.Value, 0).Sensor is int sensor
            ? new() { ["name"] = name, ["sensor"] = sensor }
            : new() { ["name"] = name, ["adc"] = Channel, ["oversample"] = Oversample };
        if (HasValues)
        {
            (input["counts"], input["values"]) = (Counts, Values);
        }

        return input;
    }
}
