using System.Globalization;
using NeuralEdge.Board.Chips;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;
using NeuralEdge.Models;

namespace NeuralEdge.Cli.Reports;

/// <summary>Sensors that live where the chip's ADC does not measure well, in words.</summary>
internal static class AdcRangeText
{
    // A few rows at an end are what the ends are for.
    private const double NoteworthyShare = 0.05;

    /// <summary>A sentence for each such sensor.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="file">The model.</param>
    /// <param name="rows">Values of its inputs that were measured.</param>
    /// <param name="noun">What a row is called.</param>
    internal static void Write(TextWriter writer, ModelFile file, IReadOnlyList<double[]> rows, string noun)
    {
        if (file.Chip is not { MostMillivolts: > 0 } chip || rows.Count == 0)
        {
            return;
        }

        double least = CorrectionPoints.TrueCountOf(chip.LeastMillivolts / 1000.0);
        double most = CorrectionPoints.TrueCountOf(chip.MostMillivolts / 1000.0);
        for (int i = 0; i < file.Channels.Length; i++)
        {
            InputBinding binding = file.Model.Bindings.Inputs[i];
            if (binding.Source != InputBinding.SourceAdc)
            {
                continue;
            }

            int outside = rows.Count(row => Math.ScaleB(file.Channels[i].ToRaw(row[i]), -binding.FractionBits) is double count && (count < least || count > most));
            if (outside >= NoteworthyShare * rows.Count)
            {
                writer.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"warning: {file.Channels[i].Name} is outside {least} to {most} counts in {outside} of {NumberText.Count(rows.Count, noun)}, and only there does the ADC of the {chip.Title} measure well ({chip.LeastMillivolts} to {chip.MostMillivolts} mV): beyond, counts are bent and differ from board to board. A divider at the sensor brings it inside."));
            }
        }
    }
}
