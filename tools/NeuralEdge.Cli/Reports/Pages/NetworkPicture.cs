using System.Xml.Linq;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Cli.Reports.Pages;

/// <summary>A network as circles and lines: the thicker a line, the more it carries when its input goes through its range.</summary>
internal static class NetworkPicture
{
    private const double Width = 360;
    private const double Margin = 92;
    private const double Spacing = 22;
    private const double Radius = 6;
    private const double Thickest = 2.5;
    private const int MostNodes = 16;
    private const double Thinnest = 0.2;
    private const int MostLetters = 14;

    /// <summary>The section of a page.</summary>
    internal static IEnumerable<XElement> Section(FloatModel model)
    {
        int[] widths = [model.Network.InputCount, .. model.Network.Layers.Select(layer => layer.OutputCount)];
        string hidden = widths.Length == 2 ? "no hidden layer" : $"hidden {(widths.Length == 3 ? "layer" : "layers")} of {string.Join(", ", widths[1..^1])} ({model.Network.Layers[0].Function.Name})";
        string some = widths.Max() > MostNodes ? $" Of wide layers {MostNodes} neurons are drawn, those of the largest weights." : "";
        return
        [
            Page.Heading("The network"),
            Page.Sentence($"{NumberText.Count(widths[0], "input")}, {hidden}, {NumberText.Count(widths[^1], "output")}."),
            Of(model),
            Page.Explanation("The thicker a line, the more it carries; solid lines add, dashed lines subtract." + some),
        ];
    }

    /// <summary>The picture.</summary>
    internal static XElement Of(FloatModel model)
    {
        double[][][] carried = [.. model.Network.Layers.Select((layer, l) => Carried(layer, l == 0 ? model.Inputs : []))];
        int[][] drawn = Drawn(carried);
        double height = (drawn.Max(nodes => nodes.Length) * Spacing) + Spacing;
        XElement root = SvgPlot.Picture("The network", Width, height);
        (double X, double Y) Place(int column, int at) => (
            Margin + ((Width - (2 * Margin)) * column / (drawn.Length - 1)),
            (height / 2) + ((at - ((drawn[column].Length - 1) / 2.0)) * Spacing));
        for (int l = 0; l < carried.Length; l++)
        {
            double most = carried[l].Max(row => row.Max(Math.Abs));
            for (int j = 0; j < drawn[l + 1].Length; j++)
            {
                for (int i = 0; i < drawn[l].Length; i++)
                {
                    double weight = most > 0 ? carried[l][drawn[l + 1][j]][drawn[l][i]] / most : 0;
                    if (Math.Abs(weight) * Thickest >= Thinnest)
                    {
                        root.Add(Edge(Place(l, i), Place(l + 1, j), weight));
                    }
                }
            }
        }

        for (int column = 0; column < drawn.Length; column++)
        {
            for (int at = 0; at < drawn[column].Length; at++)
            {
                (double x, double y) = Place(column, at);
                root.Add(new XElement(SvgPlot.Svg + "circle", new XAttribute("class", "node"), new XAttribute("cx", SvgPlot.Text(x)), new XAttribute("cy", SvgPlot.Text(y)), new XAttribute("r", SvgPlot.Text(Radius))));
                if (column == 0)
                {
                    root.Add(Label(x - 12, y, "end", model.Inputs[drawn[column][at]].Name));
                }
                else if (column == drawn.Length - 1)
                {
                    root.Add(Label(x + 12, y, "start", model.Outputs[drawn[column][at]].Name));
                }
            }
        }

        return root;
    }

    // The first layer's weights are in the units of the file: a weight of counts and one of degrees say nothing beside each other.
    private static double[][] Carried(FloatLayer layer, InputSpec[] inputs) => [.. layer.Weights.Select(row => row.Select((weight, i) =>
        inputs.Length > 0 && inputs[i].Maximum is double most && inputs[i].Minimum is double least ? weight * (most - least) / 2 : weight).ToArray())];

    private static int[][] Drawn(double[][][] carried)
    {
        int[][] drawn = new int[carried.Length + 1][];
        for (int column = 0; column < drawn.Length; column++)
        {
            int count = column == 0 ? carried[0][0].Length : carried[column - 1].Length;
            double Strength(int node) => column < carried.Length ? carried[column].Max(row => Math.Abs(row[node])) : carried[column - 1][node].Max(Math.Abs);
            drawn[column] = [.. Enumerable.Range(0, count).OrderByDescending(Strength).Take(MostNodes).Order()];
        }

        return drawn;
    }

    private static XElement Edge((double X, double Y) from, (double X, double Y) to, double weight)
    {
        XElement line = new(
            SvgPlot.Svg + "line",
            new XAttribute("class", weight > 0 ? "plus" : "minus"),
            new XAttribute("x1", SvgPlot.Text(from.X)),
            new XAttribute("y1", SvgPlot.Text(from.Y)),
            new XAttribute("x2", SvgPlot.Text(to.X)),
            new XAttribute("y2", SvgPlot.Text(to.Y)),
            new XAttribute("stroke-width", SvgPlot.Text(Thickest * Math.Abs(weight))));
        if (weight < 0)
        {
            line.SetAttributeValue("stroke-dasharray", "5 3");
        }

        return line;
    }

    private static XElement Label(double x, double y, string anchor, string name) => new(
        SvgPlot.Svg + "text",
        new XAttribute("x", SvgPlot.Text(x)),
        new XAttribute("y", SvgPlot.Text(y + 4)),
        new XAttribute("text-anchor", anchor),
        SvgPlot.Short(name, MostLetters));
}
