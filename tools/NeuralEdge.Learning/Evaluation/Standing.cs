using NeuralEdge.Learning.Training;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>How good one way to answer is, at the rows that were held out.</summary>
/// <param name="Name">What answers, such as "a linear network".</param>
/// <param name="Scores">How good it is at all of them.</param>
/// <param name="Intervals">
/// How far the score may be off: of the accuracy one interval, of quantities one of each target's root mean square error.
/// </param>
public sealed record Standing(string Name, Scores Scores, IReadOnlyList<(double Low, double High)> Intervals)
{
    /// <summary>The name for somebody at a page, who has no options.</summary>
    public string Plain { get; init; } = Name;

    /// <summary>The name of a network without hidden layers that stands beside another one.</summary>
    public const string Linear = "a linear network";

    /// <summary>The name where parts were answered by other hidden layers than those that are kept.</summary>
    public const string ChosenAnew = "networks of sizes chosen anew";
}
