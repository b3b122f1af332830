#nullable enable
using NeuralEdge.Board.Chips;

namespace NeuralEdge.Simulator.Chip;

/// <summary>
/// A chip that can be simulated: its row of <see cref="ChipTable"/>, if it has one, and what the runtime's image for it is like. Sizes of the heap
/// are assumptions in the order of what is reported of images without and with PSRAM; the file system is that of 4 MB of flash, from
/// targets/ESP32/_IDF/CHIP/partitions_nanoclr_4mb.csv of nanoframework/nf-interpreter. The second unit of the ADC is in
/// targets/ESP32/_common/CHIP_DeviceMapping.cpp there.
/// </summary>
/// <param name="Name">Name in board files and of --chip.</param>
/// <param name="Runtime">What the runtime calls the chip.</param>
/// <param name="Target">Name of the image.</param>
/// <param name="HeapBytes">Bytes of the managed heap, with what the runtime and the program take of it.</param>
/// <param name="PsramBytes">Bytes of PSRAM.</param>
/// <param name="SecondUnit">Logical channel of the first pin of ADC2.</param>
/// <param name="SecondUnitPins">Pins of ADC2.</param>
internal sealed record ChipModel(string Name, string Runtime, string Target, int HeapBytes, int PsramBytes = 0, int SecondUnit = 0, string SecondUnitPins = "")
{
    /// <summary>Bytes of the file system at I:.</summary>
    public const int FlashBytes = 256 * 1024;

    private const int Psram = 2 * 1024 * 1024;
    private const string ClassicSecondUnit = "4 0 2 15 13 12 14 27 25 26";

    private readonly int[] _analog = ChipTable.Find(Name) is { } chip ? PinList.Expand(chip.Adc) : [];
    private readonly int[] _second = PinList.Expand(SecondUnitPins);

    /// <summary>All that can be simulated; the last one is a chip that the firmware does not support.</summary>
    public static IReadOnlyList<ChipModel> All { get; } =
    [
        new("esp32", "ESP32", "ESP32_REV3", 100 * 1024, 0, 10, ClassicSecondUnit),
        new("esp32-wrover", "ESP32", "ESP32_PSRAM_REV3", Psram, 2 * Psram, 10, ClassicSecondUnit),
        new("esp32-s2", "ESP32_S2", "ESP32_S2", 100 * 1024, 0, 10, "11-20"),
        new("esp32-s3", "ESP32_S3", "ESP32_S3_QUAD", 100 * 1024, 0, 10, "11-20"),
        new("esp32-s3-octal", "ESP32_S3", "ESP32_S3_OCTAL", Psram, 4 * Psram, 10, "11-20"),
        new("esp32-c3", "ESP32_C3", "ESP32_C3", 90 * 1024, 0, 5, "5"),
        new("esp32-c6", "ESP32_C6", "ESP32_C6_THREAD", 60 * 1024),
        new("esp32-h2", "ESP32_H2", "ESP32_H2_THREAD", 60 * 1024),
        new("esp32-p4", "ESP32_P4", "ESP32_P4", Psram, 16 * Psram, 8, "49-54"),
        new("esp32-c5", "ESP32_C5", "ESP32_C5_THREAD", 60 * 1024),
    ];

    /// <summary>The chip's row, null for one that the firmware does not support.</summary>
    public Board.Chips.Chip? Row { get; } = ChipTable.Find(Name);

    /// <summary>True when the chip has a USB of its own, which the debugger takes if a PC is connected to it.</summary>
    public bool HasUsb => Row is null || Row.Usb.Length > 0;

    /// <summary>How many serial ports there are.</summary>
    public int Ports => Row?.Ports ?? 2;

    /// <summary>The chip of a name, null when there is none.</summary>
    public static ChipModel? Find(string name) => All.FirstOrDefault(chip => chip.Name == name);

    /// <summary>Whether a pin exists.</summary>
    public bool HasPin(int pin) => pin >= 0 && (Row is null || PinList.Has(Row.Pins, pin));

    /// <summary>Whether a pin can drive.</summary>
    public bool CanDrive(int pin) => HasPin(pin) && (Row is null || !PinList.Has(Row.InputsOnly, pin));

    /// <summary>GPIO that a conversion of a logical channel reads, -1 when there is no such channel.</summary>
    public int GpioOfAdc(int channel) =>
        channel >= 0 && channel < _analog.Length ? _analog[channel]
            : channel >= SecondUnit && channel - SecondUnit < _second.Length ? _second[channel - SecondUnit]
            : -1;

    /// <summary>What Configuration.GetFunctionPin answers: on the S2 the pins of the classic chip, whose table was copied.</summary>
    public int FunctionPinOfAdc(int channel) => Runtime == "ESP32_S2" ? All[0].GpioOfAdc(channel) : GpioOfAdc(channel);
}
