using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data.Columns;

namespace NeuralEdge.Learning.Data;

/// <summary>From a table to samples: columns, labels, missing values, and everything about them that a person should know.</summary>
internal static class DataSetReader
{
    // How the time goes in a long table, about.
    private const double Reading = 0.3;
    private const double BeforeRepeats = 0.5;
    private const double BeforeLeaks = 0.8;

    /// <summary>
    /// Reads samples; the parameters are those of <see cref="DataSet.From"/>. Where nobody asks for repeats, null, whoever cuts windows looks
    /// for them: a sample that stands there twice is no copy of a window.
    /// </summary>
    /// <exception cref="InputRefusedException">A column is missing or unusable.</exception>
    internal static DataSet Read(
        Table table,
        IReadOnlyList<string> targets,
        TaskKind? task,
        IReadOnlyList<string>? inputs,
        IReadOnlyList<string> ignore,
        MissingRule missing,
        IReadOnlyList<string> trust,
        IReadOnlyList<string> wired,
        bool? keepRepeats,
        LongTask? looking)
    {
        ColumnChoice.Check(table, targets, inputs, ignore, trust);
        List<DataFinding> findings = [.. table.Findings];
        table = SummaryRows.LeaveOut(table, targets, findings);
        foreach ((string column, int c) in table.Columns.Select((column, c) => (column, c)))
        {
            looking?.At(Reading * c / table.Columns.Count);
            table.ReadingOf(column);
        }

        string[] inputNames = inputs is null ? ColumnChoice.Choose(table, targets, ignore, [.. trust, .. wired], findings) : [.. inputs];
        TaskKind kind = task ?? TaskGuess.Of(table, targets, findings);
        if (kind == TaskKind.Classify && targets.Count > 1)
        {
            throw new InputRefusedException($"A classifier has one target column, but {targets.Count} were given ({string.Join(", ", targets)}); name one, or use --task regress.");
        }

        (string Column, double[] Values)[] numbers = NumbersOf(table, inputNames, kind == TaskKind.Regress ? targets : []);
        TellSpelling(table, numbers, findings);
        Dictionary<string, double[]> sentinels = SentinelsOf(numbers, trust, looking);
        TellZeros(numbers[..inputNames.Length], sentinels, trust, table.RowNoun, findings);
        ReadingRules rules = new(missing, sentinels, null);
        DataSet data = Build(table, kind, inputNames, [.. targets], numbers, rules, findings);

        looking?.At(BeforeRepeats);

        // Of the rows to learn from alone: others judge what was learned, as often as they stand there.
        data = keepRepeats is not bool keep ? data : RepeatedRows.LeaveOut(data, findings, keep, share => looking?.At(BeforeRepeats + (share * (BeforeLeaks - BeforeRepeats))));
        RareLabels.Run(data, findings);
        LeakSearch.Run(data, findings, share => looking?.At(BeforeLeaks + (share * (1 - BeforeLeaks))));
        return data;
    }

    /// <summary>Reads samples as others were read.</summary>
    /// <exception cref="InputRefusedException">A column or a class does not fit.</exception>
    internal static DataSet ReadLike(DataSet other, Table table)
    {
        List<DataFinding> findings = [.. table.Findings];
        table = SummaryRows.LeaveOut(table, other.TargetNames, findings);
        (string Column, double[] Values)[] numbers = NumbersOf(table, other.InputNames, other.Task == TaskKind.Regress ? other.TargetNames : []);

        // Nothing is judged by medians.
        MissingRule missing = other.Rules.Missing == MissingRule.Refuse ? MissingRule.Refuse : MissingRule.Drop;
        return Build(table, other.Task, other.InputNames, other.TargetNames, numbers, other.Rules with { Missing = missing }, [.. findings, .. Units(other, table)]);
    }

    // 70 F is no 70 C; a number without a unit may be either.
    private static IEnumerable<DataFinding> Units(DataSet other, Table table)
    {
        bool classify = other.Task == TaskKind.Classify;
        foreach ((string column, string learned) in other.InputNames.Zip(other.InputUnits).Concat(classify ? [] : other.TargetNames.Zip(other.TargetUnits)))
        {
            string unit = table.ReadingOf(column).Unit;
            if (unit == learned)
            {
                continue;
            }

            if (unit.Length > 0 && learned.Length > 0)
            {
                throw new InputRefusedException(
                    $"{table.Name}: column {NumberText.Quote(column)} is in {NumberText.Quote(unit)}, but in {NumberText.Quote(learned)} in the table learned from; convert one of them.");
            }

            yield return new DataFinding(
                DataFindingKind.Spelling,
                $"{table.Name}: column {NumberText.Quote(column)} {(unit.Length > 0 ? $"is in {NumberText.Quote(unit)}" : "has no unit")}, but {(learned.Length > 0 ? $"is in {NumberText.Quote(learned)}" : "has none")} in the table learned from; both are taken for the same.")
            {
                Column = column,
            };
        }
    }

