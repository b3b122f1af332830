using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Data.Columns;

namespace NeuralEdge.Learning.Normality;

/// <summary>
/// What a column of labels has to do with learning what is normal: rows that it calls otherwise are not learned, and show whether they would
/// be noticed. Where none is called normal, nobody can say which are, and all are taken for it.
/// </summary>
internal sealed class NormalLabels
{
    private const int MostLabels = 20;
    private const int Listed = 4;

    // A text that comes less often is no label, but it may be one that is misspelt.
    private const int FewestRows = 5;

    private static readonly string[] Columns = ["label", "labels", "class", "state", "status", "condition", "fault", "anomaly", "target"];
    private static readonly string[] Faults = ["fault", "anomaly"];

    // Weather is fine, too, and of one kind of thing there may be none: in a column of any name only the first words say what is normal.
    private static readonly string[] Clear = ["normal", "ok", "okay", "healthy", "nominal"];
    private static readonly string[] Normal = [.. Clear, "good", "fine", "none"];

    private readonly string _calls;

    private NormalLabels(string column, Table? learned, Table? others, string calls, DataFinding finding)
    {
        _calls = calls;
        Column = column;
        Learned = learned;
        Others = others;
        Finding = finding;
    }

    /// <summary>The column.</summary>
    internal string Column { get; }

    /// <summary>The normal rows; null: all.</summary>
    internal Table? Learned { get; }

    /// <summary>The rows that it calls otherwise; null where nobody knows.</summary>
    internal Table? Others { get; }

    /// <summary>What is done with it, in words.</summary>
    internal DataFinding Finding { get; }

    /// <summary>What is done with it in a table of rows that should be noticed, in words.</summary>
    /// <param name="name">What sentences call the table.</param>
    internal DataFinding OfTest(string name) => new(DataFindingKind.Labels, $"{name}: column {NumberText.Quote(Column)} {_calls}: {(Others is null ? "there is nothing left to check by" : "by them nothing is checked, nor by rows without a label")}.") { Column = Column };

    /// <summary>Refuses a column that somebody says has the labels, and that has none.</summary>
    /// <param name="table">The rows to learn from.</param>
    /// <param name="target">The column.</param>
    /// <exception cref="InputRefusedException">The column is not there, or calls no row normal.</exception>
    internal static void Require(Table table, string target)
    {
        int c = table.IndexOf(target);
        if (!Enumerable.Range(0, table.RowCount).Any(r => IsNormal(target, table.TextAt(r, c))))
        {
            throw new InputRefusedException($"{table.Name}: column {NumberText.Quote(target)} calls no row normal, ok, good or healthy; call those so from which --normal is to learn, or leave --target out.");
        }
    }

    /// <summary>Looks for a column of labels.</summary>
    /// <param name="table">The table.</param>
    /// <param name="measured">Columns that somebody says are measurements.</param>
    /// <param name="target">The column that somebody says has the labels; null to look for one.</param>
    /// <param name="isChecked">True when rows of another table show what is noticed.</param>
    /// <returns>Null when there is none, or all rows are called alike in a column that nobody named.</returns>
    internal static NormalLabels? Of(Table table, IReadOnlyCollection<string> measured, string? target, bool isChecked)
    {
        if (target is not null)
        {
            return table.Has(target) ? Of(table, target, isTarget: true, isChecked) : null;
        }

        NormalLabels[] found = [.. table.Columns.Except(measured).Select(column => Of(table, column, isTarget: false, isChecked)).OfType<NormalLabels>()];
        return found.FirstOrDefault(labels => labels.Learned is not null) ?? found.FirstOrDefault();
    }

