using NeuralEdge.Conversion.Text;
using NeuralEdge.Models;

namespace NeuralEdge.Cli.Reports;

/// <summary>How a board makes one decision of the last few, in words.</summary>
internal static class RecentText
{
    private const double One = 32768;

    /// <summary>The words; null when the last decision is the one that counts.</summary>
    /// <param name="decisions">What a model says of it; may be null.</param>
    internal static string? Of(RecentDecisions? decisions)
    {
        if (decisions is null)
        {
            return null;
        }

        string[] parts =
        [
            .. decisions.AverageShift > 0 ? [$"outputs are averages over about {1 << decisions.AverageShift}"] : (string[])[],
            .. decisions.Votes > 1 ? [$"more than half of {decisions.Votes} must agree"] : (string[])[],
            .. decisions.Confidence > 0 ? [$"a class below {NumberText.Brief(decisions.Confidence / One)} is none"] : (string[])[],
            .. decisions.QuietMs > 0 ? [$"after an output went off nothing goes on for {decisions.QuietMs} ms"] : (string[])[],
        ];
        return parts.Length == 0 ? null : string.Join(", ", parts);
    }
}
