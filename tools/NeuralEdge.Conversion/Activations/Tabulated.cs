using NeuralEdge.Conversion.Text;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Activations;

/// <summary>
/// A real function of one number that a board has as a table (<see cref="ActivationCurve"/>): for activations that have no code
/// of their own in model files. <see cref="TabulatedFunctions"/> has those that other programs know.
/// </summary>
/// <remarks>
/// <para>The function is continuous everywhere, and may fall as well as rise. Certificates stand on its derivative, which between
/// two neighbouring bends is monotone: there the function is convex or concave, so that tangents and chords enclose it, and the
/// derivative takes its extremes at the ends.</para>
/// <para>Function and derivative are off by at most 1e-14 of 1 + |z|, and give the same bits on every machine:
/// <see cref="PortableMath"/>, not <see cref="Math"/>.</para>
/// </remarks>
public sealed class Tabulated : ActivationFunction
{
    /// <summary>More than the error of a derivative.</summary>
    private const double SlopeSlack = 1e-12;

    // Chords of shorter ranges would be ill-conditioned; the middle of the slopes does as well there.
    private const double ShortestChord = 1e-6;

    private const int MostTangents = 8;
    private const double CloseEnough = 0.02;

    private readonly Func<double, double>? _function;
    private readonly Func<double, double>? _derivative;
    private readonly double[] _bends;

