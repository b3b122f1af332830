using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>Whether answers are better than a constant one by more than chance would have it.</summary>
internal static class Chance
{
    // Labels that mean nothing pass in one of about forty tables.
    private const double Sigmas = 2;

    /// <summary>True when the classes are told apart better than by always answering one of them.</summary>
    /// <param name="rows">The rows that were held out.</param>
    /// <param name="partOf">The part of each.</param>
    /// <param name="scores">Scores[row][class].</param>
    /// <param name="majority">The constant answer.</param>
    /// <param name="everyClassCounts">True: a network that is right less often is better all the same when it finds enough of every class.</param>
    internal static bool IsBeaten(DataSet rows, IReadOnlyList<int> partOf, double[][] scores, int majority, bool everyClassCounts)
    {
        bool[] right = [.. scores.Select((s, r) => Array.IndexOf(s, s.Max()) == rows.Classes[r])];
        double[] gains = [.. right.Select((isRight, r) => (isRight ? 1.0 : 0) - (rows.Classes[r] == majority ? 1 : 0))];
        if (IsMoreThanChance(gains.Sum(), Math.Sqrt(gains.Count(g => g != 0))) && InMostParts(gains, partOf))
        {
            return true;
        }

        return everyClassCounts && IsFoundBetterThanByGuessing(rows, right);
    }

    /// <summary>True when a quantity is met better than by always answering the mean.</summary>
    /// <param name="rows">The rows that were held out.</param>
    /// <param name="partOf">The part of each.</param>
    /// <param name="values">Values[row][target].</param>
    /// <param name="target">Which target.</param>
    /// <param name="mean">The constant answer.</param>
    internal static bool IsBeaten(DataSet rows, IReadOnlyList<int> partOf, double[][] values, int target, double mean)
    {
        double Square(double error) => error * error;
        double[] gains = [.. values.Select((v, r) => Square(mean - rows.Targets[r][target]) - Square(v[target] - rows.Targets[r][target]))];
        double average = gains.Average();
        double deviation = Math.Sqrt(gains.Average(g => Square(g - average)));
        return IsMoreThanChance(average, deviation / Math.Sqrt(gains.Length)) && InMostParts(gains, partOf);
    }

    // Whoever answers at random finds one in so many rows of each class as there are classes.
    private static bool IsFoundBetterThanByGuessing(DataSet rows, bool[] right)
    {
        double recall = 0;
        double variance = 0;
        int classes = 0;
        for (int c = 0; c < rows.ClassNames.Length; c++)
        {
            int of = rows.Classes.Count(k => k == c);
            if (of > 0)
            {
                int found = Enumerable.Range(0, rows.Count).Count(r => rows.Classes[r] == c && right[r]);

                // One more row of each kind, so that three of three are not taken for certain.
                double share = (found + 1.0) / (of + 2);
                recall += (double)found / of;
                variance += share * (1 - share) / of;
                classes++;
            }
        }

        return classes > 1 && IsMoreThanChance((recall - 1) / classes, Math.Sqrt(variance) / classes);
    }

    private static bool IsMoreThanChance(double gain, double deviation) => gain > 0 && gain > Sigmas * deviation;

    // A table whose rows follow each other holds fewer facts than rows; a gain in one stretch alone may be luck.
    private static bool InMostParts(double[] gains, IReadOnlyList<int> partOf)
    {
        var parts = Enumerable.Range(0, gains.Length).GroupBy(r => partOf[r]).Select(g => g.Sum(r => gains[r])).ToArray();
        return 2 * parts.Count(gain => gain >= 0) > parts.Length;
    }
}
