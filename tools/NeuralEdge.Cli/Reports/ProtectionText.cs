using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Models;

namespace NeuralEdge.Cli.Reports;

/// <summary>What nothing protects a load from, in words that can be put into a board file.</summary>
internal static class ProtectionText
{
    private const int ExampleMs = 60_000;
    private const int MostNamed = 4;

    /// <summary>What nothing protects from, and what would be taken for a broken wire.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="file">The model.</param>
    /// <param name="limitedPins">Bit n set: the board itself limits how long the load at GPIO n may be on.</param>
    /// <param name="rows">Values of the inputs that were measured; null for none.</param>
    /// <param name="noun">What such a row is called.</param>
    internal static void Write(TextWriter writer, ModelFile file, long limitedPins = 0, IReadOnlyList<double[]>? rows = null, string noun = "row")
    {
        foreach (string sentence in rows is null ? [] : Implausible(file, rows, noun))
        {
            writer.WriteLine(sentence);
        }

        if (Unlimited(file, limitedPins) is string unlimited)
        {
            writer.WriteLine(unlimited);
        }
    }

    // A count at an end of the ADC may be a sensor's: then the board must know, or it keeps the loads off.
    private static IEnumerable<string> Implausible(ModelFile file, IReadOnlyList<double[]> rows, string noun)
    {
        Bindings bindings = file.Model.Bindings;
        if (Array.TrueForAll(bindings.Outputs, output => output.Rule == OutputBinding.RuleNone))
        {
            yield break;
        }

        for (int i = 0; i < file.Channels.Length; i++)
        {
            InputBinding binding = bindings.Inputs[i];
            if (binding.Source != InputBinding.SourceAdc || bindings.Safeguards.HasPlausible(i))
            {
                continue;
            }

            double[] counts = [.. rows.Select(row => Math.ScaleB(file.Channels[i].ToRaw(row[i]), -binding.FractionBits))];
            foreach ((int end, int many) in new[] { (0, counts.Count(count => count < 0.5)), (Safeguards.FullScale, counts.Count(count => count > Safeguards.FullScale - 0.5)) })
            {
                if (many > 0)
                {
                    string[] range = end == 0 ? ["0", $"{Safeguards.FullScale - 1}"] : ["1", $"{Safeguards.FullScale}"];
                    yield return $"warning: {file.Channels[i].Name} is at the ADC's end, {end} counts, in {many} of {NumberText.Count(rows.Count, noun)}; a board takes that for a broken wire and keeps all loads off. If the sensor gives it, add \"plausible\": [{string.Join(", ", range)}] to the input in the board file.";
                }
            }
        }
    }

    /// <summary>The wired outputs that may stay on for ever; null when there are none.</summary>
    /// <param name="file">The model.</param>
    /// <param name="limitedPins">Bit n set: the board itself limits how long the load at GPIO n may be on.</param>
    internal static string? Unlimited(ModelFile file, long limitedPins)
    {
        OutputBinding[] outputs = file.Model.Bindings.Outputs;
        string[] loads = [.. Enumerable.Range(0, outputs.Length)
            .Where(o => outputs[o].Rule != OutputBinding.RuleNone
                && file.Model.Bindings.Safeguards.GetMaxOnMs(o) == 0
                && (limitedPins & (1L << outputs[o].Pin)) == 0)
            .Select(o => $"{file.Outputs[o].Name} (GPIO{outputs[o].Pin})")];
        string more = loads.Length > MostNamed ? $" and {NumberText.Count(loads.Length - MostNamed, "more output")}" : "";
        return loads.Length == 0 ? null
            : $"warning: nothing limits how long {string.Join(", ", loads.Take(MostNamed))}{more} may be on, so a sensor that is stuck keeps a load on; add \"maxOnMs\": {ExampleMs} to the output in the board file, or .AtMost({ExampleMs}) to the pin in the board's Settings.cs.";
    }
}
