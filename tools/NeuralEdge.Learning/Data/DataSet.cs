using NeuralEdge.Conversion;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Reports;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Learning.Data;

/// <summary>Samples to learn from or to be judged by: rows of inputs and what should come out.</summary>
public sealed class DataSet
{
    private DataSet(DataSet like, double[][] inputs, double[][] targets, int[] classes, int[] lines)
        : this(like.Task, like.InputNames, like.TargetNames, like.ClassNames, inputs, targets, classes, lines, like.Notes)
    {
    }

    private DataSet(
        TaskKind task,
        string[] inputNames,
        string[] targetNames,
        string[] classNames,
        double[][] inputs,
        double[][] targets,
        int[] classes,
        int[] lines,
        IReadOnlyList<string> notes)
    {
        Task = task;
        InputNames = inputNames;
        TargetNames = targetNames;
        ClassNames = classNames;
        Inputs = inputs;
        Targets = targets;
        Classes = classes;
        Lines = lines;
        Notes = notes;
    }

    /// <summary>The most classes a classifier may have here; more means that the target is no label.</summary>
    public const int MaximumClasses = 100;

    /// <summary>Classes or numbers.</summary>
    public TaskKind Task { get; }

    /// <summary>The columns that are inputs.</summary>
    public string[] InputNames { get; }

    /// <summary>The target columns; exactly one when classifying.</summary>
    public string[] TargetNames { get; }

    /// <summary>The classes, in the order of the outputs (numbers by size, texts by code point); empty when regressing.</summary>
    public string[] ClassNames { get; }

    /// <summary>What a network's outputs are called: the classes, or the target columns.</summary>
    public string[] OutputNames => Task == TaskKind.Classify ? ClassNames : TargetNames;

    /// <summary>Inputs[row][input], in the units of the file.</summary>
    public double[][] Inputs { get; }

    /// <summary>Targets[row][output]: the numbers to learn, or 1 for the row's class and 0 for the others.</summary>
    public double[][] Targets { get; }

    /// <summary>The class of each row; empty when regressing.</summary>
    public int[] Classes { get; }

    /// <summary>The line of the file each row was read from.</summary>
    public int[] Lines { get; }

    /// <summary>Sentences worth telling: columns left out, a target that looks like classes.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>How many rows there are.</summary>
    public int Count => Inputs.Length;

    /// <summary>Takes the samples out of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="targets">The target columns.</param>
    /// <param name="task">Null: classes when the only target is text, otherwise numbers.</param>
    /// <param name="inputs">The input columns; null: all columns of numbers that are not targets.</param>
    /// <exception cref="InputRefusedException">A column is missing or unusable; the sentence says where.</exception>
    public static DataSet From(Table table, IReadOnlyList<string> targets, TaskKind? task = null, IReadOnlyList<string>? inputs = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(targets);
        CheckTargets(table, targets, inputs);
        List<string> notes = [];
        string[] inputNames = inputs is null ? ChooseInputs(table, targets, notes) : [.. inputs];
        TaskKind kind = task ?? Guess(table, targets, notes);
        if (kind == TaskKind.Classify && targets.Count > 1)
        {
            throw new InputRefusedException($"A classifier has one target column, but {targets.Count} were given ({string.Join(", ", targets)}); name one, or use --task regress.");
        }

        double[][] x = table.Matrix(inputNames);
        int[] lines = [.. Enumerable.Range(0, table.RowCount).Select(table.LineOf)];
        if (kind == TaskKind.Regress)
        {
            return new DataSet(kind, inputNames, [.. targets], [], x, table.Matrix(targets), [], lines, notes);
        }

        string[] labels = table.Texts(targets[0]);
        string[] names = ClassesOf(labels);
        if (names.Length < 2 || names.Length > MaximumClasses)
        {
            string what = names.Length < 2
                ? $"always {NumberText.Quote(names[0])}, so that there is nothing to tell apart; record samples of at least two classes"
                : $"has {names.Length} different values in {table.RowCount} rows, more than the {MaximumClasses} classes allowed; choose another target, or --task regress for numbers";
            throw new InputRefusedException($"{table.Name}: the target column {NumberText.Quote(targets[0])} {(names.Length < 2 ? "is " : string.Empty)}{what}.");
        }

        (double[][] y, int[] classes) = Encode(labels, names, table, targets[0]);
        return new DataSet(kind, inputNames, [.. targets], names, x, y, classes, lines, notes);
    }

