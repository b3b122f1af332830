using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Models;

namespace NeuralEdge.Conversion.Boards;

/// <summary>How sensors and loads are wired to a board, and at what pace it looks at them.</summary>
/// <param name="PeriodMs">Period of the loop in milliseconds, 0 for the board's own.</param>
/// <param name="Inputs">Wired sensors by the names of the model's inputs.</param>
/// <param name="Outputs">Wired loads by the names of the model's outputs.</param>
/// <param name="SaturationIsFault">True when outputs go safe while a value inside the network meets its ceiling.</param>
/// <param name="DeadTimeMs">Milliseconds from one output of a group going off to another one going on.</param>
/// <param name="UnfamiliarIsFault">True when outputs go safe while inputs are unlike those the model was trained on.</param>
/// <param name="Chip">Name of the chip whose channels and pins these are; null for the classic ESP32.</param>
public sealed record BoardSpec(
    int PeriodMs, IReadOnlyList<BoardInput> Inputs, IReadOnlyList<BoardOutput> Outputs, bool SaturationIsFault = false, int DeadTimeMs = Safeguards.DefaultDeadTimeMs,
    bool UnfamiliarIsFault = false,
    string? Chip = null)
{
    /// <summary>How the last few decisions become one; null: the last one is it.</summary>
    public RecentDecisions? Decisions { get; init; }
}

/// <summary>A sensor on an ADC channel, or a value of a digital one.</summary>
/// <param name="Name">Name of the model's input.</param>
/// <param name="Adc">ADC channel; <see cref="NoChannel"/> for a digital sensor.</param>
/// <param name="Oversample">Conversions added up for one sample, a power of two from 1 to 256.</param>
/// <param name="Calibration">How this sensor's counts become the model's values; null: as the model says itself.</param>
/// <param name="Plausible">Uncorrected counts that a working sensor gives, from the least to the most; null: as the board has it, 1 to 4094 by default.</param>
/// <param name="FrozenMs">Milliseconds of the same count after which the sensor counts as frozen; 0: never.</param>
public sealed record BoardInput(
    string Name, int Adc, int Oversample = 16, CountCalibration? Calibration = null, (int Least, int Most)? Plausible = null, int FrozenMs = 0)
{
    /// <summary>In place of an ADC channel.</summary>
    public const int NoChannel = -1;

    /// <summary>Number of the sensor value on the board, 0 to 31; null for an ADC channel.</summary>
    public int? Sensor { get; private init; }

    /// <summary>A value of a digital sensor: one is read for each sample, and the board's driver knows which are plausible.</summary>
    /// <param name="name">Name of the model's input.</param>
    /// <param name="sensor">Number of the value on the board, 0 to 31.</param>
    /// <param name="calibration">How the sensor's integers become the model's values; null: as the model says itself.</param>
    /// <param name="frozenMs">Milliseconds of the same value after which the sensor counts as frozen; 0: never.</param>
    public static BoardInput OfSensor(string name, int sensor, CountCalibration? calibration = null, int frozenMs = 0) =>
        new(name, NoChannel, 1, calibration, null, frozenMs) { Sensor = sensor };
}

/// <summary>A load on a pin.</summary>
/// <param name="Name">Name of the model's output.</param>
/// <param name="Pin">GPIO number.</param>
/// <param name="ArgMax">True: on while this output is the largest; the thresholds are not used.</param>
/// <param name="On">Value of the output at which the pin switches on.</param>
/// <param name="Off">Value of the output at which it switches off.</param>
/// <param name="MinOnMs">Shortest time on in milliseconds.</param>
/// <param name="MinOffMs">Shortest time off in milliseconds.</param>
/// <param name="ActiveLow">True when the low level switches the load on; a board that is wired otherwise refuses the model.</param>
/// <param name="MaxOnMs">Longest time on in milliseconds; 0: no limit but the board's.</param>
/// <param name="RestMs">Time off after the longest time on in milliseconds; 0: until the rule has asked for off.</param>
/// <param name="Group">Outputs of one group are never on together. Null: those that follow arg-max are one group, and others none; <see cref="NoGroup"/>: none.</param>
public sealed record BoardOutput(
    string Name,
    int Pin,
    bool ArgMax,
    double On = 0.5,
    double Off = 0.5,
    int MinOnMs = 0,
    int MinOffMs = 0,
    bool ActiveLow = false,
    int MaxOnMs = 0,
    int RestMs = 0,
    string? Group = null)
{
    /// <summary>The name that takes an output out of all groups.</summary>
    public const string NoGroup = "none";
}
