using NeuralEdge.Conversion.Binding;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Models;

namespace NeuralEdge.Conversion.Reports;

/// <summary>Converts a network in other ways and measures them: advice that has been tried.</summary>
internal static class Alternatives
{
    /// <summary>Tries what applies.</summary>
    /// <param name="conversion">The conversion to do better than.</param>
    /// <param name="rows">Rows inside the inputs' ranges.</param>
    internal static IReadOnlyList<Alternative> Try(ConvertedModel conversion, IReadOnlyList<double[]> rows)
    {
        RawInput[] inputs = conversion.Network.Inputs;
        int[] all = [.. Enumerable.Range(0, inputs.Length)];
        if (conversion.Profile != Profile.Exact)
        {
            // Whether other ranges help coarser weights is not tried: their rounding would have to be found anew.
            return [];
        }

        List<Alternative> tried = [];
        int[] wide = Array.FindAll(all, i => IsWide(conversion.Model.Inputs[i], rows, i));
        if (wide.Length > 0)
        {
            RawInput[] narrow = [.. all.Select(i => wide.Contains(i) ? Narrowed(conversion, rows, i) : inputs[i])];
            tried.Add(Measure(conversion, AlternativeKind.NarrowRanges, wide, narrow, rows));
        }

        int[] wired = conversion.File.HasWindows ? [] : Array.FindAll(all, i => conversion.File.Model.Bindings.Inputs[i].Source != InputBinding.SourceNone);
        if (wired.Length > 0)
        {
            RawInput[] fine = [.. all.Select(i => wired.Contains(i) ? RawInputs.Choose(conversion.Model.Inputs[i], null, false).Raw : inputs[i])];
            tried.Add(Measure(conversion, AlternativeKind.FinerInputs, wired, fine, rows));
        }

        return tried;
    }

    private static bool IsWide(InputSpec input, IReadOnlyList<double[]> rows, int i)
    {
        double span = rows.Max(row => row[i]) - rows.Min(row => row[i]);
        return span > 0 && 2 * span < input.Maximum - input.Minimum;
    }

    private static RawInput Narrowed(ConvertedModel conversion, IReadOnlyList<double[]> rows, int i)
    {
        double least = rows.Min(row => row[i]);
        double most = rows.Max(row => row[i]);
        RawInput input = conversion.Network.Inputs[i];
        if (conversion.File.HasWindows || conversion.File.Model.Bindings.Inputs[i].Source == InputBinding.SourceNone)
        {
            return RawInputs.Choose(conversion.Model.Inputs[i] with { Minimum = least, Maximum = most }, null, false).Raw;
        }

        // The steps are the sensor's; only how many of them there are changes. A falling sensor swaps the ends.
        int a = (int)Math.Floor(((least - input.Offset) / input.Scale) + 0.5);
        int b = (int)Math.Floor(((most - input.Offset) / input.Scale) + 0.5);
        return input with { Minimum = Math.Min(a, b), Maximum = Math.Max(a, b) };
    }

    private static Alternative Measure(
        ConvertedModel conversion, AlternativeKind kind, int[] changed, RawInput[] inputs, IReadOnlyList<double[]> rows)
    {
        bool comparable = conversion.File.IsClassifier || Array.Exists(conversion.File.Model.Bindings.Outputs, o => o.Rule == OutputBinding.RuleArgMax);
        QuantisedNetwork network = Quantiser.Quantise(conversion.Model.Network, inputs, Profile.Exact, comparable);
        return new Alternative(kind, changed, new RoundedNetwork(conversion.Model.Network, network).MeasureAll(rows));
    }
}
