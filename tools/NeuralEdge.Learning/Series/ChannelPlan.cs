using NeuralEdge.Conversion.Binding;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Features;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Features;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Training;
using NeuralEdge.Models;

namespace NeuralEdge.Learning.Series;

/// <summary>How the columns of a table become the channels that a board samples.</summary>
internal static class ChannelPlan
{
    // An exponential average looks back over some windows.
    private const int WindowsOfAverage = 8;

    // Noise around the level is no crossing.
    private const double DeadBandOfDeviation = 0.25;

    /// <summary>The channels.</summary>
    /// <param name="samples">The samples of the table.</param>
    /// <param name="wiring">Sensors by the names of the columns.</param>
    /// <param name="window">Samples of a window.</param>
    internal static WindowChannel[] Of(DataSet samples, BoardSpec wiring, int window)
    {
        (double Minimum, double Maximum)[] ranges = TrainedRanges.Widen(samples);
        return [.. samples.InputNames.Select((name, c) =>
        {
            BoardInput? sensor = wiring.Inputs.FirstOrDefault(input => input.Name == name);
            (RawInput raw, InputBinding binding) = RawInputs.Choose(new InputSpec(name, samples.InputUnits[c], ranges[c].Minimum, ranges[c].Maximum), sensor, fast: false);
            int lowest = Math.Max(raw.Minimum, short.MinValue);
            int highest = Math.Min(raw.Maximum, short.MaxValue);
            double mean = samples.Inputs.Average(row => (row[c] - raw.Offset) / raw.Scale);
            double deviation = Math.Sqrt(samples.Inputs.Average(row => Math.Pow(((row[c] - raw.Offset) / raw.Scale) - mean, 2)));
            return new WindowChannel(name, samples.InputUnits[c], raw with { Minimum = lowest, Maximum = highest }, binding, new ChannelShape(
                lowest,
                highest,
                (int)Math.Clamp(Math.Round(mean), lowest, highest),
                (int)Math.Min(short.MaxValue, Math.Round(DeadBandOfDeviation * deviation)),
                Math.Min(WindowShape.MaxAverageShift, (int)Math.Ceiling(Math.Log2((double)WindowsOfAverage * window)))));
        })];
    }
}
