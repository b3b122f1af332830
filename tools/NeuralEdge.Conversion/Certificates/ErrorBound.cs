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

/// <summary>Proves how far an integer network can be from the real one it was made of.</summary>
/// <param name="Method">How.</param>
/// <param name="Boxes">Boxes looked at, or raw inputs.</param>
/// <param name="Total">For each output, in its unit: bound for any real inputs in the box, which are rounded to raw steps.</param>
/// <param name="Arithmetic">For each output, in its unit: bound for inputs that are whole raw steps.</param>
public sealed record ErrorBound(BoundMethod Method, int Boxes, double[] Total, double[] Arithmetic)
{
    /// <summary>Multiplications that finding a bound may take by default: below a second.</summary>
    public const double DefaultWork = 4e8;

    private const int MostBoxes = 8192;
    private const int MostEnumerated = 1 << 17;

    /// <summary>Finds bounds.</summary>
    /// <param name="exact">The real network.</param>
    /// <param name="integers">The integers made of it.</param>
    /// <param name="work">Multiplications it may take, about; the same on every machine, so that the bounds are too.</param>
    public static ErrorBound Find(FloatNetwork exact, QuantisedNetwork integers, double work = DefaultWork)
    {
        CertifiedLayer[] layers = CertifiedLayer.Pair(exact, integers);
        double[] low = Array.ConvertAll(integers.Inputs, input => (double)input.Minimum);
        double[] high = Array.ConvertAll(integers.Inputs, input => (double)input.Maximum);
        double cost = BoxAnalysis.CostOfForms(layers);
        bool affine = cost <= work;
        int boxes = affine ? (int)Math.Clamp(work / (2 * cost), 1, MostBoxes) : 1;
        double[] OfBoxes(CertifiedLayer[] pairs, bool rounding) =>
            new Subdivision(pairs, new BoxAnalysis(pairs, affine, rounding)).Bound(rounding ? Less(low) : low, rounding ? More(high) : high, boxes);

        double points = integers.Inputs.Aggregate(1.0, (product, input) => product * ((double)input.Maximum - input.Minimum + 1));
        if (points > MostEnumerated || points * integers.Macs > work)
        {
            return new ErrorBound(affine ? BoundMethod.Affine : BoundMethod.Interval, boxes, OfBoxes(layers, true), OfBoxes(layers, false));
        }

        // What double's rounding may hide while every input is tried, and what rounding a real input may add.
        CertifiedLayer[] alone = Array.ConvertAll(layers, layer => layer.WithoutIntegers());
        double[] hidden = new BoxAnalysis(alone, affine: false, inputRounding: false).Bound(low, high);
        double[] arithmetic = Enumeration.LargestErrors(exact, integers);
        double[] rounded = OfBoxes(alone, true);
        double[] total = OfBoxes(layers, true);
        for (int o = 0; o < total.Length; o++)
        {
            arithmetic[o] += hidden[o];
            total[o] = Math.Min(total[o], arithmetic[o] + rounded[o]);
        }

        return new ErrorBound(BoundMethod.Enumeration, (int)points, total, arithmetic);
    }

    // Half a step beyond the ends is rounded to them.
    private static double[] Less(double[] low) => Array.ConvertAll(low, x => x - 0.5);

    private static double[] More(double[] high) => Array.ConvertAll(high, x => x + 0.5);
}
