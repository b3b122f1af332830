namespace NeuralEdge.Learning.Data.Columns;

/// <summary>
/// Finds row numbers, clocks and counters among columns of numbers. The shares are wide enough that no column of some dozens of
/// public sensor tables was taken for one.
/// </summary>
internal static class CountingColumn
{
    private const int FewestValues = 10;
    private const double DistinctShare = 0.1;
    private const double SameShare = 0.9;
    private const double AgainstShare = 0.05;
    private const double SpanShare = 1.05;

    /// <summary>Judges a column.</summary>
    /// <param name="values">Its numbers in the order of the file, without missing ones.</param>
    internal static CountingKind Of(double[] values)
    {
        int distinct = values.Distinct().Count();
        if (distinct < Math.Max(FewestValues, DistinctShare * values.Length))
        {
            return CountingKind.None;
        }

        double[] steps = [.. values.Zip(values.Skip(1), (a, b) => b - a)];
        double size = values.Max(Math.Abs);
        int up = steps.Count(step => step > 0);
        int down = steps.Count(step => step < 0);

        // Decimals such as 0.1 + 0.1 + 0.1 differ in their last places.
        double grain = Math.Max(size, 1e-300) * 1e-12;
        IGrouping<double, double> usual = steps.GroupBy(step => Math.Round(step / grain / 16)).OrderByDescending(group => group.Count()).First();
        double sign = usual.First();
        int against = sign > 0 ? down : up;
        if (sign != 0 && usual.Count() >= SameShare * steps.Length && against <= AgainstShare * steps.Length)
        {
            return CountingKind.RowNumber;
        }

        if (up == 0 || down == 0)
        {
            return CountingKind.Monotonic;
        }

        if (up >= SameShare * steps.Length && down <= AgainstShare * steps.Length)
        {
            return CountingKind.Restarting;
        }

        bool once = distinct == values.Length && Array.TrueForAll(values, value => Math.Floor(value) == value);
        return once && values.Max() - values.Min() <= SpanShare * values.Length ? CountingKind.ShuffledRowNumber : CountingKind.None;
    }
}
