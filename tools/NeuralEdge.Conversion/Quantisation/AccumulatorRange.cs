using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Quantisation;

/// <summary>What an accumulator can hold for inputs inside their ranges.</summary>
/// <param name="Least">Smallest final value.</param>
/// <param name="Most">Largest final value.</param>
/// <param name="Worst">Bound of the magnitude of every partial sum in every order.</param>
public readonly record struct AccumulatorRange(long Least, long Most, long Worst)
{
    /// <summary>Largest magnitude that a sum in 32 bits can hold in any order of adding up.</summary>
    public const long WideLimit = int.MaxValue;

    /// <summary>Largest magnitude of what a lane of 21 bits holds, counted as <see cref="Peak"/> does.</summary>
    public const long NarrowLimit = ActivationTable.AccumulatorLimit;

    /// <summary>Most that <see cref="Peak"/> may be.</summary>
    /// <param name="lanes">Lanes of the layer, 0 where there are none.</param>
    public static long Limit(int lanes) => lanes == LaneRows.Narrow ? NarrowLimit : WideLimit;

    /// <summary>
    /// What must keep to the limit. In 32 bits every partial sum; in a narrow lane the final sum alone, because lanes add up
    /// modulo 2^64, and there one more above zero than below.
    /// </summary>
    /// <param name="lanes">Lanes of the layer, 0 where there are none.</param>
    public long Peak(int lanes) => lanes == LaneRows.Narrow ? Math.Max(-Least, Most + 1) : Worst;

    /// <summary>True when no accumulator can overflow.</summary>
    /// <param name="lanes">Lanes of the layer, 0 where there are none.</param>
    public bool Fits(int lanes) => Peak(lanes) <= Limit(lanes);

    /// <summary>Largest magnitude of the final value.</summary>
    public long Magnitude => Math.Max(Math.Abs(Least), Math.Abs(Most));

    /// <summary>Computes the range of bias + sum weight * input, exactly.</summary>
    /// <param name="weights">Integer weights.</param>
    /// <param name="bias">Integer bias.</param>
    /// <param name="low">Smallest inputs.</param>
    /// <param name="high">Largest inputs.</param>
    public static AccumulatorRange Of(int[] weights, long bias, int[] low, int[] high)
    {
        long least = bias;
        long most = bias;
        long worst = Math.Abs(bias);
        for (int i = 0; i < weights.Length; i++)
        {
            long a = (long)weights[i] * low[i];
            long b = (long)weights[i] * high[i];
            least += Math.Min(a, b);
            most += Math.Max(a, b);
            worst += Math.Max(Math.Abs(a), Math.Abs(b));
        }

        return new AccumulatorRange(least, most, worst);
    }
}
