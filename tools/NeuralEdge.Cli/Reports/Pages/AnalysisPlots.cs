using System.Xml.Linq;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Reports;

namespace NeuralEdge.Cli.Reports.Pages;

/// <summary>The plots of an analysis.</summary>
internal static class AnalysisPlots
{
    private const int MostDots = 1000;
    private const int Bins = 31;

    /// <summary>Answers of the integers over what should come out, one plot for each output.</summary>
    /// <param name="names">The outputs.</param>
    /// <param name="truth">Truth[row][output].</param>
    /// <param name="answers">Answers[row][output].</param>
    /// <param name="called">What the truth is, such as "true".</param>
    internal static IEnumerable<XElement> Predictions(string[] names, double[][] truth, double[][] answers, string called)
    {
        int step = 1 + ((truth.Length - 1) / MostDots);
        for (int o = 0; o < names.Length; o++)
        {
            (double Least, double Most) range = (Math.Min(truth.Min(t => t[o]), answers.Min(f => f[o])), Math.Max(truth.Max(t => t[o]), answers.Max(f => f[o])));
            SvgPlot plot = new($"{names[o]}: integers over {called}", $"{names[o]}, {called}", "answered", range, range);
            plot.Line("guide", range.Least, range.Least, range.Most, range.Most);
            for (int r = 0; r < truth.Length; r += step)
            {
                plot.Dot(truth[r][o], answers[r][o]);
            }

            yield return plot.Root;
        }
    }

    /// <summary>How often the integers of the output to act on are how far from the real network.</summary>
    internal static XElement Errors(ConversionAnalysis analysis)
    {
        int o = analysis.Focus;
        double[] errors = [.. analysis.Real.Zip(analysis.Fixed, (real, integers) => integers[o] - real[o])];
        return Histogram("Integers less real network", analysis, errors);
    }

    /// <summary>How often the integers are how far from the truth; null when nobody knows it.</summary>
    internal static XElement? Misses(ConversionAnalysis analysis)
    {
        int o = analysis.Focus;
        return analysis.Rows.Targets is double[][] truth
            ? Histogram("Integers less truth", analysis, [.. truth.Zip(analysis.Fixed, (t, integers) => integers[o] - t[o])])
            : null;
    }

    /// <summary>One bar for each layer, from its least to its most.</summary>
    internal static XElement Ranges(ConversionAnalysis analysis, string what, Func<LayerFigures, (double Least, double Most)> range)
    {
        (double Least, double Most)[] ranges = [.. analysis.Layers.Select(range)];
        double least = Math.Min(0, ranges.Min(r => r.Least));
        double most = Math.Max(0, ranges.Max(r => r.Most));
        SvgPlot plot = new(what + " of each layer", what + ", layer by layer", "", (least, most), (ranges.Length - 0.5, -0.5));
        plot.Line("guide", 0, ranges.Length - 0.5, 0, -0.5);
        for (int l = 0; l < ranges.Length; l++)
        {
            plot.Bar(ranges[l].Least, l + 0.1, ranges[l].Most, l - 0.3);
            plot.Note(least, l + 0.35, $"{l}: {Show.Measure(ranges[l].Least)} to {Show.Measure(ranges[l].Most)}");
        }

        return plot.Root;
    }

    private static XElement Histogram(string title, ConversionAnalysis analysis, double[] errors)
    {
        string output = AnalysisText.FocusOf(analysis);
        double end = errors.Max(Math.Abs);
        int[] counts = new int[Bins];
        foreach (double error in errors)
        {
            counts[end > 0 ? Math.Clamp((int)((error + end) / (2 * end) * Bins), 0, Bins - 1) : Bins / 2]++;
        }

        end = end > 0 ? end : 1;
        SvgPlot plot = new($"{title}: {output}", $"{title}: {output}", analysis.Conversion.File.Noun + "s", (-end, end), (0, counts.Max()));
        for (int b = 0; b < Bins; b++)
        {
            if (counts[b] > 0)
            {
                plot.Bar(end * ((2.0 * b / Bins) - 1), 0, end * ((2.0 * (b + 1) / Bins) - 1), counts[b]);
            }
        }

        return plot.Root;
    }
}
