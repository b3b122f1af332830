using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Learning.Data;

/// <summary>
/// Rows whose every input equals another's. Who is judged by a row of which a copy was learned has not been asked anything new; but
/// where sensors have few steps, equal rows are no copies, and a board meets them again as well.
/// </summary>
internal static class Copies
{
    // Switches and numbers of some steps repeat themselves, whatever is recorded.
    private const int MostSteps = 16;
    private const double FewestShare = 0.1;
    private const double BeyondChance = 10;

    /// <summary>Groups of rows that are copies of each other: the group of each row, from 0; null where there are hardly any.</summary>
    /// <param name="rows">Rows[row][input].</param>
    internal static int[]? GroupsOf(double[][] rows)
    {
        int[] groups = EqualTo(rows);
        int alone = groups.CountBy(g => g).Count(pair => pair.Value == 1);
        return rows.Length - alone >= FewestShare * rows.Length && IsBeyondChance(rows, groups) ? groups : null;
    }

    /// <summary>What is to be said of copies in a table whose rows are in no order; null where there are hardly any.</summary>
    internal static DataFinding? Scattered(DataSet data)
    {
        if (GroupsOf(data.Inputs) is not int[] groups)
        {
            return null;
        }

        int copies = data.Count - (groups.Max() + 1);
        return new DataFinding(
            DataFindingKind.ScatteredCopies,
            $"{copies} of {NumberText.Count(data.Count, "row")} {(copies == 1 ? "repeats" : "repeat")} another in every input; all copies of a row are held out together, and it is judged by the first.") { Rows = copies };
    }

    /// <summary>A table to judge by without the rows that are copies of rows learned from.</summary>
    /// <param name="learned">The rows learned from.</param>
    /// <param name="test">The rows to judge by.</param>
    /// <param name="name">What sentences call the table to judge by.</param>
    /// <exception cref="InputRefusedException">No row is left.</exception>
    internal static DataSet WithoutLearned(DataSet learned, DataSet test, string name)
    {
        double[][] rows = [.. learned.Inputs, .. test.Inputs];
        int[] groups = EqualTo(rows);
        HashSet<int> known = [.. groups.Take(learned.Count)];
        int[] fresh = [.. Enumerable.Range(0, test.Count).Where(r => !known.Contains(groups[learned.Count + r]))];
        int copies = test.Count - fresh.Length;
        if (copies == 0 || copies < FewestShare * test.Count || !IsBeyondChance(rows, groups))
        {
            return test;
        }

        if (fresh.Length == 0)
        {
            throw AllLearned(name, test.Noun);
        }

        DataFinding finding = new(DataFindingKind.Copies, LeftOut(name, copies, test.Count, test.Noun)) { Rows = copies };
        return test.Select(fresh, [.. test.Findings, finding]);
    }

    /// <summary>What is thrown where a table to judge by has nothing that was not learned from.</summary>
    /// <param name="name">What sentences call the table.</param>
    /// <param name="noun">What its rows are called.</param>
    internal static InputRefusedException AllLearned(string name, string noun) =>
        new($"{name}: every {noun} of it is among those learned from, so that it cannot show what the network makes of others; give --test another recording, or leave it out.");

    /// <summary>That rows to judge by are left out because they were learned from.</summary>
    /// <param name="name">What sentences call the table.</param>
    /// <param name="copies">How many.</param>
    /// <param name="of">Of how many.</param>
    /// <param name="noun">What they are called.</param>
    internal static string LeftOut(string name, int copies, int of, string noun) =>
        $"{name}: {copies} of {NumberText.Count(of, noun)} {(copies == 1 ? "is" : "are")} among those learned from, and {(copies == 1 ? "is" : "are")} left out.";

    /// <summary>The group of each row, from 0 in the order they come; equal rows are of one.</summary>
    /// <param name="rows">Rows[row][input].</param>
    internal static int[] EqualTo(double[][] rows)
    {
        Dictionary<double[], int> seen = new(new Equality());
        int[] groups = new int[rows.Length];
        for (int r = 0; r < rows.Length; r++)
        {
            groups[r] = seen.TryGetValue(rows[r], out int group) ? group : seen[rows[r]] = seen.Count;
        }

        return groups;
    }

    /// <summary>Whether some input has so many values that equal rows are more than switches in the same position.</summary>
    internal static bool HasFineInput(double[][] rows) =>
        rows.Length > 0 && Enumerable.Range(0, rows[0].Length).Any(i => rows.Select(row => row[i]).Distinct().Take(MostSteps + 1).Count() > MostSteps);

    /// <summary>Whether there are far more pairs of equal rows than there would be if the inputs had nothing to do with each other.</summary>
    private static bool IsBeyondChance(double[][] rows, int[] groups)
    {
        double chance = Pairs(rows.Length);
        bool isFine = false;
        for (int i = 0; rows.Length > 0 && i < rows[0].Length; i++)
        {
            int column = i;
            int[] counts = [.. rows.CountBy(row => row[column]).Select(pair => pair.Value)];
            isFine |= counts.Length > MostSteps;
            chance *= counts.Sum(Pairs) / Pairs(rows.Length);
        }

        return isFine && groups.CountBy(g => g).Sum(pair => Pairs(pair.Value)) > BeyondChance * chance;
    }

    private static double Pairs(int count) => count * (count - 1.0) / 2;

    private sealed class Equality : IEqualityComparer<double[]>
    {
        public bool Equals(double[]? x, double[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(double[] row)
        {
            HashCode hash = default;
            foreach (double value in row)
            {
                hash.Add(value);
            }

            return hash.ToHashCode();
        }
    }
}
