using NeuralEdge.Conversion;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Reports;

namespace NeuralEdge.Learning.Data;

/// <summary>Samples to learn from or to be judged by: rows of inputs and what should come out.</summary>
public sealed record DataSet
{
    /// <summary>The most classes a classifier may have here; more means that the target is no label.</summary>
    public const int MaximumClasses = 100;

    internal DataSet()
    {
    }

    /// <summary>Classes or numbers.</summary>
    public required TaskKind Task { get; init; }

    /// <summary>The columns that are inputs.</summary>
    public required string[] InputNames { get; init; }

    /// <summary>The unit of each input, empty where the table has none behind its numbers.</summary>
    public required string[] InputUnits { get; init; }

    /// <summary>The target columns; exactly one when classifying.</summary>
    public required string[] TargetNames { get; init; }

    /// <summary>The unit of each target, empty where the table has none behind its numbers, and when classifying.</summary>
    public required string[] TargetUnits { get; init; }

    /// <summary>The classes, in the order of the outputs (numbers by size, texts by code point); empty when regressing.</summary>
    public required string[] ClassNames { get; init; }

    /// <summary>What a network's outputs are called: the classes, or the target columns.</summary>
    public string[] OutputNames => Task == TaskKind.Classify ? ClassNames : TargetNames;

    /// <summary>Inputs[row][input], in the units of the file.</summary>
    public required double[][] Inputs { get; init; }

    /// <summary>Targets[row][output]: the numbers to learn, or 1 for the row's class and 0 for the others.</summary>
    public required double[][] Targets { get; init; }

    /// <summary>The class of each row; empty when regressing.</summary>
    public required int[] Classes { get; init; }

    /// <summary>The line of the file each row was read from.</summary>
    public required int[] Lines { get; init; }

    /// <summary>The file each row was read from; empty when all are from one.</summary>
    public required string[] Files { get; init; }

    /// <summary>What its owner should know: columns and rows left out, values that are none, a guessed task, an input that gives the answer away.</summary>
    public required IReadOnlyList<DataFinding> Findings { get; init; }

    /// <summary>The sentences of <see cref="Findings"/>.</summary>
    public IReadOnlyList<string> Notes => [.. Findings.Select(finding => finding.Sentence)];

    /// <summary>Of windows: the recording that each row was cut from, rows of one following each other; empty where rows are samples.</summary>
    internal int[] Recordings { get; init; } = [];

    /// <summary>Of samples: the recording that each row is from, rows of one following each other; empty where the table tells of none or of one.</summary>
    internal int[] Sessions { get; init; } = [];

    /// <summary>Of windows: how many of the next rows of a recording share samples with a row.</summary>
    internal int Overlap { get; init; }

    /// <summary>Of samples: what the table calls them.</summary>
    internal string RowNoun { get; init; } = "row";

    /// <summary>What a row is called: "row" or "window", or "sample" where a line of the file is a recording.</summary>
    public string Noun => Recordings.Length > 0 ? "window" : RowNoun;

    /// <summary>How many rows there are.</summary>
    public int Count => Inputs.Length;

    /// <summary>Filled[row][input]: true where the table has no value and a median stands for it; empty when there is none such.</summary>
    internal bool[][] Filled { get; init; } = [];

    /// <summary>How the table was read, for others like it.</summary>
    internal ReadingRules Rules { get; init; } = ReadingRules.None;

