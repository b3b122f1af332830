using System.Globalization;
using System.Xml.Linq;
using NeuralEdge.Cli.Output;

namespace NeuralEdge.Cli.Reports;

/// <summary>A plot with two axes; colours come from the page's style.</summary>
internal sealed class SvgPlot
{
    internal static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private const double Width = 460;
    private const double Height = 300;
    private const double Left = 70;
    private const double Right = 15;
    private const double Top = 15;
    private const double Bottom = 45;

    private readonly XElement _root;
    private readonly (double Least, double Most) _x;
    private readonly (double Least, double Most) _y;

    /// <summary>An empty plot.</summary>
    /// <param name="title">What it shows, for those who cannot see it.</param>
    /// <param name="xName">What goes right.</param>
    /// <param name="yName">What goes up; empty for an axis without numbers.</param>
    /// <param name="x">Values at the left and the right end.</param>
    /// <param name="y">Values at the bottom and the top; the larger may be at the bottom.</param>
    internal SvgPlot(string title, string xName, string yName, (double Least, double Most) x, (double Least, double Most) y)
    {
        _x = Widened(x);
        _y = Widened(y);
        _root = new XElement(
            Svg + "svg",
            new XAttribute("viewBox", $"0 0 {Text(Width)} {Text(Height)}"),
            new XAttribute("role", "img"),
            new XElement(Svg + "title", title));
        Line("axis", _x.Least, _y.Least, _x.Most, _y.Least);
        Line("axis", _x.Least, _y.Least, _x.Least, _y.Most);
        Label(X(_x.Least), Height - Bottom + 16, "start", Show.Measure(_x.Least));
        Label(X(_x.Most), Height - Bottom + 16, "end", Show.Measure(_x.Most));
        Label((Left + Width - Right) / 2, Height - 10, "middle", xName);
        if (yName.Length > 0)
        {
            Label(Left - 6, Y(_y.Least), "end", Show.Measure(_y.Least));
            Label(Left - 6, Y(_y.Most) + 8, "end", Show.Measure(_y.Most));
            XElement name = Label(0, 0, "middle", yName);
            name.SetAttributeValue("transform", $"translate(14 {Text((Top + Height - Bottom) / 2)}) rotate(-90)");
        }
    }

    internal XElement Root => _root;

    internal void Line(string kind, double x1, double y1, double x2, double y2) => _root.Add(new XElement(
        Svg + "line",
        new XAttribute("class", kind),
        new XAttribute("x1", Text(X(x1))),
        new XAttribute("y1", Text(Y(y1))),
        new XAttribute("x2", Text(X(x2))),
        new XAttribute("y2", Text(Y(y2)))));

    internal void Dot(double x, double y) => _root.Add(new XElement(
        Svg + "circle",
        new XAttribute("class", "dot"),
        new XAttribute("cx", Text(X(x))),
        new XAttribute("cy", Text(Y(y))),
        new XAttribute("r", "2.5")));

    internal void Bar(double x1, double y1, double x2, double y2) => _root.Add(new XElement(
        Svg + "rect",
        new XAttribute("class", "bar"),
        new XAttribute("x", Text(X(x1))),
        new XAttribute("y", Text(Y(y2))),
        new XAttribute("width", Text(Math.Max(1, X(x2) - X(x1)))),
        new XAttribute("height", Text(Math.Max(0, Y(y1) - Y(y2))))));

    /// <summary>A note inside the plot, at a place in the plot's own units.</summary>
    internal void Note(double x, double y, string text) => Label(X(x), Y(y), "start", text);

    private XElement Label(double x, double y, string anchor, string text)
    {
        XElement label = new(
            Svg + "text",
            new XAttribute("x", Text(x)),
            new XAttribute("y", Text(y)),
            new XAttribute("text-anchor", anchor),
            text);
        _root.Add(label);
        return label;
    }

    private double X(double x) => Left + ((x - _x.Least) / (_x.Most - _x.Least) * (Width - Left - Right));

    private double Y(double y) => Height - Bottom - ((y - _y.Least) / (_y.Most - _y.Least) * (Height - Top - Bottom));

    // An axis of one value still needs a length.
    private static (double Least, double Most) Widened((double Least, double Most) range)
    {
        double half = range.Most != range.Least ? 0 : Math.Max(Math.Abs(range.Least) / 10, 0.5);
        return (range.Least - half, range.Most + half);
    }

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
