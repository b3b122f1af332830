using NeuralEdge.Board.Chips;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Conversion.Boards;

/// <summary>The pins of a chip as far as models use them: which may switch a load, which measure, and why the others are refused.</summary>
public static class BoardPins
{
    /// <summary>The chip that is meant when nobody names one.</summary>
    public static Chip Classic { get; } = ChipTable.Find(ChipTable.Classic);

    /// <summary>Every chip that a board file may name.</summary>
    public static IReadOnlyList<Chip> Chips { get; } = [.. ChipTable.Names.Split(' ').Select(ChipTable.Find)];

    /// <summary>Pins that can switch a load without harm, in the order outputs take them: those of the firmware as it comes.</summary>
    public static int[] OutputsOf(Chip chip) => PinList.Expand(chip.Outputs);

    /// <summary>The channels of ADC1 that a sensor can be at, in the order inputs take them.</summary>
    public static int[] ChannelsOf(Chip chip) =>
        [.. Enumerable.Range(0, PinList.Expand(chip.Adc).Length).Where(channel => chip.WhyNotAdc(channel) is null)];

    /// <summary>Why a pin must not switch a load, as the rest of a sentence; null when it may.</summary>
    public static string? WhyNotOutput(Chip chip, int pin) =>
        chip.WhyNotOutput(pin)
        ?? (PinList.Has(chip.Link, pin) ? $"is taken by COM{chip.LinkPort}, the link to the PC"
            : PinList.Has(chip.ForSensors, pin) ? "is on the ADC and kept for a sensor"
            : null);

    /// <summary>Whether two chips are alike but for the memory of their modules.</summary>
    public static bool AreAlike(Chip one, Chip other) => one.Runtime == other.Runtime;

    /// <summary>The channels of ADC1 with their pins, for a sentence: "0 (GPIO 36), 3 (GPIO 39), ...".</summary>
    internal static string DescribeAdc(Chip chip) => string.Join(", ", ChannelsOf(chip).Select(c => $"{c} (GPIO {chip.GpioOfAdc(c)})"));

    /// <summary>The chip that a board file names; the classic one when it names none.</summary>
    internal static Chip Read(JsonInput at)
    {
        if (!at.Exists)
        {
            return Classic;
        }

        string name = at.Text(Names.MostBytes);
        return ChipTable.Find(name)
            ?? throw at.Refuse(ChipTable.WhyRefused(name) is string why
                ? $"is {NumberText.Quote(name)}, which is not supported: {why}; take a board with another chip"
                : $"is {NumberText.Quote(name)}; known are {string.Join(", ", Chips.Select(chip => chip.Name))}");
    }
}
