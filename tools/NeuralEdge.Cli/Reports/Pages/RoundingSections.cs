using System.Xml.Linq;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Reports;

namespace NeuralEdge.Cli.Reports.Pages;

/// <summary>What the board's integers cost: the profiles beside each other, and where each error is from.</summary>
internal static class RoundingSections
{
    internal static IEnumerable<XElement> Profiles(ConversionAnalysis analysis) =>
    [
        Page.Heading("Profiles"),
        Page.Explanation("The same network in each profile. Operations are those of the board's interpreter for one answer."),
        Page.Facts(AnalysisText.ProfileHeader(analysis), AnalysisText.ProfileCells(analysis)),
    ];

    /// <param name="analysis">The figures.</param>
    /// <param name="comparison">Sentences to begin with, one a line.</param>
    internal static IEnumerable<XElement> Rounding(ConversionAnalysis analysis, string comparison = "") =>
    [
        Page.Heading("Rounding"),
        .. Page.Paragraphs(comparison),
        .. AnalysisText.Sentences(analysis).Select(Page.Sentence),
        Page.Subheading("Layers"),
        Page.Explanation(AnalysisText.Heading(analysis) + "."),
        Page.Facts(AnalysisText.LayerHeader, AnalysisText.LayerCells(analysis)),
        Page.Plots([
            AnalysisPlots.Ranges(analysis, "Weights", layer => layer.Weights),
            AnalysisPlots.Ranges(analysis, $"Pre-activations at these {analysis.Conversion.File.Noun}s", layer => layer.PreActivations)]),
        .. Errors(analysis),
    ];

    private static IEnumerable<XElement> Errors(ConversionAnalysis analysis)
    {
        ModelFile file = analysis.Conversion.File;
        Certificate? certificate = Certificate.Read(file);
        IEnumerable<string[]> rows =
        [
            .. analysis.Sources.Select(s => Cells(AnalysisText.NameOf(s), s.Error)),
            Cells("all together: the board's integers", analysis.Total),
            .. analysis.Alternatives.Select(a => Cells("tried instead: " + AnalysisText.NameOf(analysis, a), a.Error)),
        ];
        if (certificate is not null)
        {
            rows =
            [
                .. rows,
                .. certificate.Found is null ? [] : (string[][])[Cells("the worst that a search found", certificate.Found)],
                .. certificate.Near is null ? [] : (string[][])[Cells($"proven within {Show.Percent(certificate.Near.Radius)} of {certificate.Near.Rows} {file.Noun}s", certificate.Near.Largest)],
                Cells(certificate.IsFromSamples ? "proven for every input, from the samples on" : "proven for every input", certificate.Bound.Total),
            ];
        }

        return
        [
            Page.Subheading("Errors"),
            Page.Explanation("Each kind of rounding by itself, all else left in real numbers, the largest error of each output" + (file.Model.Network.HasProbabilities ? " (scores before softmax)." : ".")),
            Page.Facts(["source", .. file.Outputs.Select(o => o.Unit.Length > 0 ? $"{o.Name} ({o.Unit})" : o.Name)], rows),
            .. certificate is null ? [] : CertificateText.LooseBounds(file, certificate).Select(Page.Sentence),
            Page.Plots(AnalysisPlots.Misses(analysis) is XElement misses ? [AnalysisPlots.Errors(analysis), misses] : [AnalysisPlots.Errors(analysis)]),
        ];
    }

    private static string[] Cells(string name, double[] errors) => [name, .. errors.Select(Show.Measure)];
}