    private static DataSet Build(
        Table table, TaskKind kind, string[] inputNames, string[] targets, (string Column, double[] Values)[] numbers, ReadingRules rules, List<DataFinding> findings)
    {
        bool classify = kind == TaskKind.Classify;
        MissingValues.Clear(table, numbers, rules.Sentinels, findings);
        int[] rows = new MissingValues(table, numbers, classify ? targets[0] : null).Resolve(rules.Missing, inputNames.Length, findings);
        double[][] x = [.. rows.Select(r => numbers[..inputNames.Length].Select(n => n.Values[r]).ToArray())];
        bool[][] filled = Array.ConvertAll(x, row => Array.ConvertAll(row, double.IsNaN));
        bool anyFilled = Array.Exists(filled, row => Array.Exists(row, f => f));
        double[][] y = [.. rows.Select(r => numbers[inputNames.Length..].Select(n => n.Values[r]).ToArray())];
        int[] classes = [];
        ClassLabels? labels = rules.Labels;
        if (classify)
        {
            int column = table.IndexOf(targets[0]);
            RequireAllClasses(table, targets[0], rows);
            labels ??= LabelsOf(table, targets[0], [.. rows.Select(r => table.TextAt(r, column))], findings);
            classes = [.. rows.Select(r => ClassOf(labels, table, r, targets[0]))];
            y = Array.ConvertAll(classes, c => Enumerable.Range(0, labels.Names.Length).Select(k => k == c ? 1.0 : 0).ToArray());
        }

        DataSet data = new()
        {
            Task = kind,
            InputNames = inputNames,
            InputUnits = Array.ConvertAll(inputNames, name => table.ReadingOf(name).Unit),
            TargetNames = targets,
            TargetUnits = Array.ConvertAll(targets, name => classify ? string.Empty : table.ReadingOf(name).Unit),
            ClassNames = labels?.Names ?? [],
            Inputs = anyFilled ? MissingValues.WithMedians(x, filled) : x,
            Targets = y,
            Classes = classes,
            Lines = Array.ConvertAll(rows, table.LineOf),
            Files = table.Sources is null ? [] : Array.ConvertAll(rows, r => table.Sources[r]),
            Sessions = RecordingStarts.Of(table, [.. inputNames, .. targets]) is { Length: > 0 } sessions ? Array.ConvertAll(rows, r => sessions[r]) : [],
            Findings = findings,
            Filled = anyFilled ? filled : [],
            Rules = rules with { Labels = labels },
            RowNoun = table.RowNoun,
        };
        return data;
    }

    private static (string Column, double[] Values)[] NumbersOf(Table table, IReadOnlyList<string> inputs, IReadOnlyList<string> targets)
    {
        foreach (string column in inputs.Concat(targets).Where(column => table.KindOf(column) == ColumnKind.Numbers))
        {
            ColumnChoice.RequireNumbers(table, column, targets.Contains(column) ? ", or learn classes with --task classify" : " or remove the rows");
        }

        return [.. inputs.Concat(targets).Select(column => (column, (double[])table.NumbersOrNaN(column).Clone()))];
    }

    private static Dictionary<string, double[]> SentinelsOf((string Column, double[] Values)[] numbers, IReadOnlyList<string> trust, LongTask? looking)
    {
        (string Column, double[] Values)[] judged = Array.FindAll(numbers, n => !trust.Contains(n.Column, StringComparer.Ordinal));
        double[][] found = Sentinels.Find(Array.ConvertAll(judged, n => Array.FindAll(n.Values, v => !double.IsNaN(v))), share => looking?.At(Reading + (share * (BeforeRepeats - Reading))));
        return judged.Zip(found).Where(pair => pair.Second.Length > 0).ToDictionary(pair => pair.First.Column, pair => pair.Second, StringComparer.Ordinal);
    }

