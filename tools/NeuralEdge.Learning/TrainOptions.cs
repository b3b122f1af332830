using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Learning;

/// <summary>What to learn, from which rows, and what to make of it.</summary>
/// <param name="Data">The rows.</param>
/// <param name="Targets">The columns to predict; exactly one when classifying.</param>
public sealed record TrainOptions(Table Data, params IReadOnlyList<string> Targets) : ModelOptions
{
    /// <summary>The columns to predict them from; null: all columns of numbers that are not targets.</summary>
    public IReadOnlyList<string>? Inputs { get; init; }

    /// <summary>Classes or numbers; null: classes when the only target is text.</summary>
    public TaskKind? Task { get; init; }

    /// <summary>Rows to judge by; null: every fifth row of <see cref="Data"/> is held out.</summary>
    public Table? Test { get; init; }

    /// <summary>The network's shape, and how it is trained.</summary>
    public Hyperparameters Hyperparameters { get; init; } = new();
}
