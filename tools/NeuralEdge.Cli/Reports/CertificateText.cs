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
        writer.WriteLine($"error against the real network: proven by {MethodOf(certificate.Bound)}, seen at {NumberText.Count(certificate.Samples, "row")}");
        TextTable errors = new("output", "proven", "of which arithmetic", "seen");
        for (int o = 0; o < certificate.Observed.Length; o++)
        {
            errors.Add(
                file.Outputs[o].Name,
                Show.Measure(certificate.Bound.Total[o]),
                Show.Measure(certificate.Bound.Arithmetic[o]),
                Show.Measure(certificate.Observed[o]));
        }

        errors.Write(writer);
    }

    /// <summary>The certificate as a part of a JSON document, null when there is none.</summary>
    internal static object? Document(ModelFile file) => Certificate.Read(file) is not Certificate certificate ? null : new
    {
        method = certificate.Bound.Method,
        looked = certificate.Bound.Boxes,
        rows = certificate.Samples,
        accumulators = certificate.Accumulators.Select((layer, l) =>
            layer.Select(worst => new { worst, headroomBits = Math.Round(AccumulatorBounds.HeadroomBits(worst, LimitOf(file, l)), 2) })),
        outputs = certificate.Observed.Select((seen, o) => new
        {
            bound = certificate.Bound.Total[o],
            arithmetic = certificate.Bound.Arithmetic[o],
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