    /// <summary>Makes an activation of a function.</summary>
    /// <param name="name">Its name in reports.</param>
    /// <param name="function">The function: continuous, finite for finite numbers.</param>
    /// <param name="derivative">Its derivative; at a kink that of one of its sides.</param>
    /// <param name="bends">
    /// Where the derivative jumps, or turns from rising to falling or back, in ascending order; where it turns smoothly, as well as
    /// a double can say.
    /// </param>
    public Tabulated(string name, Func<double, double> function, Func<double, double> derivative, params double[] bends)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(derivative);
        ArgumentNullException.ThrowIfNull(bends);
        Name = name;
        _function = function;
        _derivative = derivative;
        _bends = bends;
    }

    /// <summary>Makes one of the catalogue, which others can find by its kind.</summary>
    /// <param name="name">Its name in reports.</param>
    /// <param name="kind">Its name in the catalogue.</param>
    /// <param name="parameters">Its parameters there.</param>
    /// <param name="function">The function.</param>
    /// <param name="derivative">Its derivative.</param>
    /// <param name="bends">Its bends.</param>
    internal Tabulated(string name, string kind, double[] parameters, Func<double, double> function, Func<double, double> derivative, double[] bends)
        : this(name, function, derivative, bends)
    {
        Kind = kind;
        Parameters = parameters;
    }

    private Tabulated(string name)
    {
        Name = name;
        _bends = [];
    }

    /// <summary>
    /// From here on, on both sides of zero, the function keeps the value that it has there: its table need not reach further, and has the finer
    /// steps for it. Infinite when it goes on.
    /// </summary>
    public double FlatBeyond { get; init; } = double.PositiveInfinity;

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override Activation Activation => Activation.Tabulated;

    /// <summary>Its name in the catalogue, without parameters; null for a function of somebody's own.</summary>
    internal string? Kind { get; }

    /// <summary>Its parameters in the catalogue.</summary>
    internal double[] Parameters { get; } = [];

    /// <summary>What a reader of model files knows of the activation: that the file has a table, and no name of a function.</summary>
    internal static Tabulated OfFile { get; } = new("tabulated");

    internal override string Title => "function by table";

    internal override bool IsTabulated => true;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The activation comes from a model file.</exception>
    public override double Evaluate(double z, double slope) => Function(z);

    internal override double Derivative(double z, double activation, double slope) => DerivativeAt(z);

    internal override (double Low, double High) Range(double low, double high, double slope) => Envelope(0, low, high);

    internal override (double Least, double Most) Slopes(double low, double high, double slope)
    {
        double least = double.PositiveInfinity;
        double most = double.NegativeInfinity;
        void Add(double derivative)
        {
            least = Math.Min(least, derivative);
            most = Math.Max(most, derivative);
        }

        Add(DerivativeAt(low));
        Add(DerivativeAt(high));
        foreach (double bend in _bends)
        {
            if (bend >= low && bend <= high)
            {
                Add(DerivativeAt(Math.BitDecrement(bend)));
                Add(DerivativeAt(bend));
                Add(DerivativeAt(Math.BitIncrement(bend)));
            }
        }

        double slack = SlopeSlack * (1 + Math.Max(Math.Abs(least), Math.Abs(most)));
        return (least - slack, most + slack);
    }

    internal override (double Slope, double Offset, double Radius) Line(double low, double high, double slope)
    {
        double s;
        if (high - low > ShortestChord)
        {
            s = (Function(high) - Function(low)) / (high - low);
        }
        else
        {
            (double least, double most) = Slopes(low, high, slope);
            s = (least + most) / 2;
        }

        (double below, double above) = Envelope(s, low, high);
        return (s, (below + above) / 2, ((above - below) / 2) + (Slack * (1 + Math.Max(Math.Abs(below), Math.Abs(above)))));
    }

    /// <summary>What lies between two knots of the table, and its rounding: measured, not estimated.</summary>
    internal override double OwnError(in NeuronRounding neuron) => neuron.Entry + (Slack * (1 + neuron.Magnitude));

    internal override Code Write(Code z, int slope) => throw new NotSupportedException("A table is written where its name is known.");

    /// <summary>Bounds of f(z) - s z between low and high, a piece between two bends after the other.</summary>
    private (double Least, double Most) Envelope(double s, double low, double high)
    {
        double least = double.PositiveInfinity;
        double most = double.NegativeInfinity;
        double from = low;
        for (int b = 0; b <= _bends.Length; b++)
        {
            double to = b == _bends.Length ? high : Math.Min(high, _bends[b]);
            if (to > from || (b == _bends.Length && double.IsInfinity(least)))
            {
                (double pieceLeast, double pieceMost) = EnvelopeOfPiece(s, from, to);
                least = Math.Min(least, pieceLeast);
                most = Math.Max(most, pieceMost);
                from = to;
            }
        }

        return (least, most);
    }

    // The derivative is monotone here: a convex piece is largest at its ends and never below two of its tangents.
    private (double Least, double Most) EnvelopeOfPiece(double s, double from, double to)
    {
        double a = Function(from) - (s * from);
        double b = Function(to) - (s * to);
        double slopeA = DerivativeAt(Math.BitIncrement(from)) - s;
        double slopeB = DerivativeAt(Math.BitDecrement(to)) - s;
        double far = Math.Max(Math.Abs(from), Math.Abs(to));
        double slack = (Slack * (1 + Math.Abs(a) + Math.Abs(b) + (2 * Math.Abs(s) * far) + far))
            + (SlopeSlack * (1 + Math.Abs(slopeA) + Math.Abs(slopeB)) * (to - from));
        double least = Math.Min(a, b);
        double most = Math.Max(a, b);
        if (slopeA < 0 && slopeB > 0)
        {
            least = Lowest(s, 1, from, to, a, b, slopeA, slopeB);
        }
        else if (slopeA > 0 && slopeB < 0)
        {
            most = -Lowest(s, -1, from, to, -a, -b, -slopeA, -slopeB);
        }

        return (least - slack, most + slack);
    }

    // Tangents of a convex function meet below it, and the nearer to its lowest point they touch, the less.
    private double Lowest(double s, int sign, double from, double to, double a, double b, double slopeA, double slopeB)
    {
        double highest = Math.Max(a, b);
        double met = Math.Min(a, b);
        double bound = double.NegativeInfinity;
        for (int k = 0; k < MostTangents; k++)
        {
            double width = to - from;
            double x = Math.Clamp((b - a - (slopeB * width)) / (slopeA - slopeB), 0, width);
            bound = Math.Max(bound, Math.Min(a + (slopeA * x), b - (slopeB * (width - x))));
            if (met - bound <= CloseEnough * (highest - bound))
            {
                break;
            }

            double z = from + x;
            double y = sign * (Function(z) - (s * z));
            double slope = sign * (DerivativeAt(z) - s);
            met = Math.Min(met, y);
            if (slope < 0)
            {
                (from, a, slopeA) = (z, y, slope);
            }
            else if (slope > 0)
            {
                (to, b, slopeB) = (z, y, slope);
            }
            else
            {
                return Math.Max(bound, y);
            }
        }

        return bound;
    }

    private double Function(double z) => _function is not null ? _function(z) : throw NotOfFile();

    private double DerivativeAt(double z) => _derivative is not null ? _derivative(z) : throw NotOfFile();

    private static InvalidOperationException NotOfFile() => new("A model file has the table of this activation, and not its function.");
}
