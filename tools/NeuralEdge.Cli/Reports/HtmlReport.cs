using System.Text;
using System.Xml;
using System.Xml.Linq;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Reports;

namespace NeuralEdge.Cli.Reports;

/// <summary>An analysis as one page that loads nothing and runs nothing: HTML that is well-formed XML too.</summary>
internal static class HtmlReport
{
    // No angle brackets: the text is the same in HTML and in XML.
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1d2430; --paper: #ffffff; --line: #c3cad5; --mark: #2563a8; --hit: 37, 99, 168; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e4e8ee; --paper: #14181f; --line: #465063; --mark: #6fb1f2; --hit: 111, 177, 242; } }
        body { color: var(--ink); background: var(--paper); font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
        .scroll { overflow-x: auto; } table { border-collapse: collapse; }
        th, td { border-bottom: 1px solid var(--line); padding: .25rem .7rem; text-align: left; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .plots { display: flex; flex-wrap: wrap; gap: 1rem; } svg { width: 460px; max-width: 100%; height: auto; }
        svg text { fill: var(--ink); font-size: 11px; } .axis { stroke: var(--ink); } .guide { stroke: var(--line); stroke-dasharray: 4 3; }
        .dot { fill: var(--mark); fill-opacity: .55; } .bar { fill: var(--mark); }
        """;

    internal static byte[] Write(ConversionAnalysis analysis, string model, string summary)
    {
        XElement body = new("body", new XElement("h1", "Report of " + model));
        body.Add(new XElement("pre", summary));
        body.Add(AnalysisText.Sentences(analysis).Select(sentence => new XElement("p", sentence)));
        body.Add(new XElement("h2", "Profiles"), new XElement("p", "The same network in each profile; operations are the board's interpreter's for one inference."));
        body.Add(Table(AnalysisText.ProfileHeader(analysis), AnalysisText.ProfileCells(analysis)));
        body.Add(new XElement("h2", "Layers"), new XElement("p", AnalysisText.Heading(analysis) + "."));
        body.Add(Table(AnalysisText.LayerHeader, AnalysisText.LayerCells(analysis)));
        body.Add(Plots(
            AnalysisPlots.Ranges(analysis, "Weights", layer => layer.Weights),
            AnalysisPlots.Ranges(analysis, "Pre-activations at these rows", layer => layer.PreActivations)));
        AddAnswers(body, analysis);
        AddErrors(body, analysis);
        XElement head = new(
            "head",
            new XElement("meta", new XAttribute("charset", "utf-8")),
            new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
            new XElement("title", "Report of " + model),
            new XElement("style", Style));
        XElement html = new("html", new XAttribute("lang", "en"), head, body);
        return Encoding.UTF8.GetBytes("<!DOCTYPE html>\n" + Markup(html) + "\n");
    }

    private static void AddAnswers(XElement body, ConversionAnalysis analysis)
    {
        body.Add(new XElement("h2", "Answers"));
        if (!analysis.Conversion.File.IsClassifier)
        {
            body.Add(Plots([.. AnalysisPlots.Predictions(analysis)]));
            return;
        }

        string[] names = [.. analysis.Conversion.File.Outputs.Select(o => o.Name)];
        int[] truth = analysis.Rows.Classes ?? Array.ConvertAll(analysis.Real, ConversionAnalysis.ClassOf);
        int[][] counts = [.. names.Select(_ => new int[names.Length])];
        for (int r = 0; r < truth.Length; r++)
        {
            counts[truth[r]][ConversionAnalysis.ClassOf(analysis.Fixed[r])]++;
        }

        int most = Math.Max(1, counts.Max(row => row.Max()));
        XElement table = Table(
            [analysis.Rows.Classes is null ? "real network, by integers" : analysis.Rows.AreLearned ? "true class, by integers, at rows it has learned from" : "true class, by integers", .. names],
            counts.Select((row, c) => (string[])[names[c], .. row.Select(n => $"{n}")]));
        XElement[] lines = [.. table.Descendants("tr").Skip(1)];
        for (int c = 0; c < names.Length; c++)
        {
            XElement[] cells = [.. lines[c].Elements("td").Skip(1)];
            for (int p = 0; p < cells.Length; p++)
            {
                cells[p].SetAttributeValue("style", FormattableString.Invariant($"background: rgba(var(--hit), {0.6 * counts[c][p] / most:0.##})"));
            }
        }

        body.Add(table);
    }

    private static void AddErrors(XElement body, ConversionAnalysis analysis)
    {
        ModelFile file = analysis.Conversion.File;
        Certificate? certificate = Certificate.Read(file);
        body.Add(new XElement("h2", "Errors"));
        body.Add(new XElement("p", "Each kind of rounding by itself, all else left in real numbers, the largest error of each output" + (file.Model.Network.HasProbabilities ? " (scores before softmax)." : ".")));
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
                .. certificate.Near is null ? [] : (string[][])[Cells($"proven within {Show.Percent(certificate.Near.Radius)} of {certificate.Near.Rows} rows", certificate.Near.Largest)],
                Cells("proven for every input", certificate.Bound.Total),
            ];
        }

        body.Add(Table(["source", .. file.Outputs.Select(o => o.Unit.Length > 0 ? $"{o.Name} ({o.Unit})" : o.Name)], rows));
        body.Add(certificate is null ? [] : CertificateText.LooseBounds(file, certificate).Select(sentence => new XElement("p", sentence)));
        XElement[] plots = AnalysisPlots.Misses(analysis) is XElement misses ? [AnalysisPlots.Errors(analysis), misses] : [AnalysisPlots.Errors(analysis)];
        body.Add(Plots(plots));
    }

    private static string[] Cells(string name, double[] errors) => [name, .. errors.Select(Show.Measure)];

    private static XElement Plots(params XElement[] plots) => new("div", new XAttribute("class", "plots"), plots);

    private static XElement Table(string[] header, IEnumerable<string[]> rows) => new(
        "div",
        new XAttribute("class", "scroll"),
        new XElement(
            "table",
            new XElement("tr", header.Select(cell => new XElement("th", cell))),
            rows.Select(row => new XElement("tr", row.Select(cell => new XElement("td", cell))))));

    // Names come from files: what XML cannot hold at all, such as control characters, becomes a question mark.
    private static string Markup(XElement html)
    {
        foreach (XText text in html.DescendantNodes().OfType<XText>())
        {
            text.Value = string.Concat(text.Value.EnumerateRunes().Select(rune => rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "?" : rune.ToString()));
        }

        return html.ToString(SaveOptions.DisableFormatting);
    }
}