    /// <summary>Takes samples of the same kind out of another table: the same inputs, targets and classes, as for a test.</summary>
    /// <exception cref="InputRefusedException">A column or a class does not fit.</exception>
    public static DataSet Like(DataSet other, Table table)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(table);
        double[][] x = table.Matrix(other.InputNames);
        int[] lines = [.. Enumerable.Range(0, table.RowCount).Select(table.LineOf)];
        if (other.Task == TaskKind.Regress)
        {
            return new DataSet(other, x, table.Matrix(other.TargetNames), [], lines);
        }

        (double[][] y, int[] classes) = Encode(table.Texts(other.TargetNames[0]), other.ClassNames, table, other.TargetNames[0]);
        return new DataSet(other, x, y, classes, lines);
    }

    /// <summary>Some of the rows, in the order given.</summary>
    public DataSet Select(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new DataSet(
            this,
            [.. rows.Select(r => Inputs[r])],
            [.. rows.Select(r => Targets[r])],
            Task == TaskKind.Classify ? [.. rows.Select(r => Classes[r])] : [],
            [.. rows.Select(r => Lines[r])]);
    }

    /// <summary>
    /// Holds rows back: of every class, or of all, the given fraction, chosen by the seed and the same on every
    /// machine. A class of one row stays in the training part.
    /// </summary>
    /// <param name="seed">Decides the choice.</param>
    /// <param name="fraction">How much to hold back, above 0 and below 1.</param>
    public (DataSet Training, DataSet HeldOut) Split(long seed, double fraction = 0.2)
    {
        PortableRandom random = new(seed);
        bool[] held = new bool[Count];
        int groups = Task == TaskKind.Classify ? ClassNames.Length : 1;
        for (int g = 0; g < groups; g++)
        {
            int[] members = [.. Enumerable.Range(0, Count).Where(r => groups == 1 || Classes[r] == g)];
            random.Shuffle(members);
            int take = members.Length < 2 ? 0 : Math.Clamp((int)Math.Floor((members.Length * fraction) + 0.5), 1, members.Length - 1);
            for (int i = 0; i < take; i++)
            {
                held[members[i]] = true;
            }
        }

        int[] all = [.. Enumerable.Range(0, Count)];
        return (Select(Array.FindAll(all, r => !held[r])), Select(Array.FindAll(all, r => held[r])));
    }

    /// <summary>
    /// Holds out every fifth row from the first on, of each class when classifying: the same rows whatever the seed, so
    /// that trainings can be compared, and every part of a log is judged.
    /// </summary>
    public (DataSet Training, DataSet HeldOut) HoldOutEveryFifth()
    {
        const int Fifth = 5;
        bool[] held = new bool[Count];
        int groups = Task == TaskKind.Classify ? ClassNames.Length : 1;
        for (int g = 0; g < groups; g++)
        {
            int[] members = [.. Enumerable.Range(0, Count).Where(r => groups == 1 || Classes[r] == g)];
            for (int i = 0; i < members.Length; i++)
            {
                // The only row of a class stays to be learned from.
                held[members[i]] = i % Fifth == 0 && members.Length > 1;
            }
        }

        int[] all = [.. Enumerable.Range(0, Count)];
        return (Select(Array.FindAll(all, r => !held[r])), Select(Array.FindAll(all, r => held[r])));
    }

    /// <summary>The smallest and the largest value of every input.</summary>
    public (double Minimum, double Maximum)[] InputRanges()
    {
        (double Minimum, double Maximum)[] ranges = new (double, double)[InputNames.Length];
        for (int i = 0; i < ranges.Length; i++)
        {
            double minimum = Inputs[0][i];
            double maximum = minimum;
            foreach (double[] row in Inputs)
            {
                minimum = row[i] < minimum ? row[i] : minimum;
                maximum = row[i] > maximum ? row[i] : maximum;
            }

            ranges[i] = (minimum, maximum);
        }

        return ranges;
    }

    /// <summary>The rows as a conversion is measured at them: their answers are known.</summary>
    public EvaluationSet ToEvaluationSet() => Task == TaskKind.Classify
        ? new EvaluationSet(Inputs, Lines, Classes: Classes)
        : new EvaluationSet(Inputs, Lines, Targets);

    private static void CheckTargets(Table table, IReadOnlyList<string> targets, IReadOnlyList<string>? inputs)
    {
        if (targets.Count == 0)
        {
            throw new InputRefusedException("No target column was named; name the column to learn with --target.");
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string target in targets)
        {
            table.IndexOf(target);
            if (!seen.Add(target))
            {
                throw new InputRefusedException($"The target column {NumberText.Quote(target)} was named twice; name it once.");
            }
        }

        foreach (string input in inputs ?? [])
        {
            table.IndexOf(input);
            if (!seen.Add(input))
            {
                throw new InputRefusedException($"The column {NumberText.Quote(input)} cannot be an input twice, nor an input and the target at once; name it once.");
            }
        }
    }

    private static string[] ChooseInputs(Table table, IReadOnlyList<string> targets, List<string> notes)
    {
        List<string> chosen = [];
        foreach (string column in table.Columns)
        {
            if (targets.Contains(column, StringComparer.Ordinal))
            {
                continue;
            }

            ColumnKind kind = table.KindOf(column);
            if (kind == ColumnKind.Numbers)
            {
                chosen.Add(column);
            }
            else
            {
                string why = kind == ColumnKind.Empty ? "is empty" : "holds text";
                notes.Add($"Column {NumberText.Quote(column)} {why} and is not used as an input.");
            }
        }

        if (chosen.Count == 0)
        {
            throw new InputRefusedException($"{table.Name} has no column of numbers beside the target to learn from; add the sensor values.");
        }

        return [.. chosen];
    }

    private static TaskKind Guess(Table table, IReadOnlyList<string> targets, List<string> notes)
    {
        if (targets.Count > 1)
        {
            return TaskKind.Regress;
        }

        if (table.KindOf(targets[0]) == ColumnKind.Texts)
        {
            return TaskKind.Classify;
        }

        int column = table.IndexOf(targets[0]);
        HashSet<string> values = new(StringComparer.Ordinal);
        for (int r = 0; r < table.RowCount && values.Count <= 10; r++)
        {
            values.Add(table.TextAt(r, column));
        }

        if (values.Count is > 2 and <= 10 && values.All(v => int.TryParse(v, out _)))
        {
            notes.Add($"Target {NumberText.Quote(targets[0])} holds {values.Count} different whole numbers and is learned as a number; if they are classes, use --task classify.");
        }

        return TaskKind.Regress;
    }

    private static string[] ClassesOf(string[] labels)
    {
        string[] names = [.. labels.Distinct(StringComparer.Ordinal)];
        bool numbers = Array.TrueForAll(names, n => NumberText.TryParse(n, true, out _));
        return numbers
            ? [.. names.OrderBy(Number).ThenBy(n => n, StringComparer.Ordinal)]
            : [.. names.Order(StringComparer.Ordinal)];

        static double Number(string text)
        {
            _ = NumberText.TryParse(text, true, out double value);
            return value;
        }
    }

    private static (double[][] Targets, int[] Classes) Encode(string[] labels, string[] names, Table table, string column)
    {
        double[][] targets = new double[labels.Length][];
        int[] classes = new int[labels.Length];
        for (int r = 0; r < labels.Length; r++)
        {
            classes[r] = Array.IndexOf(names, labels[r]);
            if (classes[r] < 0)
            {
                throw new InputRefusedException(
                    $"{table.Name} line {table.LineOf(r)}, column {NumberText.Quote(column)}: the class {NumberText.Quote(labels[r])} is not among those learned ({string.Join(", ", names)}); correct it or train with it.");
            }

            targets[r] = new double[names.Length];
            targets[r][classes[r]] = 1;
        }

        return (targets, classes);
    }
}
