namespace NeuralEdge.Conversion.Certificates;

/// <summary>
/// The values between two layers in a box of inputs, exact ones a and errors e of the integers, as ranges and as affine forms
/// centre + sum of coefficient times symbol, each symbol in -1..1.
/// </summary>
/// <remarks>
/// Symbols are of two kinds, shared by all values of a layer: what a and e may both have (each input's place in the box, and what
/// each earlier neuron's line leaves of its activation), and what only e has (each input's rounding, and what each earlier
/// neuron's slope and roundings add). Each value has one more of either kind for itself.
/// </remarks>
/// <param name="count">Values.</param>
/// <param name="dense">Symbols of each kind that they share.</param>
internal sealed class BoxValues(int count, int dense)
{
    private readonly double[] _forms = new double[count * dense];
    private readonly double[] _errorShared = new double[count * dense];
    private readonly double[] _errorRest = new double[count * dense];

    /// <summary>How many values.</summary>
    internal int Count => count;

    /// <summary>Symbols of each kind that they share.</summary>
    internal int Dense => dense;

    internal double[] Low { get; } = new double[count];

    internal double[] High { get; } = new double[count];

    internal double[] Centre { get; } = new double[count];

    internal double[] Radius { get; } = new double[count];

    /// <summary>Coefficient of a's own symbol.</summary>
    internal double[] OwnLine { get; } = new double[count];

    internal double[] ErrorLow { get; } = new double[count];

    internal double[] ErrorHigh { get; } = new double[count];

    internal double[] ErrorMagnitude { get; } = new double[count];

    internal double[] ErrorCentre { get; } = new double[count];

    internal double[] ErrorRadius { get; } = new double[count];

    /// <summary>Coefficient of e's own symbol.</summary>
    internal double[] OwnRest { get; } = new double[count];

    /// <summary>Range of the pre-activation that a value was made of.</summary>
    internal double[] SumLow { get; } = new double[count];

    internal double[] SumHigh { get; } = new double[count];

    /// <summary>Range of that pre-activation's error.</summary>
    internal double[] SumErrorLow { get; } = new double[count];

    internal double[] SumErrorHigh { get; } = new double[count];

    /// <summary>Slope of the line that stands for the activation.</summary>
    internal double[] Slope { get; } = new double[count];

    /// <summary>Slope that carries the error on; NaN where its form was given up.</summary>
    internal double[] ErrorSlope { get; } = new double[count];

    internal Span<double> Form(int i) => _forms.AsSpan(i * dense, dense);

    internal Span<double> ErrorShared(int i) => _errorShared.AsSpan(i * dense, dense);

    internal Span<double> ErrorRest(int i) => _errorRest.AsSpan(i * dense, dense);

    /// <summary>Makes them the inputs of a network.</summary>
    /// <param name="low">Smallest inputs in raw steps.</param>
    /// <param name="high">Largest inputs in raw steps.</param>
    /// <param name="errors">How far the integers may be from the inputs, in raw steps.</param>
    internal void SetInputs(double[] low, double[] high, double[] errors)
    {
        for (int i = 0; i < count; i++)
        {
            // Half a last place more on either side, so that the middle and the radius reach both ends.
            Centre[i] = (low[i] + high[i]) / 2;
            Radius[i] = ((high[i] - low[i]) / 2 * (1 + 1e-15)) + (Math.Abs(Centre[i]) * 1e-15);
            OwnLine[i] = Radius[i];
            Low[i] = low[i];
            High[i] = high[i];
            ErrorMagnitude[i] = errors[i];
            ErrorRadius[i] = errors[i];
            OwnRest[i] = errors[i];
        }
    }

    /// <summary>Least that one value less another can be.</summary>
    internal double LeastDifference(int i, int j)
    {
        double radius = OwnLine[i] + OwnLine[j];
        ReadOnlySpan<double> a = Form(i);
        ReadOnlySpan<double> b = Form(j);
        for (int k = 0; k < dense; k++)
        {
            radius += Math.Abs(a[k] - b[k]);
        }

        double difference = Centre[i] - Centre[j];
        double slack = (dense + 8) * 8.0 / (1L << 53) * (Math.Abs(Centre[i]) + Math.Abs(Centre[j]) + Radius[i] + Radius[j]);
        return Math.Max(difference - radius - slack, Low[i] - High[j]);
    }

    /// <summary>Most that one error less another can be in magnitude.</summary>
    internal double LargestErrorDifference(int i, int j)
    {
        double intervals = ErrorMagnitude[i] + ErrorMagnitude[j];
        if (dense == 0)
        {
            return intervals;
        }

        double radius = OwnRest[i] + OwnRest[j];
        ReadOnlySpan<double> a = ErrorShared(i);
        ReadOnlySpan<double> b = ErrorShared(j);
        ReadOnlySpan<double> c = ErrorRest(i);
        ReadOnlySpan<double> d = ErrorRest(j);
        for (int k = 0; k < dense; k++)
        {
            radius += Math.Abs(a[k] - b[k]) + Math.Abs(c[k] - d[k]);
        }

        double forms = (Math.Abs(ErrorCentre[i] - ErrorCentre[j]) + radius)
            + ((dense + 8) * 16.0 / (1L << 53) * (Math.Abs(ErrorCentre[i]) + Math.Abs(ErrorCentre[j]) + ErrorRadius[i] + ErrorRadius[j]));
        return Math.Min(intervals, forms);
    }
}
