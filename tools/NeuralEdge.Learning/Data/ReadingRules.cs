using NeuralEdge.Learning.Data.Columns;

namespace NeuralEdge.Learning.Data;

/// <summary>How a table was read, so that another can be read the same way.</summary>
/// <param name="Missing">What becomes of rows with a missing value.</param>
/// <param name="Sentinels">The values that stand for "no reading", by column; columns without any are left out.</param>
/// <param name="Labels">The classes behind the labels; null when regressing.</param>
internal sealed record ReadingRules(MissingRule Missing, IReadOnlyDictionary<string, double[]> Sentinels, ClassLabels? Labels)
{
    /// <summary>Rules of a table without anything unusual.</summary>
    internal static ReadingRules None { get; } = new(MissingRule.Drop, new Dictionary<string, double[]>(), null);
}
