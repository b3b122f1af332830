using NeuralEdge.Conversion.Proofs;
using NeuralEdge.Numerics;

namespace NeuralEdge.Generators.Tables;

/// <summary>
/// Fits the integer parabolas of <see cref="Tanh"/> so that the error bound holds at every single input.
/// </summary>
/// <remarks>
/// The method is RLIBM's (Lim and Nagarakatte, PLDI 2021): do not approximate tanh, but satisfy for every input the interval
/// of results that are good enough. On the Q3.12 grid (every 16th input) that is the correctly rounded result alone; elsewhere
/// it is every integer within the error bound. For given c1 and c2 the intervals of all inputs of a segment leave an
/// interval for c0, exactly, in integers; c1 and c2 are searched around the parabola through three points. The smallest
/// bound of a ladder that any pair meets is taken, then the pair that leaves c0 most room, and the middle of that room.
/// </remarks>
public static class TanhFit
{
    /// <summary>Inputs of a segment.</summary>
    internal const int SegmentLength = 2048;

    /// <summary>Segments below <see cref="Tanh.AlmostOne"/>.</summary>
    public const int SegmentCount = (Tanh.AlmostOne + SegmentLength - 1) / SegmentLength;

    private const int GridStep = 16;
    private const int C1Reach = 48;
    private const int C2Reach = 6;

    // Largest errors to try, in thousandths of a last place; the last is the promise.
    private static readonly int[] ErrorLadder = [501, 502, 504, 507, 510];

    /// <summary>Computes the whole table.</summary>
    public static TanhSegment[] Compute()
    {
        long[] reference = TanhReference.Compute();
        TanhSegment[] segments = new TanhSegment[SegmentCount];
        Parallel.For(0, SegmentCount, k => segments[k] = FitSegment(reference, k));
        return segments;
    }

    private static TanhSegment FitSegment(long[] reference, int segment)
    {
        int start = segment * SegmentLength;
        int count = Math.Min(SegmentLength, Tanh.AlmostOne - start);
        (int c1, int c2) = Start(reference, start, count);
        int[] order = HardestFirst(reference, start, count);
        foreach (int thousandths in ErrorLadder)
        {
            (int[] low, int[] high) = Intervals(reference, start, count, TanhReference.Lsb / 1000 * thousandths);
            TanhSegment? best = Search(low, high, order, c1, c2);
            if (best is not null)
            {
                return best.Value;
            }
        }

        throw new InvalidOperationException($"No parabola with integer coefficients satisfies every input of segment {segment}.");
    }

    // The parabola through three points of the segment; doubles are good enough to begin a search.
    private static (int C1, int C2) Start(long[] reference, int start, int count)
    {
        double At(int t) => Math.ScaleB(reference[start + t], TanhSegment.DroppedBits - TanhReference.LsbFractionBits);
        double a = count / 15;
        double b = count / 2;
        double c = count - 1 - (count / 15);
        double ab = (At((int)b) - At((int)a)) / (b - a);
        double bc = (At((int)c) - At((int)b)) / (c - b);
        double second = (bc - ab) / (c - a);
        double first = ab - (second * (a + b));
        return ((int)Math.Round(first * 64), (int)Math.Round(second * 65536));
    }

    // Inputs next to a rounding tie leave the least room; looking at them first ends hopeless pairs early.
    private static int[] HardestFirst(long[] reference, int start, int count)
    {
        int[] order = new int[count];
        long[] room = new long[count];
        for (int t = 0; t < count; t++)
        {
            order[t] = t;
            room[t] = TanhReference.DistanceToTie(reference[start + t]) + (t % GridStep == 0 ? 0 : TanhReference.Lsb / 100);
        }

        Array.Sort(room, order);
        return order;
    }

    private static (int[] Low, int[] High) Intervals(long[] reference, int start, int count, long error)
    {
        int[] low = new int[count];
        int[] high = new int[count];
        for (int t = 0; t < count; t++)
        {
            long value = reference[start + t];
            int least = (int)((value - error + TanhReference.Lsb - 1) >> TanhReference.LsbFractionBits);
            int most = (int)((value + error) >> TanhReference.LsbFractionBits);
            if ((start + t) % GridStep == 0)
            {
                least = most = TanhReference.Round(value);
            }

            low[t] = least << TanhSegment.DroppedBits;
            high[t] = (most << TanhSegment.DroppedBits) + (1 << TanhSegment.DroppedBits) - 1;
        }

        return (low, high);
    }

    private static TanhSegment? Search(int[] low, int[] high, int[] order, int startC1, int startC2)
    {
        TanhSegment? best = null;
        int bestRoom = -1;
        for (int c2 = startC2 - C2Reach; c2 <= startC2 + C2Reach; c2++)
        {
            // A parabola with another c2 fits best with a slope that keeps the end where it was.
            int centre = startC1 - ((c2 - startC2) * (low.Length >> 1) >> 9);
            for (int c1 = centre - C1Reach; c1 <= centre + C1Reach; c1++)
            {
                (int least, int most) = RoomForC0(low, high, order, c1, c2);
                if (most - least > bestRoom)
                {
                    bestRoom = most - least;
                    best = new TanhSegment(least + ((most - least) >> 1), c1, c2);
                }
            }
        }

        return best;
    }

    private static (int Least, int Most) RoomForC0(int[] low, int[] high, int[] order, int c1, int c2)
    {
        int least = int.MinValue;
        int most = int.MaxValue;
        foreach (int t in order)
        {
            int rise = TanhSegment.Rise(c1, c2, t);
            least = Math.Max(least, low[t] - rise);
            most = Math.Min(most, high[t] - rise);
            if (least > most)
            {
                return (0, -2);
            }
        }

        return (least, most);
    }
}
