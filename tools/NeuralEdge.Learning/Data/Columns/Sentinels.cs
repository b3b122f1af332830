namespace NeuralEdge.Learning.Data.Columns;

/// <summary>
/// Finds the values that drivers and loggers write for "no reading": an end of a column that is far from all other values and
/// stands there more often than chance.
/// </summary>
internal static class Sentinels
{
    private const int FewestDistinct = 5;
    private const int MostRounds = 10;

    // Of fewer values nobody can say what is far.
    private const int FewestToJudge = 20;
    private const double FarForAnything = 10;
    private const double MostFailures = 0.3;

    /// <summary>What libraries of sensors return on failure, and the ends of converters and of integers.</summary>
    private static readonly double[] Listed =
        [-1, -99, -127, -128, -200, -273, -999, -1000, -9999, -32768, 85, 99, 255, 999, 1023, 4095, 9999, 32767, 65535, 99999];

    /// <summary>The sentinels of each column, ascending.</summary>
    /// <param name="columns">Columns[c] without missing values.</param>
    /// <param name="told">Told how much of it is done, 0 to 1; may be null.</param>
    internal static double[][] Find(double[][] columns, Action<double>? told = null)
    {
        List<double>[] found = [.. columns.Select((column, c) =>
        {
            told?.Invoke((double)c / columns.Length);
            return Of(column);
        })];

        // A value that one column uses for "no reading" means the same where another reaches no further.
        double[] shared = [.. found.SelectMany(values => values).Where(v => Listed.Contains(v) && v is < -1 or >= 9999).Distinct()];
        for (int c = 0; c < columns.Length; c++)
        {
            foreach (double v in shared)
            {
                double[] rest = [.. columns[c].Where(x => !found[c].Contains(x))];
                if (!found[c].Contains(v) && rest.Length > 0 && (v == rest.Min() || v == rest.Max()) && Array.Exists(rest, x => x != v))
                {
                    found[c].Add(v);
                }
            }
        }

        return [.. found.Select(values => values.Order().ToArray())];
    }

    /// <summary>True when 0 stands in more rows than a sensor fails in, and all other values are far above it.</summary>
    /// <param name="column">Values without missing ones.</param>
    internal static bool ZeroIsFar(double[] column)
    {
        double[] others = [.. column.Where(x => x != 0).Order()];
        return column.Length >= FewestToJudge && column.Length - others.Length > MostFailures * column.Length
            && others.Distinct().Take(FewestDistinct).Count() == FewestDistinct
            && others[0] > 0.3 * Width(others) && others[0] > 0;
    }

    private static List<double> Of(double[] column)
    {
        List<double> found = [];
        double[] sorted = [.. column.Order()];
        for (int round = 0; round < MostRounds && sorted.Length > 1; round++)
        {
            double[] ends = [sorted[0], sorted[^1]];
            int at = Array.FindIndex(ends, v => IsSentinel(v, sorted, column.Length));
            if (at < 0)
            {
                break;
            }

            found.Add(ends[at]);
            sorted = Array.FindAll(sorted, x => x != ends[at]);
        }

        return found;
    }

    private static bool IsSentinel(double v, double[] sorted, int rows)
    {
        double[] others = Array.FindAll(sorted, x => x != v);
        if (others.Length == 0)
        {
            return false;
        }

        int count = sorted.Length - others.Length;
        double next = v < others[0] ? others[0] : others[^1];
        bool listed = Listed.Contains(v);
        bool failed = listed && v < -1 && others[0] >= 0;
        double width = Width(others);
        if (width <= 0)
        {
            // A sensor that never moves, apart from what no sensor of positive values gives.
            return failed && count < others.Length;
        }

        if (!listed && rows < FewestToJudge)
        {
            return false;
        }

        double gap = Math.Abs(v - next) / width;
        if (others.Distinct().Take(FewestDistinct).Count() < FewestDistinct)
        {
            return gap > FarForAnything;
        }

        return (failed && gap > 0.1 && count >= 2)
            || (listed && ((gap > 0.5 && count >= 2) || gap > 2))
            || (v == 0 && others[0] > 0 && gap > 0.3 && count >= 3 && count <= MostFailures * rows)
            || (!listed && v != 0 && ((gap > 1 && count >= Math.Max(3, 0.002 * rows)) || gap > FarForAnything));
    }

    // From the first to the 99th percentile of what is no sentinel for certain.
    private static double Width(double[] sorted)
    {
        double[] plain = Array.FindAll(sorted, x => !Listed.Contains(x));
        double[] values = plain.Length > 0 ? plain : sorted;
        return Percentile(values, 0.99) - Percentile(values, 0.01);
    }

    private static double Percentile(double[] sorted, double share)
    {
        double at = share * (sorted.Length - 1);
        int below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
