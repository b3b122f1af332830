using System.Globalization;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data.Columns;

namespace NeuralEdge.Learning.Data;

/// <summary>What is to be learned when nobody says it: classes or numbers.</summary>
public static class TaskGuess
{
    private const int FewValues = 10;

    // A number that stands once or twice is one of a measurement, not a class.
    private const int RowsPerClass = 3;

    /// <summary>Classes when the target is text, or whole numbers of a few values; otherwise numbers.</summary>
    /// <param name="table">The table.</param>
    /// <param name="target">The target.</param>
    public static TaskKind Of(Table table, string target)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Of(table, [target], []);
    }

    /// <summary>Classes when the only target is text, or whole numbers of a few values; otherwise numbers.</summary>
    /// <param name="table">The table.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="findings">Told where it could be meant otherwise.</param>
    internal static TaskKind Of(Table table, IReadOnlyList<string> targets, List<DataFinding> findings)
    {
        if (targets.Count > 1)
        {
            return TaskKind.Regress;
        }

        string target = targets[0];
        if (table.KindOf(target) == ColumnKind.Texts)
        {
            return TaskKind.Classify;
        }

        NumberColumn numbers = table.ReadingOf(target);
        double[] known = Array.FindAll(numbers.Values, value => !double.IsNaN(value));
        double[] values = [.. known.Distinct().Order()];
        if (numbers.Odd.Length > 0 || values.Length < 2 || !Array.TrueForAll(values, v => Math.Floor(v) == v) || values.Length > DataSet.MaximumClasses)
        {
            return TaskKind.Regress;
        }

        bool classes = values.Length <= FewValues && known.Length >= RowsPerClass * values.Length;
        if (classes)
        {
            Add($"{values.Length} different whole numbers ({string.Join(", ", values.Select(v => v.ToString(CultureInfo.InvariantCulture)))}), which are learned as classes; if they are amounts, {new Way("use --task regress", "predict a number")}");
        }
        else if (values.Length <= FewValues || known.Length >= RowsPerClass * values.Length)
        {
            Add($"{values.Length} different whole numbers and is learned as a number; if they are classes, {new Way("use --task classify", "tell things apart")}");
        }

        return classes ? TaskKind.Classify : TaskKind.Regress;

        void Add(Saying what) => findings.Add(new DataFinding(DataFindingKind.Task, $"Target {NumberText.Quote(target)} holds {what}.") { Column = target });
    }
}
