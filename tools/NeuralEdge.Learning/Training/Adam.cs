using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuralEdge.Learning.Training;

/// <summary>
/// Adam (Kingma and Ba, 2015) with weight decay kept apart from the gradient (Loshchilov and Hutter, 2019).
/// </summary>
internal sealed class Adam
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private readonly double[] _mean;
    private readonly double[] _square;
    private readonly bool[] _decays;
    private readonly Vector256<double>[] _masks;
    private readonly double _decay;
    private double _beta1Power = 1;
    private double _beta2Power = 1;

    /// <summary>For so many parameters as <paramref name="decays"/> has; those marked true are pulled to zero.</summary>
    public Adam(bool[] decays, double decay)
    {
        _decays = decays;
        _decay = decay;
        _masks = new Vector256<double>[decays.Length / 4];
        for (int i = 0; i < _masks.Length; i++)
        {
            _masks[i] = Vector256.Create(Mask(decays[4 * i]), Mask(decays[(4 * i) + 1]), Mask(decays[(4 * i) + 2]), Mask(decays[(4 * i) + 3])).AsDouble();
        }

        _mean = new double[decays.Length];
        _square = new double[decays.Length];
    }

    /// <summary>One step against the gradient, which is multiplied by <paramref name="scale"/> first.</summary>
    public void Step(double[] parameters, double[] gradient, double scale, double rate)
    {
        _beta1Power *= Beta1;
        _beta2Power *= Beta2;
        double correct1 = 1 / (1 - _beta1Power);
        double correct2 = 1 / (1 - _beta2Power);
        Span<Vector256<double>> four = MemoryMarshal.Cast<double, Vector256<double>>(parameters.AsSpan());
        Span<Vector256<double>> means = MemoryMarshal.Cast<double, Vector256<double>>(_mean.AsSpan());
        Span<Vector256<double>> squares = MemoryMarshal.Cast<double, Vector256<double>>(_square.AsSpan());
        ReadOnlySpan<Vector256<double>> slopes = MemoryMarshal.Cast<double, Vector256<double>>(gradient.AsSpan(0, parameters.Length));
        for (int i = 0; i < four.Length; i++)
        {
            Vector256<double> g = slopes[i] * scale;
            means[i] = (Beta1 * means[i]) + ((1 - Beta1) * g);
            squares[i] = (Beta2 * squares[i]) + ((1 - Beta2) * g * g);
            Vector256<double> step = means[i] * correct1 / (Vector256.Sqrt(squares[i] * correct2) + Vector256.Create(Epsilon));
            step = Vector256.ConditionalSelect(_masks[i], step + (_decay * four[i]), step);
            four[i] -= rate * step;
        }

        // The same for those that fill no vector.
        for (int i = 4 * four.Length; i < parameters.Length; i++)
        {
            double g = gradient[i] * scale;
            _mean[i] = (Beta1 * _mean[i]) + ((1 - Beta1) * g);
            _square[i] = (Beta2 * _square[i]) + ((1 - Beta2) * g * g);
            double step = _mean[i] * correct1 / (Math.Sqrt(_square[i] * correct2) + Epsilon);
            if (_decays[i])
            {
                step += _decay * parameters[i];
            }

            parameters[i] -= rate * step;
        }
    }

    private static long Mask(bool isSet) => isSet ? -1 : 0;
}
