namespace NeuralEdge.Conversion.Quantisation;

/// <summary>
/// Inputs of the profile fast have few steps: more would cost as many bits of the weights, which share the lane with them. The
/// optimum is flat.
/// </summary>
internal static class FastInputs
{
    /// <summary>Steps of an input.</summary>
    private const int Steps = 510;

    /// <summary>Steps of counts, which come in powers of two: from half of this up.</summary>
    private const int MostCounts = 3 * Steps / 2;

    /// <summary>The raw form of an input that is given as a value.</summary>
    /// <param name="minimum">Smallest value.</param>
    /// <param name="maximum">Largest value.</param>
    internal static RawInput OfValues(double minimum, double maximum) =>
        new(-Steps / 2, Steps / 2, (maximum - minimum) / Steps, minimum + ((maximum - minimum) / 2));

    /// <summary>Fraction bits of an input that is counts; negative for bits that are left out.</summary>
    /// <param name="counts">Width of its range in counts.</param>
    /// <param name="most">Most that the samples give.</param>
    /// <param name="least">Least that the format takes.</param>
    internal static int FractionBits(double counts, int most, int least)
    {
        int fractionBits = most;
        while (fractionBits > least && Math.ScaleB(counts, fractionBits) > MostCounts)
        {
            fractionBits--;
        }

        return fractionBits;
    }
}
