using NeuralEdge.Conversion.Features;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning.Series;

/// <summary>What features were chosen from, and which.</summary>
/// <param name="Plan">Windows with all candidates.</param>
/// <param name="Candidates">A row for each window, a column for each candidate.</param>
/// <param name="Columns">The columns that were chosen, in order.</param>
internal sealed record FeatureChoice(WindowPlan Plan, DataSet Candidates, int[] Columns);
