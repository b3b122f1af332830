using System.Xml.Linq;
using NeuralEdge.Conversion.Reports;

namespace NeuralEdge.Cli.Reports.Pages;

/// <summary>The page about a network that was trained elsewhere.</summary>
internal static class ImportPage
{
    internal static byte[] Write(ConversionAnalysis analysis, string model, string summary) => Page.Write(
        "Report of " + model,
        [
            new XElement("pre", summary),
            .. NetworkPicture.Section(analysis.Conversion.Model),
            .. Answers(analysis),
            .. RoundingSections.Profiles(analysis),
            .. RoundingSections.Rounding(analysis),
        ]);

    private static IEnumerable<XElement> Answers(ConversionAnalysis analysis)
    {
        string[] names = [.. analysis.Conversion.File.Outputs.Select(o => o.Name)];
        if (!analysis.Conversion.File.IsClassifier)
        {
            return [Page.Heading("Answers"), Page.Plots(AnalysisPlots.Predictions(names, analysis.Rows.Targets ?? analysis.Real, analysis.Fixed, analysis.Rows.Targets is null ? "real network" : "true"))];
        }

        int[] truth = analysis.Rows.Classes ?? Array.ConvertAll(analysis.Real, ConversionAnalysis.ClassOf);
        return [Page.Heading("Answers"), .. ConfusionSection.Counts(names, ConfusionSection.Count(names.Length, truth, Array.ConvertAll(analysis.Fixed, ConversionAnalysis.ClassOf)), analysis.Rows.Classes is null ? "real network" : "true class", analysis.Conversion.File.Noun)];
    }
}
