using NeuralEdge.Board.Chips;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Features;
using NeuralEdge.Models;

namespace NeuralEdge.Conversion.Reports;

/// <summary>
/// How many samples a second a board can take of a model's channels while it decides at each hop. An estimate: instructions were counted on
/// nanoFramework's interpreter built for ARM, at the whole turn of a board with windows, sampling, link and supervisor in it; how fast an ESP32 executes them, and what a conversion of its ADC
/// takes, was never measured. Of both the cautious end is taken, so that a board that is asked for less should hold it.
/// </summary>
/// <param name="Chip">Name of the chip for people.</param>
/// <param name="Megahertz">Its clock.</param>
/// <param name="Most">Samples of each channel in a second that it holds, at most 1000: a board samples at whole milliseconds.</param>
/// <param name="Asked">Samples in a second that the model asks for.</param>
public sealed record RateEstimate(string Chip, int Megahertz, int Most, double Asked)
{
    // Counted with 1, 3 and 6 channels, hops of 32 and four features, with nothing on the line; a straight line through the three.
    internal const double InstructionsOfSample = 92_500;
    internal const double InstructionsOfChannel = 13_600;
    internal const double InstructionsOfConversion = 1_740;
    internal const double InstructionsOfDecision = 29_000;
    internal const double InstructionsOfChannelDecided = 120_000;

    // Of inferences of 8-16-4 and 16-32-16-4 of the profile exact.
    private const double InstructionsOfWeight = 116;
    private const double InstructionsOfNeuron = 2_430;

    // Counted alone; what is in the figures above besides is counted twice.
    private const double InstructionsOfBin = 1_050;
    private const double InstructionsOfOctaves = 2_000;
    private const double InstructionsOfOther = 1_320;

    // Of 0.3 to 0.6 that others saw of interpreters on these chips.
    private const double InstructionsPerCycle = 0.3;
    private const double SecondsOfConversion = 45e-6;

    // The rest is for requests and live values, for storage, and for what the runtime does beside.
    private const double ShareOfProcessor = 0.5;
    private const double MostInWholeMilliseconds = 1000;
    private const int Usual = 240;

    private static readonly (string Chip, int Megahertz)[] Clocks = [("esp32-c3", 160), ("esp32-c6", 160), ("esp32-h2", 96), ("esp32-p4", 360)];

    /// <summary>True when the board probably loses samples: it counts those, and is safe when there are too many.</summary>
    public bool IsTooMuch => Asked > Most;

    /// <summary>The estimate for a model.</summary>
    /// <param name="file">The model.</param>
    /// <returns>Null for a model without windows: it decides once in a period, however long that is.</returns>
    public static RateEstimate? Of(ModelFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Model.Windows?.Shape is not WindowShape shape || file.Model.Bindings.PeriodMs <= 0)
        {
            return null;
        }

        Chip chip = file.Chip ?? ChipTable.Find(ChipTable.Classic);
        int megahertz = Array.Find(Clocks, clock => clock.Chip == chip.Name) is (string, > 0 and int own) ? own : Usual;
        double perSecond = megahertz * 1e6 * InstructionsPerCycle;
        int conversions = file.Model.Bindings.Inputs.Sum(input => input.Source == InputBinding.SourceAdc ? 1 << input.SamplesLog2 : 0);
        double sample = ((InstructionsOfSample + (InstructionsOfChannel * shape.Channels.Length) + (InstructionsOfConversion * conversions) + Extra(shape)) / perSecond) + (SecondsOfConversion * conversions);
        double decision = (InstructionsOfDecision + (InstructionsOfChannelDecided * shape.Channels.Length) + (InstructionsOfWeight * file.Macs) + (InstructionsOfNeuron * file.Layers.Sum(layer => layer.NeuronCount))) / perSecond;
        double most = Math.Min(MostInWholeMilliseconds, ShareOfProcessor / (sample + (decision / shape.Hop)));
        return new RateEstimate(chip.Title, megahertz, (int)most, 1000.0 / file.Model.Bindings.PeriodMs);
    }

    // What some features cost with each sample; octaves of a channel come together.
    private static double Extra(WindowShape shape) =>
        shape.Features.Where(feature => feature.Kind == FeatureKind.Band).Sum(feature => InstructionsOfBin * (feature.Last - feature.First + 1))
        + (InstructionsOfOctaves * shape.Features.Where(feature => feature.Kind == FeatureKind.Octave).Select(feature => feature.Channel).Distinct().Count())
        + (InstructionsOfOther * shape.Features.Where(feature => feature.Kind is FeatureKind.Quantile or FeatureKind.Crossings or FeatureKind.Slope or FeatureKind.Average or FeatureKind.Drift)
            .DistinctBy(feature => (feature.Channel, feature.Kind is FeatureKind.Average or FeatureKind.Drift ? FeatureKind.Average : feature.Kind)).Count());
}
