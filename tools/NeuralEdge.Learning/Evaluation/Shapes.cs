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

    /// <summary>Tries all shapes, smallest first, as long as one has an error.</summary>
    /// <param name="judge">Trains and judges.</param>
    /// <param name="linear">The trial of no hidden layer.</param>
    /// <param name="told">Has what <see cref="Judge.Try"/> tells for a shape of this name.</param>
    internal static IReadOnlyList<Trial> Try(Judge judge, Trial linear, Func<string, Action<int, int, double>> told)
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

        return trials;
    }

    /// <summary>The smallest shape that is as good as the best, and fits a board as its firmware comes: chosen by all rows held out.</summary>
    /// <param name="judge">Who tried them.</param>
    /// <param name="trials">The trials, smallest first.</param>
    /// <param name="goal">As for <see cref="Judge.Convert"/>.</param>
    internal static Trial Choose(Judge judge, IReadOnlyList<Trial> trials, DecisionGoal? goal) => Smallest(trials, trial => trial.Score, best => best.StandardError, Fits(judge, goal));

    /// <summary>
    /// The same choice, and beside it one for each part by the other parts alone, which judges it: the best of several at some rows looks
    /// better there than it is.
    /// </summary>
    /// <param name="judge">Who tried them; there is more than one part.</param>
    /// <param name="trials">The trials, smallest first.</param>
    /// <param name="goal">As for <see cref="Judge.Convert"/>.</param>
    internal static Trial ChooseNested(Judge judge, IReadOnlyList<Trial> trials, DecisionGoal? goal)
    {
        Func<Trial, bool> fits = Fits(judge, goal);
        Trial kept = Smallest(trials, trial => trial.Score, best => best.StandardError, fits);
        return judge.Mixed(kept, [.. Enumerable.Range(0, Partition.Parts).Select(part =>
        {
            int[] others = [.. Enumerable.Range(0, judge.Judged.Count).Where(r => judge.Partition.PartOf[r] != part)];
            Measure measure = judge.Measure.At(others);
            double[][] At(Trial trial) => [.. others.Select(r => trial.Outputs[r])];
            return Smallest(trials, trial => measure.Score(At(trial)), best => measure.StandardError(At(best), judge.Partition.Kind), fits);
        })]);
    }

    private static Trial Smallest(IReadOnlyList<Trial> trials, Func<Trial, double> score, Func<Trial, double> error, Func<Trial, bool> fits)
    {
        double[] scores = [.. trials.Select(score)];
        int best = Array.IndexOf(scores, scores.Max());
        Trial[] good = [.. trials.Where((_, t) => scores[t] >= scores[best] - error(trials[best]))];
        return good.FirstOrDefault(fits) ?? good[0];
    }

    // Integers take a while, and a few shapes are asked for over and over.
    private static Func<Trial, bool> Fits(Judge judge, DecisionGoal? goal)
    {
        Dictionary<Trial, bool> known = new(ReferenceEqualityComparer.Instance);
        return trial => known.TryGetValue(trial, out bool fits) ? fits : known[trial] = judge.Convert(trial, goal).Longest <= BoardLimits.LongestModel;
    }
}
