using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;

namespace NeuralEdge.Conversion.Certificates;

/// <summary>How an error bound was found.</summary>
public enum BoundMethod : byte
{
    /// <summary>Interval arithmetic over the whole box of inputs.</summary>
    Interval = 0,

    /// <summary>Affine arithmetic over a subdivision of the box.</summary>
    Affine = 1,

    /// <summary>Every raw input there is; affine arithmetic for the rounding of inputs.</summary>
    Enumeration = 2,
}

/// <summary>
/// Proves how far an integer network can be from the real one it was made of, for every input with which no value meets its ceiling; where
/// the inputs are features of windows, from the samples on.
/// </summary>
/// <param name="Method">How.</param>
/// <param name="Boxes">Boxes looked at, or raw inputs.</param>
/// <param name="Total">For each output, in its unit: bound for any real inputs and raw ones in the box that are no farther apart than <see cref="RawInput.Error"/>.</param>
/// <param name="Arithmetic">For each output, in its unit: bound for inputs that are whole raw steps.</param>
public sealed record ErrorBound(BoundMethod Method, int Boxes, double[] Total, double[] Arithmetic)
{
    /// <summary>Multiplications that all that is proven and looked for of a network may take by default: some tenths of a second.</summary>
    public const double DefaultWork = 1e8;

    /// <summary>What bounds are made larger by, so that whoever proves them again with other rounding finds them true.</summary>
    internal const double Leeway = 1 + 1e-9;

    /// <summary>What a box takes besides its multiplications.</summary>
    internal const double WorkOfBox = 3000;

    private const int MostBoxes = 1 << 17;
    private const int MostEnumerated = 1 << 17;

    /// <summary>How many times the work of a bound trying every raw input may take, since it leaves nothing open.</summary>
    private const double WorthOfEnumeration = 4;

    /// <summary>Finds bounds.</summary>
    /// <param name="exact">The real network.</param>
    /// <param name="integers">The integers made of it.</param>
    /// <param name="work">Multiplications it may take, about; the same on every machine, so that the bounds are too.</param>
    public static ErrorBound Find(FloatNetwork exact, QuantisedNetwork integers, double work = DefaultWork)
    {
        ArgumentNullException.ThrowIfNull(exact);
        ArgumentNullException.ThrowIfNull(integers);
        return Find(exact, integers, CertifiedLayer.Pair(exact, integers), new Effort(work));
    }

    /// <summary>Finds bounds.</summary>
    /// <param name="exact">The real network.</param>
    /// <param name="integers">The integers made of it.</param>
    /// <param name="layers">Both side by side.</param>
    /// <param name="effort">What it may take.</param>
    internal static ErrorBound Find(FloatNetwork exact, QuantisedNetwork integers, CertifiedLayer[] layers, Effort effort)
    {
        double cost = BoxAnalysis.CostOfForms(layers);
        bool affine = cost <= effort.Work;

        // Each box is looked at once for any inputs; half of them, the final ones, once more for whole raw steps.
        int boxes = affine ? (int)Math.Clamp(effort.Work / (1.5 * (cost + WorkOfBox)), 1, MostBoxes) : 1;
        BoundedBox whole = Cut(integers, layers, affine, boxes, effort);
        double[] total = Array.ConvertAll(whole.Largest(), bound => bound * Leeway);
        double points = integers.Inputs.Aggregate(1.0, (product, input) => product * ((double)input.Maximum - input.Minimum + 1));
        if (points > MostEnumerated || points * Enumeration.CostOfPoint(exact) > WorthOfEnumeration * effort.Work)
        {
            return new ErrorBound(affine ? BoundMethod.Affine : BoundMethod.Interval, boxes, total, OfWholeSteps(layers, affine, [.. whole.Leaves], effort));
        }

        // What double's rounding may hide while every input is tried, and what rounding a real input may add.
        CertifiedLayer[] alone = Array.ConvertAll(layers, layer => layer.WithoutIntegers());
        double[] low = Array.ConvertAll(integers.Inputs, input => (double)input.Minimum);
        double[] high = Array.ConvertAll(integers.Inputs, input => (double)input.Maximum);
        double[] hidden = new BoxAnalysis(alone, affine: false, inputRounding: false).Bound(low, high);
        double[] arithmetic = Enumeration.LargestErrors(exact, integers, effort);
        double[] rounded = Cut(integers, alone, affine, boxes, effort).Largest();
        for (int o = 0; o < total.Length; o++)
        {
            arithmetic[o] += hidden[o];
            total[o] = Math.Min(total[o], arithmetic[o] + rounded[o]);
        }

        return new ErrorBound(BoundMethod.Enumeration, (int)points, total, arithmetic);
    }

    /// <summary>Cuts the box of all inputs that are rounded into their ranges.</summary>
    internal static BoundedBox Cut(QuantisedNetwork integers, CertifiedLayer[] layers, bool affine, int boxes, Effort effort) =>
        new Subdivision(layers, () => new BoxAnalysis(layers, affine, inputRounding: true), effort).Cut(LowOf(integers), HighOf(integers), boxes);

    // Half a step beyond the ends is rounded to them; a feature may be farther off.

    /// <summary>The smallest inputs of which raw ones lie in their ranges, in raw steps.</summary>
    internal static double[] LowOf(QuantisedNetwork integers) => Array.ConvertAll(integers.Inputs, input => input.Minimum - input.Error);

    /// <summary>The largest inputs of which raw ones lie in their ranges, in raw steps.</summary>
    internal static double[] HighOf(QuantisedNetwork integers) => Array.ConvertAll(integers.Inputs, input => input.Maximum + input.Error);

    private static double[] OfWholeSteps(CertifiedLayer[] layers, bool affine, BoundedBox[] parts, Effort effort)
    {
        double[] bound = new double[layers[^1].Neurons];
        BoxAnalysis analysis = new(layers, affine, inputRounding: false);
        for (int p = 0; p < parts.Length; p++)
        {
            double[] part = analysis.Bound(parts[p].Low, parts[p].High);
            for (int o = 0; o < bound.Length; o++)
            {
                // Whole steps are among the inputs that the part's bound is for.
                bound[o] = Math.Max(bound[o], Math.Min(part[o], parts[p].Bound[o]) * Leeway);
            }

            effort.Step("proving the error bound of whole steps", p, parts.Length);
        }

        return bound;
    }
}
