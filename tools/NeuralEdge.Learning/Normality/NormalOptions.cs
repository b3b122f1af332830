using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Series;

namespace NeuralEdge.Learning.Normality;

/// <summary>What is to be learned from rows that are all normal, so that a board notices what is not.</summary>
/// <param name="Data">The rows, which follow each other in time.</param>
/// <param name="Windows">How they are cut.</param>
public sealed record NormalOptions(Table Data, WindowOptions Windows) : ModelOptions
{
    /// <summary>Name of the output, and of the load that follows it.</summary>
    public const string Output = "unlike";

    /// <summary>The columns to look at; null: all measurements.</summary>
    public IReadOnlyList<string>? Inputs { get; init; }

    /// <summary>Columns not to look at.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Columns whose every number is a measurement, however far from the others.</summary>
    public IReadOnlyList<string> Trust { get; init; } = [];

    /// <summary>The column that calls rows normal, ok, good, healthy or something else; null: one whose name or values say so by themselves.</summary>
    public string? Target { get; init; }

    /// <summary>What becomes of rows with a missing value; not <see cref="MissingRule.Median"/>, which windows refuse.</summary>
    public MissingRule Missing { get; init; }

    /// <summary>True to learn also from stretches of rows that stand in the table already.</summary>
    public bool KeepRepeats { get; init; }

    /// <summary>Alarms that may be false, in a day of normal rows.</summary>
    public double FalseAlarmsPerDay { get; init; } = 1;

    /// <summary>Rows that are not normal, to see how soon they are noticed; null for none.</summary>
    public Table? Test { get; init; }

    /// <summary>Told before training what was found in the tables; may be null.</summary>
    public IProgress<DataFinding>? Found { get; init; }
}
