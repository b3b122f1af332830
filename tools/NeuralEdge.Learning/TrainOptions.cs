using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;
using NeuralEdge.Learning.Series;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Learning;

/// <summary>What to learn, from which rows, and what to make of it.</summary>
/// <param name="Data">The rows.</param>
/// <param name="Targets">The columns to predict; exactly one when classifying.</param>
public sealed record TrainOptions(Table Data, params IReadOnlyList<string> Targets) : ModelOptions
{
    /// <summary>The columns to predict them from; null: all columns of numbers that are not targets and do not count rows or time.</summary>
    public IReadOnlyList<string>? Inputs { get; init; }

    /// <summary>Columns that are no inputs.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>What becomes of rows with a missing value.</summary>
    public MissingRule Missing { get; init; }

    /// <summary>True: rows that stand in the table already, in the same order, are learned from and judged by all the same.</summary>
    public bool KeepRepeats { get; init; }

    /// <summary>Columns whose every number is a measurement, however far from the others; elsewhere such values may be taken for "no reading".</summary>
    public IReadOnlyList<string> Trust { get; init; } = [];

    /// <summary>How the table is cut into windows of rows that follow each other; null: each row is an input.</summary>
    public WindowOptions? Windows { get; init; }

    /// <summary>True: the levels at which loads switch are found later, whatever the board file says.</summary>
    internal bool SetsLevels { get; init; }

    /// <summary>Told before training what was found in the tables; may be null. The result has it too.</summary>
    public IProgress<DataFinding>? Found { get; init; }

    /// <summary>Classes or numbers; null: classes when the only target is text or a few whole numbers.</summary>
    public TaskKind? Task { get; init; }

    /// <summary>Rows to judge by; null: rows of <see cref="Data"/> are held out as <see cref="Partition"/> says.</summary>
    public Table? Test { get; init; }

    /// <summary>The network's shape, and how it is trained.</summary>
    public Hyperparameters Hyperparameters { get; init; } = new();

    /// <summary>
    /// True: every class counts for as much as the others in training, however few rows it has. Null: where the rarest has under
    /// 10 % of the rows, and under half of an equal share; classes of fewer than 5 rows do not count. Ignored when <see cref="Hyperparameters.ClassWeights"/> are given.
    /// </summary>
    public bool? Balance { get; init; }

    /// <summary>What matters more than being right most often; null for nothing.</summary>
    public DecisionGoal? Goal { get; init; }

    /// <summary>True: pins are wired even to a network that is no better than a guess, or that there are too few rows to judge.</summary>
    public bool Anyway { get; init; }
}
