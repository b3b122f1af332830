using System.Xml.Linq;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;

namespace NeuralEdge.Cli.Reports.Pages;

/// <summary>Where the values of each input lie, class by class.</summary>
internal static class DistributionSection
{
    private const int MostInputs = 12;
    private const int MostClasses = 8;
    private const int Bins = 40;

    internal static IEnumerable<XElement> Of(DataSet data, Study? study)
    {
        int[] inputs = Inputs(data, study);
        (string Name, int[] Rows)[] groups = Groups(data);
        string some = (inputs.Length < data.InputNames.Length ? $" The {inputs.Length} of {data.InputNames.Length} inputs that matter most." : "")
            + (data.Task == TaskKind.Classify && groups.Length < data.ClassNames.Length ? $" The {groups.Length} commonest of {data.ClassNames.Length} classes." : "");
        return
        [
            Page.Heading(data.Task == TaskKind.Classify ? "Each input, class by class" : "Each input"),
            Page.Explanation((data.Task == TaskKind.Classify
                ? "How often each value of an input comes, in a row for each class. Where the bars of two classes lie at different values, this input can tell them apart."
                : "How the values of each input are spread; a value far from all others may be a reading that failed.") + some),
            Page.Plots(inputs.Select(i => Hills(data, i, groups))),
        ];
    }

    /// <summary>The pictures alone, those of the inputs that matter most first.</summary>
    internal static IEnumerable<XElement> Pictures(DataSet data, Study? study)
    {
        (string Name, int[] Rows)[] groups = Groups(data);
        return Inputs(data, study).Select(i => Hills(data, i, groups));
    }

    private static int[] Inputs(DataSet data, Study? study) =>
        [.. Enumerable.Range(0, data.InputNames.Length).OrderByDescending(i => study?.Importance[i].Loss ?? 0).Take(MostInputs)];

    private static (string Name, int[] Rows)[] Groups(DataSet data) => data.Task == TaskKind.Classify
        ? [.. data.ClassNames.Select((name, c) => (name, Rows: Enumerable.Range(0, data.Count).Where(r => data.Classes[r] == c).ToArray())).OrderByDescending(group => group.Rows.Length).Take(MostClasses)]
        : [($"all {data.Noun}s", [.. Enumerable.Range(0, data.Count)])];

    // Each class has a row of its own, and its highest bar fills it.
    private static XElement Hills(DataSet data, int input, (string Name, int[] Rows)[] groups)
    {
        double least = data.Inputs.Min(row => row[input]);
        double most = data.Inputs.Max(row => row[input]);
        double span = most > least ? most - least : 1;
        string name = data.InputUnits[input].Length == 0 ? data.InputNames[input] : $"{data.InputNames[input]} ({data.InputUnits[input]})";
        SvgPlot plot = new(name, name, "", (least, least + span), (groups.Length, 0), 56 + (46 * groups.Length));
        for (int g = 0; g < groups.Length; g++)
        {
            int[] counts = new int[Bins];
            foreach (int r in groups[g].Rows)
            {
                counts[Math.Clamp((int)((data.Inputs[r][input] - least) / span * Bins), 0, Bins - 1)]++;
            }

            int highest = Math.Max(1, counts.Max());
            for (int b = 0; b < Bins; b++)
            {
                if (counts[b] > 0)
                {
                    plot.Bar(least + (span * b / Bins), g + 1, least + (span * (b + 0.9) / Bins), g + 1 - (0.62 * counts[b] / highest));
                }
            }

            plot.Line("guide", least, g + 1, least + span, g + 1);
            plot.Note(least, g + 0.3, SvgPlot.Short(groups[g].Name, 40));
        }

        return plot.Root;
    }
}
