using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Cli.Reports;

/// <summary>Which rows a model was not made for: outside its ranges, column by column, and unlike all it was trained on.</summary>
internal static class OutsideText
{
    private const int MostNamed = 4;

    // As a board has it: up to a fifth may be chance.
    private const int AlarmPart = 5;

    /// <summary>Warns of rows that a model was not made for; says nothing when there are none.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="file">The model.</param>
    /// <param name="rows">Rows of values.</param>
    /// <param name="which">What these rows are: "rows it was judged by".</param>
    internal static void Write(TextWriter writer, ModelFile file, IReadOnlyList<double[]> rows, string which)
    {
        (ModelInput Input, int Index, int Count)[] outside = [.. Counts(file, rows).Where(column => column.Count > 0).OrderByDescending(column => column.Count)];
        foreach ((ModelInput input, int i, int count) in outside.Take(MostNamed))
        {
            double furthest = rows.MaxBy(row => Math.Max(input.Minimum - row[i], row[i] - input.Maximum))![i];
            writer.WriteLine($"warning: {input.Name} is outside the range {Show.Value(input.Minimum)}..{Show.Value(input.Maximum)} that it was trained for in {count} of {rows.Count} {which}, {Show.Value(furthest)} the furthest; a board takes the end of the range there.");
        }

        if (outside.Length > MostNamed)
        {
            writer.WriteLine($"warning: so {(outside.Length == MostNamed + 1 ? "is" : "are")} {NumberText.Count(outside.Length - MostNamed, "more input")}.");
        }

        if (Unlike(file, rows) is int unlike && IsAlarming(unlike, rows.Count))
        {
            writer.WriteLine($"warning: {unlike} of {rows.Count} {which} {(unlike == 1 ? "is" : "are")} unlike those it was trained on, where about 2 in 100 are expected: how good it is there, training does not tell. Add rows such as these to the training.");
        }
    }

    /// <summary>The same for programs.</summary>
    /// <param name="file">The model.</param>
    /// <param name="rows">Rows of values.</param>
    internal static object Document(ModelFile file, IReadOnlyList<double[]> rows) => new
    {
        rows = rows.Count,
        unlikeTraining = Unlike(file, rows),
        outside = Counts(file, rows).Select(column => new { name = column.Input.Name, rows = column.Count }),
    };

    /// <summary>Rows unlike those of the training; null when the model has no picture of them.</summary>
    /// <param name="file">The model.</param>
    /// <param name="rows">Rows of values.</param>
    internal static int? Unlike(ModelFile file, IReadOnlyList<double[]> rows) =>
        file.Model.Familiarity is null ? null : rows.Count(row => !file.IsFamiliar(row));

    /// <summary>Whether so many rows unlike those of the training are more than chance.</summary>
    /// <param name="unlike">Rows unlike them.</param>
    /// <param name="rows">All rows.</param>
    internal static bool IsAlarming(int unlike, int rows) => unlike * AlarmPart > rows;

    private static IEnumerable<(ModelInput Input, int Index, int Count)> Counts(ModelFile file, IReadOnlyList<double[]> rows) =>
        file.Inputs.Select((input, i) => (input, i, rows.Count(row => !input.Covers(row[i]))));
}
