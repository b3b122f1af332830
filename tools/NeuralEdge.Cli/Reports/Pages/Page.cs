using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Cli.Reports.Pages;

/// <summary>
/// One page that loads nothing and runs nothing: HTML that is well-formed XML too, for narrow and wide screens, light and dark, and
/// paper. Where a table is wider than the screen, each of its rows becomes a list.
/// </summary>
internal static class Page
{
    // No angle brackets: the text is the same in HTML and in XML.
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1d2430; --dim: #576275; --paper: #ffffff; --line: #cbd2dc; --mark: #2563a8; --hit: 37, 99, 168; --minus: #b4561b; --good: #2c7a4b; --bad: #b4561b; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e4e8ee; --dim: #9aa6b8; --paper: #14181f; --line: #3a4456; --mark: #6fb1f2; --hit: 111, 177, 242; --minus: #f0a06a; --good: #6cc793; --bad: #f0a06a; } }
        * { box-sizing: border-box; }
        body { color: var(--ink); background: var(--paper); font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        h1 { font-size: 1.4rem; line-height: 1.25; margin: .5rem 0 1rem; } h2 { font-size: 1.15rem; margin: 2.25rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--line); } h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
        p { margin: .5rem 0; max-width: 46rem; } ul { margin: .5rem 0; padding-left: 1.25rem; max-width: 46rem; } li { margin: .25rem 0; } .dim { color: var(--dim); }
        .verdict { border-left: .35rem solid var(--good); padding: .25rem 0 .25rem .9rem; font-size: 1.15rem; } .verdict.poor { border-color: var(--bad); } .warning { color: var(--bad); }
        table { border-collapse: collapse; margin: .5rem 0; max-width: 100%; font-size: .95rem; }
        th, td { border-bottom: 1px solid var(--line); padding: .25rem 1rem .25rem 0; text-align: left; vertical-align: top; font-variant-numeric: tabular-nums; } th { font-weight: 600; color: var(--dim); } .whole { overflow-wrap: normal; } pre { white-space: pre-wrap; }
        .matrix th, .matrix td { padding: .25rem .5rem; text-align: right; } .matrix th:first-child, .matrix td:first-child { text-align: left; padding-left: 0; }
        .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1rem; }
        svg { display: block; width: 100%; max-width: 30rem; height: auto; }
        svg text { fill: var(--ink); font: 11px system-ui, sans-serif; } .axis { stroke: var(--dim); fill: none; } .guide { stroke: var(--line); stroke-dasharray: 4 3; }
        .dot { fill: var(--mark); fill-opacity: .55; } .bar { fill: var(--mark); } .curve { fill: none; stroke: var(--mark); stroke-width: 1.75; } .second { stroke: var(--minus); stroke-dasharray: 5 3; }
        .plus, .minus { stroke-opacity: .75; } .node { fill: var(--paper); stroke: var(--ink); } .plus { stroke: var(--mark); } .minus { stroke: var(--minus); }
        @media print { :root { color-scheme: light; --ink: #000; --dim: #444; --paper: #fff; --line: #bbb; --mark: #2563a8; --hit: 37, 99, 168; --minus: #b4561b; } body { font-size: 10pt; max-width: none; padding: 0; } h2, h3 { break-after: avoid; } svg, tr, .verdict { break-inside: avoid; } }
        """;

    // More columns are too many for any screen.
    private const int MostColumns = 8;
    private const int LongestWord = 14;

    // Each row as a list of its cells; the first is its heading.
    private static string AsLists(string table) => $$"""
        {{table}}, {{table}} tbody, {{table}} tr, {{table}} td { display: block; } {{table}} thead, {{table}} td:empty { display: none; }
        {{table}} tr { padding: .4rem 0; border-bottom: 1px solid var(--line); } {{table}} td { border: 0; padding: .05rem 0; display: flex; justify-content: space-between; gap: 1rem; text-align: right; }
        {{table}} td::before { content: attr(data-label); color: var(--dim); text-align: left; flex: none; max-width: 55%; overflow-wrap: break-word; } {{table}} td[data-label='']::before { content: none; } {{table}} td:first-child { font-weight: 600; justify-content: flex-start; gap: .5rem; text-align: left; }
        """;

    /// <summary>The whole page.</summary>
    internal static byte[] Write(string title, IEnumerable<XElement> content)
    {
        XElement head = new(
            "head",
            new XElement("meta", new XAttribute("charset", "utf-8")),
            new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
            new XElement("title", title),
            new XElement("style", Style + AsLists(".many") + " @media (max-width: 40rem) { " + AsLists(".facts") + " }"));
        XElement html = new("html", new XAttribute("lang", "en"), head, new XElement("body", new XElement("h1", title), content));
        MakePossible(html);
        return Encoding.UTF8.GetBytes("<!DOCTYPE html>\n" + html.ToString(SaveOptions.DisableFormatting) + "\n");
    }

    /// <summary>A section's heading.</summary>
    internal static XElement Heading(string text) => new("h2", text);

    /// <summary>A heading within a section.</summary>
    internal static XElement Subheading(string text) => new("h3", text);

    /// <summary>One paragraph for each line.</summary>
    internal static IEnumerable<XElement> Paragraphs(string lines) =>
        lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Sentence);

    /// <summary>A paragraph; a warning stands out.</summary>
    internal static XElement Sentence(string text) =>
        text.StartsWith("warning", StringComparison.OrdinalIgnoreCase) ? new XElement("p", new XAttribute("class", "warning"), text) : new XElement("p", text);

    /// <summary>A paragraph that explains.</summary>
    internal static XElement Explanation(string text) => new("p", new XAttribute("class", "dim"), text);

    /// <summary>Facts in columns; on a narrow screen each row is a list of its cells with the columns' names.</summary>
    internal static XElement Facts(string[] header, IEnumerable<string[]> rows) => new(
        "table",
        new XAttribute("class", header.Length > MostColumns ? "facts many" : "facts"),
        new XElement("thead", new XElement("tr", header.Select(name => Cell("th", name)))),
        new XElement("tbody", rows.Select(row => new XElement("tr", row.Select((text, c) =>
        {
            XElement cell = Cell("td", text);
            cell.SetAttributeValue("data-label", header[c]);
            return cell;
        })))));

    /// <summary>Counts of rows, each the darker the more there are.</summary>
    internal static XElement Matrix(string[] header, string[] names, int[][] counts)
    {
        int most = Math.Max(1, counts.Max(row => row.Max()));
        return new XElement(
            "table",
            new XAttribute("class", "matrix"),
            new XElement("thead", new XElement("tr", header.Select(cell => Cell("th", cell)))),
            new XElement("tbody", counts.Select((row, c) => new XElement("tr", Cell("td", names[c]), row.Select(count => new XElement(
                "td",
                new XAttribute("style", FormattableString.Invariant($"background: rgba(var(--hit), {0.6 * count / most:0.##})")),
                count.ToString(CultureInfo.InvariantCulture)))))));
    }

    /// <summary>Pictures beside each other, or one below the other.</summary>
    internal static XElement Plots(IEnumerable<XElement> plots) => new("div", new XAttribute("class", "plots"), plots);

    // Words of usual length stay whole; only longer ones may be broken anywhere, so that no name makes a page wider than its screen.
    private static XElement Cell(string kind, string text) => Array.TrueForAll(text.Split(' '), word => word.Length <= LongestWord)
        ? new XElement(kind, new XAttribute("class", "whole"), text)
        : new XElement(kind, text);

    // Names come from files: what cannot be seen, or turns a line around, is taken out; what XML cannot hold at all becomes a question mark.
    private static void MakePossible(XElement html)
    {
        foreach (XText text in html.DescendantNodes().OfType<XText>())
        {
            text.Value = Possible(text.Value);
        }

        foreach (XAttribute attribute in html.Descendants().Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
        {
            attribute.Value = Possible(attribute.Value);
        }
    }

    private static string Possible(string text) =>
        string.Concat(Harmless.Output(text).EnumerateRunes().Select(rune => rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "?" : rune.ToString()));
}