    // In a third of the rows and more, 0 may as well be what a sensor reads in the dark: only its owner knows.
    private static void TellZeros(
        (string Column, double[] Values)[] inputs, Dictionary<string, double[]> sentinels, IReadOnlyList<string> trust, string noun, List<DataFinding> findings)
    {
        foreach ((string column, double[] values) in inputs.Where(n => !sentinels.ContainsKey(n.Column) && !trust.Contains(n.Column, StringComparer.Ordinal)))
        {
            double[] known = Array.FindAll(values, v => !double.IsNaN(v));
            if (Sentinels.ZeroIsFar(known))
            {
                int zeros = known.Count(v => v == 0);
                string name = ColumnList.Write([column]);
                findings.Add(new DataFinding(
                    DataFindingKind.ManyZeros,
                    $"Column {NumberText.Quote(column)} is exactly 0 in {100 * zeros / known.Length}% of the {noun}s and far from 0 in all others (from {NumberText.Brief(known.Where(v => v != 0).Min())}), and is learned so; if 0 means \"no reading\", empty these cells or {new Way($"use --ignore {name}; if a sensor reads it, --trust {name} ends this note", "untick the column")}.")
                {
                    Column = column,
                    Rows = zeros,
                });
            }
        }
    }

    private static void TellSpelling(Table table, (string Column, double[] Values)[] numbers, List<DataFinding> findings)
    {
        foreach ((string column, _) in numbers)
        {
            NumberColumn reading = table.ReadingOf(column);
            string? how = reading.Spelling switch
            {
                NumberSpelling.Hexadecimal => "in hexadecimal",
                NumberSpelling.QuotedComma => "with a decimal comma",
                NumberSpelling.WithUnit => $"in {NumberText.Quote(reading.Unit)}",
                _ => null,
            };
            if (how is not null)
            {
                findings.Add(new DataFinding(DataFindingKind.Spelling, $"Column {NumberText.Quote(column)} holds numbers {how}, and is read as such.") { Column = column });
            }
        }
    }

    private static ClassLabels LabelsOf(Table table, string target, string[] texts, List<DataFinding> findings)
    {
        ClassLabels labels = ClassLabels.Of(texts);
        foreach (string ways in labels.Merged)
        {
            findings.Add(new DataFinding(DataFindingKind.MergedLabels, $"{ways} in {NumberText.Quote(target)} are taken for one class.") { Column = target });
        }

        string[] names = labels.Names;
        if (names.Length < 2 || names.Length > DataSet.MaximumClasses)
        {
            Way otherwise = new("or --task regress for numbers", "or predict a number");
            string start = $"{table.Name}: the target column {NumberText.Quote(target)}";
            throw names.Length < 2
                ? new InputRefusedException($"{start} is always {NumberText.Quote(names[0])}, so that there is nothing to tell apart; record samples of at least two classes.")
                : InputRefusedException.For($"{start} has {names.Length} different values in {texts.Length} rows, more than the {DataSet.MaximumClasses} classes allowed; choose another target, {otherwise}.");
        }

        return labels;
    }

    // A fault is rare, and may be just where a sensor reads what it never reads: it must not vanish with the rows left out.
    private static void RequireAllClasses(Table table, string target, int[] rows)
    {
        int column = table.IndexOf(target);
        string[] texts = [.. Enumerable.Range(0, table.RowCount).Select(r => table.TextAt(r, column)).Where(cell => !MissingValues.IsMissingLabel(cell))];
        if (texts.Length == 0)
        {
            return;
        }

        ClassLabels all = ClassLabels.Of(texts);
        HashSet<int> left = [.. rows.Select(r => all.ClassOf(table.TextAt(r, column)))];
        int lost = Enumerable.Range(0, all.Names.Length).FirstOrDefault(c => !left.Contains(c), -1);
        if (lost >= 0)
        {
            throw InputRefusedException.For(
                $"{table.Name}: every row of the class {NumberText.Quote(all.Names[lost])} has a missing value, or one that is far from all others and was taken for none; {new Way("name columns whose values are all readings with --trust, or leave one out with --ignore", "tick \"every number is a reading\" under More, or untick a column")}.");
        }
    }

    private static int ClassOf(ClassLabels labels, Table table, int row, string column)
    {
        string label = table.TextAt(row, table.IndexOf(column));
        int found = labels.ClassOf(label);
        return found >= 0 ? found : throw new InputRefusedException(
            $"{table.PlaceOf(row)}, column {NumberText.Quote(column)}: the class {NumberText.Quote(label)} is not among those learned ({string.Join(", ", labels.Names)}); correct it or train with it.");
    }
}
