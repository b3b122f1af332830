using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Models;

namespace NeuralEdge.Cli.Reports;

/// <summary>
/// What a person reads first: for how much of what a model is for it is proven to decide as the real network does, or, where nothing
/// is decided, how far its outputs can be from that network's.
/// </summary>
internal static class DecisionText
{
    internal static void Write(TextWriter writer, ModelFile file)
    {
        foreach (string sentence in Sentences(file))
        {
            writer.WriteLine(sentence);
        }
    }

    internal static IEnumerable<string> Sentences(ModelFile file)
    {
        if (Certificate.Read(file) is not { Found: not null } certificate)
        {
            yield break;
        }

        if (certificate.Decisions is Decisions decisions)
        {
            yield return OfDecisions(file, decisions, certificate);
        }
        else
        {
            yield return OfOutputs(file, certificate);
        }

        if (certificate.SaturatedRows > 0)
        {
            yield return $"In {certificate.SaturatedRows} of {NumberText.Count(certificate.Samples, file.Noun)} a value inside the network met its ceiling; nothing is proven of these, and a board says when it happens.";
        }
    }

    /// <summary>"all 150 rows", or "149 of 150 rows".</summary>
    private static string Of(int some, int rows, string noun) => some == rows && rows > 1 ? $"all {rows} {noun}s" : $"{some} of {NumberText.Count(rows, noun)}";

    private static string OfDecisions(ModelFile file, Decisions decisions, Certificate certificate)
    {
        string what = Array.Exists(file.Model.Bindings.Outputs, output => output.Rule == OutputBinding.RuleThreshold)
            ? file.IsClassifier ? "the class and each side of a pin's threshold" : "each side of a pin's threshold"
            : "the class";
        string share = decisions.Share >= 0 ? $", and for {Percent(decisions.Share)} of all inputs" : "";
        string within = certificate.IsFromSamples ? ", from the samples on" : certificate.Near is not NearBound near ? "" : $": the margin is larger than any error of rounding within {Show.Percent(near.Radius)} of the {file.Noun}";
        string run = decisions.Same == decisions.Proven ? "" : $" Run at exactly these {file.Noun}s, integers and real numbers decide alike in {Of(decisions.Same, decisions.Rows, file.Noun)}; that proves nothing beside them.";
        return $"Rounding to integers is proven to leave {what} as it is in {Of(decisions.Proven, decisions.Rows, file.Noun)}{share}{within}.{run}";
    }

    // Of several outputs the one whose error is largest near the data.
    private static string OfOutputs(ModelFile file, Certificate certificate)
    {
        int output = certificate.Near is NearBound near ? Array.IndexOf(near.Largest, near.Largest.Max()) : Array.IndexOf(certificate.Bound.Total, certificate.Bound.Total.Max());
        string unit = file.Outputs[output].Unit.Length > 0 ? " " + file.Outputs[output].Unit : "";
        string name = file.Outputs.Length == 1 ? file.Outputs[output].Name : $"Each output, {file.Outputs[output].Name} least of all,";
        string nearby = certificate.Near is null ? "" : $"{Show.Measure(certificate.Near.Largest[output])}{unit} near {NumberText.Count(certificate.Near.Rows, file.Noun)}, and within ";
        return $"{name} is proven to be the real network's{(certificate.IsFromSamples ? ", from the samples on," : "")} to within {nearby}{Show.Measure(certificate.Bound.Total[output])}{unit} for every input{CertificateText.Looseness(certificate, output)}.";
    }

    // 99.97 % must not look like all.
    private static string Percent(double share) => share is > 0.9995 and < 1 ? "more than 99.9%" : Show.Percent(share);
}
