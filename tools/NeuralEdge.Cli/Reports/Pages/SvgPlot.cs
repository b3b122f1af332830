using System.Globalization;
using System.Xml.Linq;
using NeuralEdge.Cli.Output;

namespace NeuralEdge.Cli.Reports.Pages;

/// <summary>A plot with two axes; colours come from the page's style. As wide as a telephone's page, so that its letters can be read there.</summary>
internal sealed class SvgPlot
{
    internal static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    internal const double Width = 360;

    private const double Left = 52;
    private const double Right = 14;
    private const double Top = 14;
    private const double Bottom = 38;

    private readonly double _height;
    private readonly double _left;
    private readonly (double Least, double Most) _x;
    private readonly (double Least, double Most) _y;

    /// <summary>An empty plot.</summary>
    /// <param name="title">What it shows, for those who cannot see it.</param>
    /// <param name="xName">What goes right.</param>
    /// <param name="yName">What goes up; empty for an axis without numbers.</param>
    /// <param name="x">Values at the left and the right end.</param>
    /// <param name="y">Values at the bottom and the top; the larger may be at the bottom.</param>
    /// <param name="height">How high it is, where it is <see cref="Width"/> wide.</param>
    internal SvgPlot(string title, string xName, string yName, (double Least, double Most) x, (double Least, double Most) y, double height = 230)
    {
        _height = height;
        _left = yName.Length > 0 ? Left : Right;
        _x = Widened(x);
        _y = Widened(y);
        Root = Picture(title, Width, height);
        Line("axis", _x.Least, _y.Least, _x.Most, _y.Least);
        Label(X(_x.Least), height - Bottom + 14, "start", Show.Measure(_x.Least));
        Label(X(_x.Most), height - Bottom + 14, "end", Show.Measure(_x.Most));
        Label((_left + Width - Right) / 2, height - 6, "middle", Short(xName, 52));
        if (yName.Length > 0)
        {
            Line("axis", _x.Least, _y.Least, _x.Least, _y.Most);
            Label(_left - 5, Y(_y.Least), "end", Show.Measure(_y.Least));
            Label(_left - 5, Y(_y.Most) + 8, "end", Show.Measure(_y.Most));
            XElement name = Label(0, 0, "middle", Short(yName, 32));
            name.SetAttributeValue("transform", $"translate(12 {Text((Top + height - Bottom) / 2)}) rotate(-90)");
        }
    }

    internal XElement Root { get; }

    /// <summary>An empty picture.</summary>
    internal static XElement Picture(string title, double width, double height) => new(
        Svg + "svg",
        new XAttribute("viewBox", $"0 0 {Text(width)} {Text(height)}"),
        new XAttribute("role", "img"),
        new XElement(Svg + "title", title));

    /// <summary>A name of at most so many letters.</summary>
    internal static string Short(string name, int most) => name.Length <= most ? name : string.Concat(name.AsSpan(0, char.IsHighSurrogate(name[most - 2]) ? most - 2 : most - 1), "…");

    internal static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    internal void Line(string kind, double x1, double y1, double x2, double y2) => Root.Add(new XElement(
        Svg + "line",
        new XAttribute("class", kind),
        new XAttribute("x1", Text(X(x1))),
        new XAttribute("y1", Text(Y(y1))),
        new XAttribute("x2", Text(X(x2))),
        new XAttribute("y2", Text(Y(y2)))));

    /// <summary>Points joined by lines.</summary>
    internal void Curve(string kind, IEnumerable<(double X, double Y)> points) => Root.Add(new XElement(
        Svg + "polyline",
        new XAttribute("class", kind),
        new XAttribute("points", string.Join(' ', points.Select(p => $"{Text(X(p.X))},{Text(Y(p.Y))}")))));

    internal void Dot(double x, double y, double radius = 2.5) => Root.Add(new XElement(
        Svg + "circle",
        new XAttribute("class", "dot"),
        new XAttribute("cx", Text(X(x))),
        new XAttribute("cy", Text(Y(y))),
        new XAttribute("r", Text(radius))));

    internal void Bar(double x1, double y1, double x2, double y2) => Root.Add(new XElement(
        Svg + "rect",
        new XAttribute("class", "bar"),
        new XAttribute("x", Text(X(x1))),
        new XAttribute("y", Text(Y(y2))),
        new XAttribute("width", Text(Math.Max(1, X(x2) - X(x1)))),
        new XAttribute("height", Text(Math.Max(0, Y(y1) - Y(y2))))));

    /// <summary>A note inside the plot, at a place in the plot's own units.</summary>
    internal void Note(double x, double y, string text, string anchor = "start") => Label(X(x), Y(y), anchor, text);

    /// <summary>What the curves are, at the top on the right.</summary>
    internal void Key(params (string Kind, string Name)[] curves)
    {
        for (int k = 0; k < curves.Length; k++)
        {
            double y = Top + 6 + (16 * k);
            Root.Add(new XElement(
                Svg + "line",
                new XAttribute("class", curves[k].Kind),
                new XAttribute("x1", Text(Width - Right - 28)),
                new XAttribute("y1", Text(y)),
                new XAttribute("x2", Text(Width - Right)),
                new XAttribute("y2", Text(y))));
            Label(Width - Right - 34, y + 4, "end", curves[k].Name);
        }
    }

    private XElement Label(double x, double y, string anchor, string text)
    {
        XElement label = new(
            Svg + "text",
            new XAttribute("x", Text(x)),
            new XAttribute("y", Text(y)),
            new XAttribute("text-anchor", anchor),
            text);
        Root.Add(label);
        return label;
    }

    private double X(double x) => _left + ((x - _x.Least) / (_x.Most - _x.Least) * (Width - _left - Right));

    private double Y(double y) => _height - Bottom - ((y - _y.Least) / (_y.Most - _y.Least) * (_height - Top - Bottom));

    // An axis of one value still needs a length.
    private static (double Least, double Most) Widened((double Least, double Most) range)
    {
        double half = range.Most != range.Least ? 0 : Math.Max(Math.Abs(range.Least) / 10, 0.5);
        return (range.Least - half, range.Most + half);
    }
}
