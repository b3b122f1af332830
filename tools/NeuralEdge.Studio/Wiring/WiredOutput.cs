namespace NeuralEdge.Studio.Wiring;

/// <summary>An output and the pin that follows it.</summary>
/// <param name="name">Name of the output.</param>
/// <param name="number">Which output, from 0.</param>
public sealed class WiredOutput(string name, int number)
{
    private double _on;

    /// <summary>Name of the output.</summary>
    public string Name => name;

    /// <summary>Which output, from 0.</summary>
    public int Number => number;

    /// <summary>GPIO number; null: no pin follows it.</summary>
    public int? Pin { get; set; }

    /// <summary>True: on while it is the largest; the thresholds are not used.</summary>
    public bool FollowsLargest { get; set; }

    /// <summary>The share of <see cref="On"/> at which the pin switches off, whenever that is set; null: <see cref="Off"/> stays where it is.</summary>
    public double? OffShare { get; init; }

    /// <summary>Between which values <see cref="On"/> stays: an alarm at nothing never ends, and one that no score reaches never begins.</summary>
    public (double Least, double Most) Limits { get; init; } = (double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Value at which the pin switches on.</summary>
    public double On
    {
        get => _on;
        set
        {
            _on = Math.Clamp(value, Limits.Least, Limits.Most);
            Off = OffShare is double share ? share * _on : Off;
        }
    }

    /// <summary>Value at which the pin switches off.</summary>
    public double Off { get; set; }

    /// <summary>Shortest time on in milliseconds.</summary>
    public int MinOnMs { get; set; }

    /// <summary>Shortest time off in milliseconds.</summary>
    public int MinOffMs { get; set; }

    /// <summary>Longest time on in milliseconds; 0 for no limit but the board's.</summary>
    public int MaxOnMs { get; set; }

    /// <summary>Time off after the longest time on in milliseconds; 0: until the output has asked for off.</summary>
    public int RestMs { get; set; }

    /// <summary>True when a pin must not follow it, because it is no better than a guess.</summary>
    public bool IsWithheld { get; init; }

    /// <summary>True when a pin may follow it all the same.</summary>
    public bool IsAnyway { get; set; }

    internal object ToJson()
    {
        Dictionary<string, object> output = new() { ["name"] = name, ["pin"] = Pin!, ["minOnMs"] = MinOnMs, ["minOffMs"] = MinOffMs };
        if (FollowsLargest)
        {
            output["argmax"] = true;
        }
        else
        {
            (output["on"], output["off"]) = (On, Off);
        }

        if (MaxOnMs > 0)
        {
            output["maxOnMs"] = MaxOnMs;
        }

        if (MaxOnMs > 0 && RestMs > 0)
        {
            output["restMs"] = RestMs;
        }

        return output;
    }
}
