using System.Globalization;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Cli.Reports;

/// <summary>A model's certificate for people and for programs.</summary>
internal static class CertificateText
{
    /// <summary>A bound this many times the worst error found is loose.</summary>
    private const double MuchAbove = 10;

    internal static void Write(TextWriter writer, ModelFile file)
    {
        if (Certificate.Read(file) is not Certificate certificate)
        {
            writer.WriteLine("no certificate");
            return;
        }

        writer.WriteLine("accumulators: the worst that any can hold");
        TextTable accumulators = new("layer", "worst", "of", "headroom");
        for (int l = 0; l < certificate.Accumulators.Length; l++)
        {
            long worst = certificate.Accumulators[l].Max();
            long limit = LimitOf(file, l);
            string bits = AccumulatorBounds.HeadroomBits(worst, limit).ToString("F2", CultureInfo.InvariantCulture);
            accumulators.Add($"{l}", worst.ToString("N0", CultureInfo.InvariantCulture), limit.ToString("N0", CultureInfo.InvariantCulture), bits + " bits");
        }

        accumulators.Write(writer);
        WriteErrors(writer, file, certificate);
    }

    private static void WriteErrors(TextWriter writer, ModelFile file, Certificate certificate)
    {
        writer.WriteLine($"error against the real network{ReachOf(file, certificate)}");
        writer.WriteLine($"  every input: proven by {MethodOf(certificate.Bound)}");
        if (certificate.Near is NearBound near)
        {
            writer.WriteLine($"  near data: proven within {Show.Percent(near.Radius)} of half an input's range around {NumberText.Count(near.Rows, file.Noun)}");
        }

        string seen = certificate.IsFromSamples ? $"at {NumberText.Count(certificate.Samples, "window")}, from the board's features on" : $"at {NumberText.Count(certificate.Samples, file.Noun)}";
        writer.WriteLine($"  found: the worst that a search came upon; seen: {seen}");
        if (file.Layers.Any(layer => layer.MeetsCeiling))
        {
            writer.WriteLine($"  all of it while no value meets its ceiling, as in {certificate.Samples - certificate.SaturatedRows} of {NumberText.Count(certificate.Samples, file.Noun)}");
        }

        TextTable errors = new("output", "proven, every input", certificate.IsFromSamples ? "of which the network" : "of which arithmetic", "proven near data", "found", "seen");
        for (int o = 0; o < certificate.Observed.Length; o++)
        {
            errors.Add(
                file.Outputs[o].Name,
                Show.Measure(certificate.Bound.Total[o]),
                Show.Measure(certificate.Bound.Arithmetic[o]),
                certificate.Near is null ? "-" : Show.Measure(certificate.Near.Largest[o]),
                certificate.Found is null ? "-" : Show.Measure(certificate.Found[o]),
                Show.Measure(certificate.Observed[o]));
        }

        errors.Write(writer);
        foreach (string sentence in LooseBounds(file, certificate))
        {
            writer.WriteLine(sentence);
        }
    }

    /// <summary>Of windows, where the error begins: at the samples, or, in files of the first versions with windows, at the features.</summary>
    private static string ReachOf(ModelFile file, Certificate certificate) => certificate.IsFromSamples ? " and real features, from the samples on"
        : file.HasWindows ? ", from the features on; what features are off by is not in it: make the model again for that" : "";

    /// <summary>" (loose: 40 times what a search found)" for a bound that says more about the proof than about the network; else nothing.</summary>
    internal static string Looseness(Certificate certificate, int output) => !IsLoose(certificate, output)
        ? ""
        : $" (loose: {Times(certificate, output)} times the worst error that a search found)";

    /// <summary>A sentence for each output whose bound over all inputs is loose, with its size in the output's unit.</summary>
    internal static IEnumerable<string> LooseBounds(ModelFile file, Certificate certificate)
    {
        for (int o = 0; o < certificate.Observed.Length; o++)
        {
            if (IsLoose(certificate, o))
            {
                string unit = file.Outputs[o].Unit.Length > 0 ? " " + file.Outputs[o].Unit : "";
                yield return $"The bound of {file.Outputs[o].Name} for every input, {Show.Measure(certificate.Bound.Total[o])}{unit}, is loose: {Times(certificate, o)} times the worst error that a search found. What is proven near the data tells more; --effort makes both tighter.";
            }
        }
    }

    private static bool IsLoose(Certificate certificate, int output) =>
        certificate.Found is double[] found && found[output] > 0 && certificate.Bound.Total[output] > MuchAbove * found[output];

    private static string Times(Certificate certificate, int output) =>
        (certificate.Bound.Total[output] / certificate.Found![output]).ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The certificate as a part of a JSON document, null when there is none.</summary>
    internal static object? Document(ModelFile file) => Certificate.Read(file) is not Certificate certificate ? null : new
    {
        method = certificate.Bound.Method,
        looked = certificate.Bound.Boxes,
        fromSamples = file.HasWindows ? certificate.IsFromSamples : (bool?)null,
        rows = certificate.Samples,
        rowsThatMetACeiling = certificate.SaturatedRows,
        nearData = certificate.Near is not NearBound near ? null : new { radius = near.Radius, rows = near.Rows },
        decisions = certificate.Decisions is not Decisions decisions ? null : new
        {
            rows = decisions.Rows,
            proven = decisions.Proven,
            same = decisions.Same,
            shareOfAllInputs = decisions.Share >= 0 ? decisions.Share : (double?)null,
        },
        accumulators = certificate.Accumulators.Select((layer, l) =>
            layer.Select(worst => new { worst, headroomBits = Math.Round(AccumulatorBounds.HeadroomBits(worst, LimitOf(file, l)), 2) })),
        outputs = certificate.Observed.Select((seen, o) => new
        {
            bound = certificate.Bound.Total[o],
            arithmetic = certificate.Bound.Arithmetic[o],
            nearData = certificate.Near?.Largest[o],
            nearDataMedian = certificate.Near?.Median[o],
            found = certificate.Found?[o],
            seen,
        }),
    };

    private static long LimitOf(ModelFile file, int layer) => AccumulatorBounds.Limit(file.Model.Network.GetLayer(layer));

    private static string MethodOf(ErrorBound bound) => bound.Method switch
    {
        BoundMethod.Enumeration => $"trying all {bound.Boxes.ToString("N0", CultureInfo.InvariantCulture)} raw inputs",
        BoundMethod.Affine => $"affine arithmetic over {bound.Boxes.ToString("N0", CultureInfo.InvariantCulture)} {(bound.Boxes == 1 ? "box" : "boxes")}",
        _ => "interval arithmetic",
    };
}