    /// <summary>Takes the samples out of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="targets">The target columns.</param>
    /// <param name="task">Null: classes when the only target is text or a few whole numbers, otherwise numbers.</param>
    /// <param name="inputs">The input columns; null: all columns of numbers that are not targets and do not count rows or time.</param>
    /// <param name="ignore">Columns that are no inputs; null for none.</param>
    /// <param name="missing">What becomes of rows with a missing value.</param>
    /// <param name="trust">Columns whose every number is a measurement, however far from the others; null for none.</param>
    /// <param name="wired">Inputs that a board file names: they are no clocks, even if they only rise or only fall; null for none.</param>
    /// <param name="keepRepeats">True: rows that stand there already, in the same order, stay.</param>
    /// <param name="looking">Told how much of the table has been looked at; may be null.</param>
    /// <exception cref="InputRefusedException">A column is missing or unusable; the sentence says where.</exception>
    public static DataSet From(
        Table table,
        IReadOnlyList<string> targets,
        TaskKind? task = null,
        IReadOnlyList<string>? inputs = null,
        IReadOnlyList<string>? ignore = null,
        MissingRule missing = MissingRule.Drop,
        IReadOnlyList<string>? trust = null,
        IReadOnlyList<string>? wired = null,
        bool keepRepeats = false,
        LongTask? looking = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(targets);
        return DataSetReader.Read(table, targets, task, inputs, ignore ?? [], missing, trust ?? [], wired ?? [], keepRepeats, looking);
    }

    /// <summary>
    /// Takes samples of the same kind out of another table, as for a test: the same inputs, targets, classes and values that are
    /// none. Rows with a missing value are left out, or the table is refused if the first one was read so. <see cref="Findings"/> are those of this table alone.
    /// </summary>
    /// <exception cref="InputRefusedException">A column or a class does not fit.</exception>
    public static DataSet Like(DataSet other, Table table)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(table);
        return DataSetReader.ReadLike(other, table);
    }

    /// <summary>Some of the rows, in the order given; medians that stand for missing values become those of these rows.</summary>
    public DataSet Select(IReadOnlyList<int> rows) => Select(rows, Findings);

    /// <summary>The same, with findings of its own.</summary>
    internal DataSet Select(IReadOnlyList<int> rows, IReadOnlyList<DataFinding> findings)
    {
        ArgumentNullException.ThrowIfNull(rows);
        T[] Of<T>(T[] all) => all.Length == 0 ? [] : [.. rows.Select(r => all[r])];
        bool[][] filled = Of(Filled);
        return this with
        {
            Inputs = filled.Length == 0 ? Of(Inputs) : MissingValues.WithMedians(Of(Inputs), filled),
            Targets = Of(Targets),
            Classes = Of(Classes),
            Lines = Of(Lines),
            Files = Of(Files),
            Findings = findings,
            Filled = filled,
            Recordings = Of(Recordings),
            Sessions = Of(Sessions),
        };
    }

    /// <summary>The same rows with some of the inputs.</summary>
    /// <param name="columns">Which inputs, in the order they are to have.</param>
    internal DataSet WithColumns(int[] columns)
    {
        T[] Of<T>(T[] all) => Array.ConvertAll(columns, c => all[c]);
        return this with
        {
            InputNames = Of(InputNames),
            InputUnits = Of(InputUnits),
            Inputs = Array.ConvertAll(Inputs, Of),
            Filled = Array.ConvertAll(Filled, Of),
        };
    }

    /// <summary>Whether every input of a row was measured.</summary>
    internal bool IsMeasured(int row) => Filled.Length == 0 || !Array.Exists(Filled[row], filled => filled);

    /// <summary>The rows whose every input was measured: what a network may be judged by. A row with a median in it is none.</summary>
    /// <exception cref="InputRefusedException">There is no such row.</exception>
    public DataSet Measured()
    {
        if (Filled.Length == 0)
        {
            return this;
        }

        int[] rows = [.. Enumerable.Range(0, Count).Where(IsMeasured)];
        return rows.Length > 0 ? Select(rows) : throw new InputRefusedException(
            "No row that was held out has a value in every input, and a network must not be judged by medians; leave out the column that lacks the most with --ignore.");
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
        ? new EvaluationSet(Inputs, Lines, Classes: Classes, Files: Files)
        : new EvaluationSet(Inputs, Lines, Targets, Files: Files);
}
