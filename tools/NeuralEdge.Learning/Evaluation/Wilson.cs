namespace NeuralEdge.Learning.Evaluation;

/// <summary>The interval of Wilson (1927) for a share that was counted in independent rows.</summary>
internal static class Wilson
{
    // Nine in ten intervals hold the share.
    private const double Z = 1.6449;

    internal static (double Low, double High) Interval(double share, int rows)
    {
        double z2 = Z * Z / rows;
        double middle = (share + (z2 / 2)) / (1 + z2);
        double half = Z / (1 + z2) * Math.Sqrt((share * (1 - share) / rows) + (z2 / (4 * rows)));
        return (Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}
