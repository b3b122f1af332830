using NeuralEdge.Learning.Data;
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

    /// <summary>Columns whose every number is a measurement, however far from the others; elsewhere such values may be taken for "no reading".</summary>
    public IReadOnlyList<string> Trust { get; init; } = [];

    /// <summary>Told before training what was found in the tables; may be null. The result has it too.</summary>
    public IProgress<DataFinding>? Found { get; init; }

    /// <summary>Classes or numbers; null: classes when the only target is text or a few whole numbers.</summary>
    public TaskKind? Task { get; init; }

    /// <summary>Rows to judge by; null: every fifth row of <see cref="Data"/> is held out.</summary>
    public Table? Test { get; init; }

    /// <summary>The network's shape, and how it is trained.</summary>
    public Hyperparameters Hyperparameters { get; init; } = new();
}
