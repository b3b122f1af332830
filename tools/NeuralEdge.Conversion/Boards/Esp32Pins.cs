namespace NeuralEdge.Conversion.Boards;

/// <summary>
/// The pins of an ESP32 (the original chip, as on its common development boards) as far as models use them:
/// which may switch a load, which are on the ADC, and why the others are refused.
/// </summary>
public static class Esp32Pins
{
    /// <summary>Pins that can switch a load without harm, in the order outputs take them: those of the firmware's settings.</summary>
    public static IReadOnlyList<int> Outputs { get; } = [18, 19, 21, 22, 23, 25, 26, 27, 4, 13];

    /// <summary>The channels of ADC1 that modules lead out, in the order inputs take them.</summary>
    public static IReadOnlyList<int> AdcChannels { get; } = [0, 3, 4, 5, 6, 7];

    // GPIO of each ADC1 channel, from the chip's data sheet.
    private static readonly int[] AdcPins = [36, 37, 38, 39, 32, 33, 34, 35];

    /// <summary>Why a pin must not switch a load, as the rest of a sentence; null when it may.</summary>
    public static string? WhyNotOutput(int pin)
    {
        return pin switch
        {
            0 or 2 or 5 or 12 or 15 => "is a strapping pin: a load on it can keep the ESP32 from starting",
            1 or 3 => "is UART0, over which the board is flashed",
            >= 6 and <= 11 => "is wired to the flash chip inside the module",
            14 => "toggles while the ESP32 starts",
            32 or 33 => "is on the ADC and kept for a sensor",
            16 or 17 => "is taken by COM2, the link to the PC",
            >= 34 and <= 39 => "is an input only and cannot switch anything",
            _ => Outputs.Contains(pin) ? null : "does not exist on the ESP32",
        };
    }

    /// <summary>Why a channel cannot measure, as the rest of a sentence; null when it can.</summary>
    public static string? WhyNotAdc(int channel)
    {
        return channel switch
        {
            1 or 2 => $"of ADC1 is GPIO {AdcPins[channel]}, which modules do not lead out",
            _ => AdcChannels.Contains(channel) ? null : "is not on ADC1",
        };
    }

    /// <summary>The GPIO an ADC1 channel (0 to 7) is on.</summary>
    public static int GpioOfAdc(int channel)
    {
        return AdcPins[channel];
    }

    /// <summary>The channels of ADC1 with their pins, for a sentence: "0 (GPIO 36), 3 (GPIO 39), ...".</summary>
    internal static string DescribeAdc()
    {
        return string.Join(", ", AdcChannels.Select(c => $"{c} (GPIO {AdcPins[c]})"));
    }
}
