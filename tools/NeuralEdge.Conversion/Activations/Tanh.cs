using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Activations;

/// <summary>The hyperbolic tangent.</summary>
internal sealed class Tanh : ActivationFunction
{
    /// <summary>Largest error of the board's tanh, in steps of its result; proven by looking at every input.</summary>
    internal const double LargestError = 0.51;

    // Chords flatter than this are taken as level; their points of contact would be ill-conditioned.
    private const double FlattestChord = 1e-12;

    /// <inheritdoc/>
    public override string Name => "tanh";

    /// <inheritdoc/>
    public override Activation Activation => Activation.Tanh;

    internal override bool ReadsTanhTable => true;

    internal override FixedFormat Format { get; } = new(16, 15, ActivationTable.TanhOne, -1, 1, LargestError);

    internal override bool IsFactor => true;

    /// <inheritdoc/>
    public override double Evaluate(double z, double slope) => PortableMath.Tanh(z);

    internal override double Derivative(double z, double activation, double slope) => 1 - (activation * activation);

    internal override void EvaluateAll(ReadOnlySpan<double> z, Span<double> activations, double slope)
    {
        ReadOnlySpan<Vector256<double>> four = MemoryMarshal.Cast<double, Vector256<double>>(z);
        Span<Vector256<double>> values = MemoryMarshal.Cast<double, Vector256<double>>(activations);
        for (int i = 0; i < four.Length; i++)
        {
            values[i] = PortableLanes.Tanh(four[i]);
        }

        int done = PortableLanes.Count * four.Length;
        base.EvaluateAll(z[done..], activations[done..], slope);
    }

    internal override void Differentiate(ReadOnlySpan<double> z, ReadOnlySpan<double> activations, double slope, Span<double> errors)
    {
        ReadOnlySpan<Vector256<double>> values = MemoryMarshal.Cast<double, Vector256<double>>(activations);
        Span<Vector256<double>> four = MemoryMarshal.Cast<double, Vector256<double>>(errors);
        for (int i = 0; i < four.Length; i++)
        {
            Vector256<double> a = values[i];
            four[i] *= Vector256<double>.One - (a * a);
        }

        int done = PortableLanes.Count * four.Length;
        base.Differentiate(z[done..], activations[done..], slope, errors[done..]);
    }

    internal override (double Least, double Most) Slopes(double low, double high, double slope) => SlopesOf(low, high);

    internal override (double Slope, double Offset, double Radius) Line(double low, double high, double slope) => LineOf(low, high);

    internal override Code Write(Code z, int slope) => z.Then(Code.Numerics + "Tanh.Evaluate({0})", Code.TokenBytes);

    /// <summary>Range of the derivative of tanh, which the logistic function shares.</summary>
    /// <param name="low">Smallest argument.</param>
    /// <param name="high">Largest argument.</param>
    internal static (double Least, double Most) SlopesOf(double low, double high)
    {
        double nearest = low > 0 ? low : high < 0 ? high : 0;
        double farthest = Math.Max(Math.Abs(low), Math.Abs(high));
        double a = PortableMath.Tanh(farthest);
        double b = PortableMath.Tanh(nearest);
        return (Math.Max(0, 1 - (a * a) - Slack), Math.Min(1, 1 - (b * b) + Slack));
    }

    /// <summary>A line near tanh, which the logistic function shares: tanh z - s z is extreme at the ends and where the derivative of tanh is s.</summary>
    /// <param name="low">Smallest argument.</param>
    /// <param name="high">Largest argument.</param>
    internal static (double Slope, double Offset, double Radius) LineOf(double low, double high)
    {
        double tanhLow = PortableMath.Tanh(low);
        double tanhHigh = PortableMath.Tanh(high);
        double s = high - low > 1e-6 ? Math.Clamp((tanhHigh - tanhLow) / (high - low), 0, 1) : 1 - (tanhLow * tanhLow);
        if (s < FlattestChord)
        {
            return (0, (tanhLow + tanhHigh) / 2, ((tanhHigh - tanhLow) / 2) + Slack);
        }

        double least = Math.Min(tanhLow - (s * low), tanhHigh - (s * high));
        double most = Math.Max(tanhLow - (s * low), tanhHigh - (s * high));
        double touch = Math.Sqrt(1 - s);
        double z = touch < 1 ? 0.5 * PortableMath.Log((1 + touch) / (1 - touch)) : 0;
        double gap = touch - (s * z);

        // A point of contact outside low..high is harmless: it can only widen the result.
        double margin = 1e-9 * (1 + z);
        if (z > low - margin && z < high + margin)
        {
            most = Math.Max(most, gap);
            least = Math.Min(least, gap);
        }

        if (-z > low - margin && -z < high + margin)
        {
            most = Math.Max(most, -gap);
            least = Math.Min(least, -gap);
        }

        double rounding = Slack * (1 + (s * Math.Max(Math.Abs(low), Math.Abs(high))));
        return (s, (least + most) / 2, ((most - least) / 2) + rounding);
    }
}