    private static NormalLabels? Of(Table table, string column, bool isTarget, bool isChecked)
    {
        bool isNamed = isTarget || Columns.Contains(column.Trim(), StringComparer.OrdinalIgnoreCase);
        ColumnKind kind = table.KindOf(column);
        if (!isTarget && kind != ColumnKind.Texts && !(isNamed && kind == ColumnKind.Numbers))
        {
            return null;
        }

        int c = table.IndexOf(column);
        string[] cells = [.. Enumerable.Range(0, table.RowCount).Select(r => table.TextAt(r, c))];
        (string Name, int Rows)[] labels = [.. cells.Where(cell => !NumberText.IsMissing(cell) || IsNormal(column, cell)).CountBy(cell => cell).Select(pair => (pair.Key, pair.Value))];
        (string Name, int Rows)[] normal = Array.FindAll(labels, label => IsNormal(column, label.Name));
        (string Name, int Rows)[] others = [.. labels.Except(normal)];

        // What somebody says has the labels has them, however few rows are called otherwise. Where most rows are called normal, those of no label are not.
        bool isMostlyNormal = labels.Length > 0 && others.Length == 0 && normal.Sum(label => label.Rows) is int called && called < cells.Length && 2 * called > cells.Length;
        bool areLabels = isMostlyNormal || (labels.Length > 1 && (normal.Length > 0
            ? others.Any(label => label.Rows >= FewestRows)
            : labels.Length <= MostLabels && Array.TrueForAll(labels, label => label.Rows >= FewestRows)));
        areLabels &= TextColumn.Milliseconds(cells) is null;
        bool isLabelled = isTarget ? normal.Length > 0 : areLabels;
        if (!isLabelled || (!isTarget && kind == ColumnKind.Numbers && !Array.TrueForAll(labels, label => NumberText.TryParse(label.Name, table.DecimalComma, out double number) && number == Math.Floor(number))))
        {
            return null;
        }

        bool saysNormal = Array.Exists(normal, label => isNamed || Clear.Contains(label.Name.Trim(), StringComparer.OrdinalIgnoreCase));
        if (!saysNormal)
        {
            string way = isNamed ? "call the normal ones \"normal\" there, and only they are learned from, or leave the others out of the table" : $"if it says which are normal, --target {ColumnList.Write([column])} has only those learned from";
            return new NormalLabels(column, null, null, "", new DataFinding(
                DataFindingKind.Labels,
                $"Column {NumberText.Quote(column)} says {Names(labels)}, and --normal takes all rows for normal and does not look at it; {way}.")
            {
                Column = column,
            });
        }

        int[] learned = [.. Enumerable.Range(0, cells.Length).Where(r => IsNormal(column, cells[r]))];
        HashSet<string> names = [.. others.Select(label => label.Name)];
        int[] rest = [.. Enumerable.Range(0, cells.Length).Where(r => names.Contains(cells[r]))];
        int unnamed = cells.Length - learned.Length - rest.Length;
        string calls = $"calls {learned.Length} of {NumberText.Count(cells.Length, "row")} {string.Join(" or ", normal.Select(label => NumberText.Quote(label.Name)))}";
        string without = unnamed > 0 ? $"{unnamed} without a label {(unnamed == 1 ? "is" : "are")} left out" : "";
        string fate = isChecked ? "are left out, because --test gives rows to check by" : "show below whether they would be noticed";
        return others.Length == 0 && !isMostlyNormal && !isTarget ? null : new NormalLabels(column, table.Select(learned), others.Length == 0 ? null : table.Select(rest), calls, new DataFinding(
            DataFindingKind.Labels,
            $"Column {NumberText.Quote(column)} {calls}: only they are learned from{(others.Length == 0 ? (unnamed > 0 ? $"; {without}" : "") : $". {rest.Length} others ({Names(others)}) {fate}{(unnamed > 0 ? $"; {without}" : "")}")}.{(isNamed ? "" : $" If it says something else, --ignore {ColumnList.Write([column])} has all learned from.")}")
        {
            Column = column,
            Rows = rest.Length + unnamed,
        });
    }

    private static bool IsNormal(string column, string cell) => Normal.Contains(cell.Trim(), StringComparer.OrdinalIgnoreCase) || (Faults.Contains(column.Trim(), StringComparer.OrdinalIgnoreCase) && cell.Trim() == "0");

    private static string Names((string Name, int Rows)[] labels) =>
        string.Join(", ", labels.OrderByDescending(label => label.Rows).Take(Listed).Select(label => NumberText.Quote(label.Name))) + (labels.Length > Listed ? $" and {labels.Length - Listed} more" : "");
}
