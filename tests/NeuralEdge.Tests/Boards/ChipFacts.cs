using NeuralEdge.Board.Chips;
using NeuralEdge.Board.Control;

namespace NeuralEdge.Tests.Boards;

/// <summary>
/// What the makers' documents say of a chip, written down once more and apart from the table of the shared sources: gpio.rst of ESP-IDF with its
/// parts per chip, and the pins of ADC channels in CHIP_DeviceMapping.cpp of nf-interpreter and in ESP-IDF's adc_channel.h.
/// </summary>
/// <param name="Name">Name of the chip.</param>
/// <param name="Forbidden">Pins that must not drive: they do not exist, cannot, decide the start, or belong to memory, USB, JTAG or UART0.</param>
/// <param name="Adc">GPIO of each channel of ADC1.</param>
/// <param name="NoSensor">Pins of ADC1 where no sensor may be.</param>
/// <param name="Kept">Pins that could drive and that a board file must leave to the link, or to sensors.</param>
internal sealed record ChipFacts(string Name, string Forbidden, int[] Adc, int[] NoSensor, int[] Kept)
{
    public static ChipFacts[] All { get; } =
    [
        new("esp32", "0-3 5-12 14 15 20 24 28-31 34-63", [36, 37, 38, 39, 32, 33, 34, 35], [37, 38], [16, 17, 32, 33]),
        new("esp32-wrover", "0-3 5-12 14-17 20 24 28-31 34-63", [36, 37, 38, 39, 32, 33, 34, 35], [37, 38], [25, 26, 32, 33]),
        new("esp32-s2", "0 19 20 22-32 39-46 47-63", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [], []),
        new("esp32-s3", "0 3 19 20 22-32 43-46 49-63", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [3], []),
        new("esp32-s3-octal", "0 3 19 20 22-37 43-46 49-63", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [3], []),
        new("esp32-c3", "2 8 9 11-63", [0, 1, 2, 3, 4], [2], []),
        new("esp32-c6", "4 5 8 9 12 13 15-17 24-63", [0, 1, 2, 3, 4, 5, 6], [4, 5], []),
        new("esp32-h2", "2 3 8 9 15-21 23-63", [1, 2, 3, 4, 5], [2, 3], []),
        new("esp32-p4", "24 25 34-38 57-63", [16, 17, 18, 19, 20, 21, 22, 23], [], []),
    ];

    public bool IsForbidden(int pin) => Forbidden.Split(' ').Select(entry => entry.Split('-')).Any(range => pin >= Number(range[0]) && pin <= Number(range[^1]));

    /// <summary>Whether a sensor can be at a channel.</summary>
    public bool Measures(int channel) => channel < Adc.Length && !NoSensor.Contains(Adc[channel]);

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What the firmware's settings come to on this chip, found as the firmware finds it.</summary>
    public ChipWiring Wire()
    {
        NeuralEdge.Simulator.Chip.ChipModel model = NeuralEdge.Simulator.Chip.ChipModel.Find(Name)!;
        Chip chip = ChipTable.Recognise(model.Runtime, model.Target, model.PsramBytes > 0);
        return ChipWiring.Choose(
            model.Runtime,
            chip,
            NeuralEdge.Firmware.Settings.OutputPins(chip),
            NeuralEdge.Firmware.Settings.LinkPort,
            NeuralEdge.Firmware.Settings.LinkReceivePin,
            NeuralEdge.Firmware.Settings.LinkTransmitPin);
    }
}
