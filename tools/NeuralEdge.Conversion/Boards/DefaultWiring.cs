using System.Globalization;
using NeuralEdge.Board.Chips;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Models;

namespace NeuralEdge.Conversion.Boards;

/// <summary>What a board file leaves out: ADC channels and pins in order.</summary>
public static class DefaultWiring
{
    // What a load does that nobody gave a rule: hysteresis around one half.
    private const double DefaultOn = 0.6;
    private const double DefaultOff = 0.4;

    /// <summary>
    /// The wiring of a model without a board file. Only for a model whose inputs are
    /// all counts of a 12-bit ADC (calibrated, or ranging like counts) and not more than there are channels; any other
    /// is left unwired, to be asked over the link.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="classifies">True when the outputs are classes: they follow arg-max.</param>
    /// <param name="wiring">What the board says about its pins; null: those of the firmware's settings, all active high.</param>
    /// <exception cref="InputRefusedException">The board does not drive a pin that an output would take.</exception>
    public static BoardSpec For(FloatModel model, bool classifies, BoardWiring? wiring = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        Chip chip = wiring?.Chip ?? BoardPins.Classic;
        int[] channels = FreeChannels(chip, [], wiring);
        if (AnalogCount(model) > channels.Length || !Array.TrueForAll(model.Inputs, input => LooksLikeCounts(input, channels)))
        {
            return new BoardSpec(0, [], []);
        }

        return new BoardSpec(0, InputsOf(model, channels), OutputsOf(model, chip, classifies, wiring), Chip: chip.Name);
    }

    /// <summary>How many inputs of a model are for the ADC.</summary>
    /// <param name="model">The model.</param>
    internal static int AnalogCount(FloatModel model) => model.Inputs.Count(input => SensorNamed(input.Name) is null);

    /// <summary>The channels of a chip that no output has taken, and that the board samples.</summary>
    /// <param name="chip">The board's chip.</param>
    /// <param name="outputs">Loads that have a pin.</param>
    /// <param name="wiring">What the board says; null: it samples all.</param>
    internal static int[] FreeChannels(Chip chip, BoardOutputEntry[] outputs, BoardWiring? wiring) =>
        [.. BoardPins.ChannelsOf(chip).Where(channel => !Array.Exists(outputs, load => load.Output.Pin == chip.GpioOfAdc(channel)) && (wiring?.AdcChannels is not int mask || (mask >> channel & 1) != 0))];

    /// <summary>An input named after a channel or a sensor has that one, the others take what is left, in order.</summary>
    /// <param name="model">The model.</param>
    /// <param name="channels">Channels that are free, at least <see cref="AnalogCount"/>.</param>
    internal static BoardInput[] InputsOf(FloatModel model, int[] channels)
    {
        int?[] named = [.. model.Inputs.Select(input => ChannelNamed(input.Name, channels))];
        Queue<int> free = new(channels.Where(channel => !named.Contains(channel)));
        return [.. model.Inputs.Select((input, i) => SensorNamed(input.Name) is int sensor ? BoardInput.OfSensor(input.Name, sensor) : new BoardInput(input.Name, named[i] ?? free.Dequeue()))];
    }

    /// <summary>Outputs take pins in order; those beyond the last pin have none.</summary>
    /// <param name="model">The model.</param>
    /// <param name="chip">The board's chip.</param>
    /// <param name="classifies">True when the outputs are classes: they follow arg-max.</param>
    /// <param name="wiring">What the board says about its pins; null: those of the firmware's settings, all active high.</param>
    internal static BoardOutput[] OutputsOf(FloatModel model, Chip chip, bool classifies, BoardWiring? wiring)
    {
        int[] pins = [.. BoardPins.OutputsOf(chip).Where(pin => wiring is null || (wiring.OutputPins & (1L << pin)) != 0)];
        return [.. model.Outputs.Take(pins.Length).Select((output, j) => new BoardOutput(output.Name, pins[j], classifies, DefaultOn, DefaultOff))
            .Select(output => wiring?.Wire(output, saysPolarity: false) ?? output)];
    }

    private static bool LooksLikeCounts(InputSpec input, int[] channels)
    {
        // Real quantities in their usual units rarely reach 256; counts of a 12-bit converter rarely stay below.
        return input.Calibration is not null
            || ChannelNamed(input.Name, channels) is not null
            || SensorNamed(input.Name) is not null
            || input is { Minimum: >= 0, Maximum: >= 256 and <= 4095 };
    }

    /// <summary>A column called adc6 holds the counts of channel 6, as <c>record</c> and <c>simulate --sensors</c> have it.</summary>
    private static int? ChannelNamed(string name, int[] channels)
    {
        foreach (int channel in channels)
        {
            if (string.Equals(name, $"adc{channel}", StringComparison.OrdinalIgnoreCase))
            {
                return channel;
            }
        }

        return null;
    }

    /// <summary>A column called sensor0 holds the values of sensor 0, likewise.</summary>
    private static int? SensorNamed(string name) =>
        name.StartsWith("sensor", StringComparison.OrdinalIgnoreCase) && int.TryParse(name.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out int sensor) && sensor < InputBinding.MaxSensors
            ? sensor
            : null;
}
