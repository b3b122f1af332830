using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Series;

namespace NeuralEdge.Cli.Verbs;

/// <summary>The rows of a table that a model is to be run on, or the windows of one that is a time series.</summary>
/// <param name="Rows">Rows[row][input], in the units of the inputs.</param>
/// <param name="Lines">The line of the table that each row is from; a window is from that of its last sample.</param>
/// <param name="AreWindows">True when the rows are features that were computed of windows of the table.</param>
internal sealed record InputRows(double[][] Rows, int[] Lines, bool AreWindows)
{
    /// <summary>What a row is called.</summary>
    internal string Noun => AreWindows ? "window" : "row";

    /// <summary>
    /// Columns by the names of the model's inputs; without a line of names, in the order of the inputs. Of a model with windows also
    /// columns by the names of its channels, of which windows are cut. Says on standard error what a person may not expect: columns
    /// taken by their order, values the board would limit.
    /// </summary>
    /// <param name="path">The table.</param>
    /// <param name="model">The model.</param>
    /// <param name="rate">Rows of a time series in a second; null: a column of times says it.</param>
    /// <param name="progress">Shows how much of it is read.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InputRefusedException">The file is no table of what the model needs.</exception>
    internal static InputRows Read(string path, ModelFile model, double? rate, ProgressDisplay progress, CancellationToken cancellation)
    {
        if (rate is not null && !model.HasWindows)
        {
            throw new InputRefusedException("--rate is of a time series, and this model has no windows: each row is answered by itself; leave --rate out.");
        }

        string[] names = Array.ConvertAll(model.HasWindows ? model.Channels : model.Inputs, i => i.Name);
        Table table = Table.ReadNamedOrNot(path, names, out bool named, new LongTask("reading", progress, cancellation));
        progress.Clear();
        if (!named)
        {
            Console.Error.WriteLine($"{path} has no line of names; its columns are taken as {string.Join(", ", names)}.");
        }

        // Features that somebody has computed are rows of inputs.
        InputRows rows = model.HasWindows && !Array.TrueForAll(model.Inputs, input => table.Has(input.Name))
            ? Windows(path, table, names, model, rate)
            : Plain(path, table, Array.ConvertAll(model.Inputs, i => i.Name));
        rows.TellOutside(path, model);
        return rows;
    }

    private static InputRows Plain(string path, Table table, string[] names)
    {
        Require(path, table, names, $"which the model needs (its inputs: {string.Join(", ", names)}); name the columns like the inputs.");
        return new InputRows(table.Matrix(names), [.. Enumerable.Range(0, table.RowCount).Select(table.LineOf)], false);
    }

    private static InputRows Windows(string path, Table table, string[] names, ModelFile model, double? rate)
    {
        if (!ModelSeries.HasRecordings(table, model))
        {
            Require(path, table, names, $"which the model takes windows of (its channels: {string.Join(", ", names)}); give a time series with a column for each, a recording in each row with columns such as {names[0]}0 to {names[0]}89, or a table of its features ({string.Join(", ", model.Inputs.Select(input => input.Name))}).");
        }

        ModelSeries series = ModelSeries.Of(table, model, rate);
        if (series.Missing > 0)
        {
            Console.Error.WriteLine($"{path}: {NumberText.Count(series.Missing, "row")} without a value of a channel; no window goes across one.");
        }

        if (series.IsWide && series.Unanswered > 0)
        {
            Console.Error.WriteLine($"{path}: {series.Unanswered} of {NumberText.Count(table.RowCount, "row")} {(series.Unanswered == 1 ? "lacks" : "lack")} a sample, and {(series.Unanswered == 1 ? "is" : "are")} not answered.");
        }
        else if (series.Unanswered > 0)
        {
            Console.Error.WriteLine($"{path}: {series.Unanswered} of {NumberText.Count(table.RowCount, "row")} {(series.Unanswered == 1 ? "is" : "are")} in stretches with one label and no pause that are shorter than a window, and {(series.Unanswered == 1 ? "is" : "are")} not answered.");
        }

        return new InputRows(
            [.. series.Rows.Select(row => row.Select((raw, i) => model.Inputs[i].ToValue(raw)).ToArray())],
            [.. series.Ends.Select(table.LineOf)],
            true);
    }

    private static void Require(string path, Table table, string[] names, string why)
    {
        foreach (string name in names)
        {
            if (!table.Has(name))
            {
                throw new InputRefusedException($"{path} has no column {NumberText.Quote(name)}, {why}");
            }
        }
    }

    private void TellOutside(string path, ModelFile model)
    {
        for (int i = 0; i < model.Inputs.Length; i++)
        {
            ModelInput input = model.Inputs[i];
            int[] outside = [.. Enumerable.Range(0, Rows.Length).Where(r => !input.Covers(Rows[r][i]))];
            if (outside.Length > 0)
            {
                Console.Error.WriteLine(
                    $"{path}: {NumberText.Count(outside.Length, "value")} of {input.Name} outside {Show.Value(input.Minimum)}..{Show.Value(input.Maximum)}, the first in {(AreWindows ? "the window that ends in " : "")}line {Lines[outside[0]]}, taken as the end of that range as a board does.");
            }
        }
    }
}
