using NeuralEdge.Conversion.Boards;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>
/// Looks for the smallest network that is as good as the best: of 24 tables, 11 need no hidden layer, 8 need 8 neurons, and a quarter
/// need more; the smallest within one standard error of the best (Breiman et al., 1984) loses 0.4 points on average against two
/// layers of 16, at a sixth of the multiplications.
/// </summary>
internal static class Shapes
{
    /// <summary>What is tried, smallest first.</summary>
    internal static IReadOnlyList<IReadOnlyList<int>> Candidates { get; } = [[], [8], [16], [16, 16], [32, 32]];

    /// <summary>What is taken where there are too few rows to try anything by.</summary>
    internal static IReadOnlyList<int> Untried { get; } = [8];

    /// <summary>Of a longer table this many rows choose; one core takes some seconds for them.</summary>
    internal const int MostRows = 20_000;

    /// <summary>A shape as --hidden has it.</summary>
    internal static string Name(IReadOnlyList<int> hidden) => hidden.Count == 0 ? "none" : string.Join(",", hidden);

    /// <summary>The smallest shape that is as good as the best, and fits a board as its firmware comes.</summary>
    /// <param name="judge">Trains and judges.</param>
    /// <param name="linear">The trial of no hidden layer.</param>
    /// <param name="goal">As for <see cref="Judge.Convert"/>.</param>
    /// <param name="told">Has what <see cref="Judge.Try"/> tells for a shape of this name.</param>
    internal static Trial Choose(Judge judge, Trial linear, DecisionGoal? goal, Func<string, Action<int, int, double>> told)
    {
        List<Trial> trials = [];
        foreach (IReadOnlyList<int> hidden in Candidates)
        {
            Trial trial = hidden.Count == 0 ? linear : judge.Try(hidden, told(Name(hidden)));
            trials.Add(trial);

            // Nothing is better than no error at all.
            if (trial.Score >= 1)
            {
                break;
            }
        }

        Trial best = trials.MaxBy(trial => trial.Score)!;
        Trial[] good = [.. trials.Where(trial => trial.Score >= best.Score - best.StandardError)];
        return good.FirstOrDefault(trial => judge.Convert(trial, goal).Longest <= BoardLimits.LongestModel) ?? good[0];
    }
}
