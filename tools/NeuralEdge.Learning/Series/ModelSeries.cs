using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Features;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Features;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning.Series;

/// <summary>
/// The windows that a model sees of a time series: cut as for training, within a label and without a gap, and computed by the board's
/// own code with what the model file says of them.
/// </summary>
public sealed class ModelSeries
{
    private ModelSeries(IReadOnlyList<int[]> rows, IReadOnlyList<int> ends, int missing, int unanswered)
    {
        Rows = rows;
        Ends = ends;
        Missing = missing;
        Unanswered = unanswered;
    }

    /// <summary>Raw inputs of each window, not limited to their ranges.</summary>
    public IReadOnlyList<int[]> Rows { get; }

    /// <summary>The row of the table that each window ends with, or that is its recording.</summary>
    public IReadOnlyList<int> Ends { get; }

    /// <summary>True when each row of the table is a recording, its samples side by side.</summary>
    public bool IsWide { get; private init; }

    /// <summary>Rows of the table without a value of a channel, which no window goes across.</summary>
    public int Missing { get; }

    /// <summary>Other rows in stretches that are shorter than a window, so that nothing is said of them; or recordings without a window.</summary>
    public int Unanswered { get; }

    /// <summary>Whether each row of a table is a recording of the channels of a model, in columns such as x0 to x89.</summary>
    /// <param name="table">The table.</param>
    /// <param name="model">A model with windows.</param>
    /// <exception cref="InputRefusedException">It has all but a few of the samples.</exception>
    public static bool HasRecordings(Table table, ModelFile model)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(model);
        string[] names = Array.ConvertAll(model.Channels, channel => channel.Name);
        return model.HasWindows && !Array.TrueForAll(names, table.Has) && WideTable.Holds(table, names);
    }

    /// <summary>Cuts windows.</summary>
    /// <param name="table">A column for each channel of the model, rows in the order of time; or a recording in each row.</param>
    /// <param name="model">A model with windows.</param>
    /// <param name="rate">Rows in a second; null: a column of times says it, or of recordings the model.</param>
    /// <exception cref="InputRefusedException">A channel has no column, the rows are not as far apart as the model samples, or no window fits.</exception>
    public static ModelSeries Of(Table table, ModelFile model, double? rate)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(model);
        WindowStage stage = model.Model.Windows ?? throw new ArgumentException("The model has no windows.", nameof(model));
        string[] names = Array.ConvertAll(model.Channels, channel => channel.Name);
        int recorded = table.RowCount;
        int samples = 0;
        int period = model.Model.Bindings.PeriodMs;
        if (HasRecordings(table, model))
        {
            table = WideTable.Unfold(table, [], out samples, names);
            rate ??= 1000.0 / period;
        }

        double[][] columns = Array.ConvertAll(names, table.NumbersOrNaN);
        int[] kept = [.. Enumerable.Range(0, table.RowCount).Where(r => !Array.Exists(columns, column => double.IsNaN(column[r])))];
        string? labels = LabelsOf(table, names, model);
        int label = labels is null ? -1 : table.IndexOf(labels);

        // One that the model has not learned ends a stretch, too.
        Dictionary<string, int> classes = [];
        SeriesRow[] rows = Array.ConvertAll(kept, r => new SeriesRow(table.PlaceOf(r), table.LineOf(r), table.Sources?[r], label < 0 ? 0 : NumberOf(table.TextAt(r, label))));
        int NumberOf(string text) => classes.TryGetValue(text, out int known) ? known : classes[text] = classes.Count;
        Recordings recordings = Recordings.Of(table, labels is null ? names : [.. names, labels], rows, rate, period > 0 ? period : null, samples);
        List<int[]> features = [];
        List<int> ends = [];
        foreach (Range stretch in recordings.Stretches)
        {
            int[] members = kept[stretch];
            int[][] series = [.. columns.Select((column, c) => Array.ConvertAll(members, r => Sample(model.Channels[c], stage.Shape.Channels[c], column[r])))];
            foreach ((int end, int[] row) in WindowPlan.Walk(series, stage))
            {
                features.Add(row);
                ends.Add(samples > 0 ? members[end] / samples : members[end]);
            }
        }

        if (samples > 0)
        {
            return features.Count > 0
                ? new ModelSeries(features, ends, 0, recorded - recordings.Stretches.Count(stretch => rows[stretch].Length >= stage.Shape.Samples)) { IsWide = true }
                : throw new InputRefusedException($"{table.Name}: each row has {samples} samples of a channel, and a window {stage.Shape.Samples}{(samples < stage.Shape.Samples ? "" : ", but in every row one is missing")}; give recordings like those it was trained on.");
        }

        return features.Count > 0
            ? new ModelSeries(features, ends, table.RowCount - kept.Length, recordings.Stretches.Select(stretch => rows[stretch].Length).Where(length => length < stage.Shape.Samples).Sum())
            : throw new InputRefusedException(
                $"{table.Name}: no window of {stage.Shape.Samples} rows fits into a stretch with one label and no gap; the longest of {NumberText.Count(recordings.Stretches.Count, "such stretch").Replace("stretchs", "stretches", StringComparison.Ordinal)} has {NumberText.Count(recordings.Stretches.Select(stretch => rows[stretch].Length).DefaultIfEmpty(0).Max(), "row")}: give a longer log.");
    }

    private static int Sample(ModelInput channel, ChannelShape shape, double value) => (int)Math.Clamp(channel.ToRaw(value), shape.Lowest, shape.Highest);

    // The model knows its classes, but not what the column was called: it is the one with most of them. A class may be a number, and then
    // so may be a measurement, of which a few are classes by chance.
    private static string? LabelsOf(Table table, string[] channels, ModelFile model)
    {
        if (!model.IsClassifier || table.RowCount == 0)
        {
            return null;
        }

        HashSet<string> classes = [.. model.Outputs.Select(output => output.Name)];
        return table.Columns
            .Where(column => !channels.Contains(column))
            .Select(column => (Name: column, Known: Enumerable.Range(0, table.RowCount).Count(r => classes.Contains(table.TextAt(r, table.IndexOf(column))))))
            .Where(column => column.Known > (table.KindOf(column.Name) == ColumnKind.Numbers ? table.RowCount / 2 : 0))
            .OrderByDescending(column => column.Known)
            .Select(column => column.Name)
            .FirstOrDefault();
    }
}
