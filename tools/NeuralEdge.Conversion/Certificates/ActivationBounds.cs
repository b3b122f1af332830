using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Proofs;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Certificates;

/// <summary>What error analysis must know of an activation; every answer errs to the safe side of double's rounding.</summary>
internal static class ActivationBounds
{
    /// <summary>More than the error of a function of <see cref="PortableMath"/> whose values are at most 1.</summary>
    private const double Slack = 1e-14;

    /// <summary>Half a step, and a little for what is rounded before the step is.</summary>
    private const double HalfOfEntry = 0.5 + (1.0 / 1024);

    // Chords flatter than this are taken as level; their points of contact would be ill-conditioned.
    private const double FlattestChord = 1e-12;

    /// <summary>Largest error of a neuron's integer activation against the exact one of the same pre-activation.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="neuron">Which neuron.</param>
    /// <param name="low">Smallest pre-activation, exact or of the integers.</param>
    /// <param name="high">Largest pre-activation, exact or of the integers.</param>
    internal static double OwnError(CertifiedLayer layer, int neuron, double low, double high)
    {
        double step = layer.HasIntegers ? layer.OutputScale[neuron] : 0;

        // An entry of a table is rounded once more, to its own coarser steps, whatever the activation.
        double entry = layer.HasTable ? HalfOfEntry * step : 0;
        double exactStep = layer.HasTable ? Math.ScaleB(1, layer.Activation == Activation.Tanh ? -15 : -16) : step;
        double rounding = Slack * Math.Max(Math.Abs(low), Math.Abs(high));
        switch (layer.Activation)
        {
            case Activation.Tanh:
            case Activation.Sigmoid:
                return entry + (TanhProof.MostError * exactStep) + Slack;
            case Activation.LeakyRelu:
                double leak = layer.HasTable ? 0 : 0.5 * step;
                return entry + rounding + (low >= 0 ? 0 : leak + (Math.Abs(layer.FixedSlope - layer.Slope) * -low));
            default:
                return layer.HasTable ? entry + rounding : 0;
        }
    }

    /// <summary>Range of the outputs for pre-activations low..high.</summary>
    internal static (double Low, double High) Range(Activation activation, double slope, double low, double high)
    {
        double slack = activation is Activation.Tanh or Activation.Sigmoid ? Slack : 0;
        double a = FloatNetwork.Activate(activation, slope, low) - slack;
        double b = FloatNetwork.Activate(activation, slope, high) + slack;
        return activation switch
        {
            Activation.Tanh => (Math.Max(a, -1), Math.Min(b, 1)),
            Activation.Sigmoid => (Math.Max(a, 0), Math.Min(b, 1)),
            _ => (a, b),
        };
    }

    /// <summary>Range of the derivative between low and high.</summary>
    internal static (double Least, double Most) Slopes(Activation activation, double slope, double low, double high)
    {
        switch (activation)
        {
            case Activation.Tanh:
                return TanhSlopes(low, high);
            case Activation.Sigmoid:
                (double least, double most) = TanhSlopes(low / 2, high / 2);
                return (least / 4, most / 4);
            case Activation.Relu:
                return (low >= 0 ? 1 : 0, high <= 0 ? 0 : 1);
            case Activation.LeakyRelu:
                return (low >= 0 ? 1 : Math.Min(slope, 1), high <= 0 ? slope : Math.Max(slope, 1));
            default:
                return (1, 1);
        }
    }

    /// <summary>A line that the activation keeps to within Radius between low and high: Slope z + Offset.</summary>
    internal static (double Slope, double Offset, double Radius) Line(Activation activation, double slope, double low, double high)
    {
        switch (activation)
        {
            case Activation.Tanh:
                return TanhLine(low, high);
            case Activation.Sigmoid:
                (double s, double offset, double radius) = TanhLine(low / 2, high / 2);
                return (s / 4, 0.5 + (offset / 2), (radius / 2) + Slack);
            case Activation.Relu:
                return KinkedLine(0, low, high);
            case Activation.LeakyRelu:
                return KinkedLine(slope, low, high);
            default:
                return (1, 0, 0);
        }
    }

    private static (double Least, double Most) TanhSlopes(double low, double high)
    {
        double nearest = low > 0 ? low : high < 0 ? high : 0;
        double farthest = Math.Max(Math.Abs(low), Math.Abs(high));
        double a = PortableMath.Tanh(farthest);
        double b = PortableMath.Tanh(nearest);
        return (Math.Max(0, 1 - (a * a) - Slack), Math.Min(1, 1 - (b * b) + Slack));
    }

    // tanh z - s z is extreme at the ends and where the derivative of tanh is s.
    private static (double Slope, double Offset, double Radius) TanhLine(double low, double high)
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

    private static (double Slope, double Offset, double Radius) KinkedLine(double slope, double low, double high)
    {
        if (low >= 0)
        {
            return (1, 0, 0);
        }

        if (high <= 0)
        {
            return (slope, 0, 0);
        }

        double s = (high - (slope * low)) / (high - low);
        double atLow = (slope - s) * low;
        double atHigh = (1 - s) * high;
        double least = Math.Min(0, Math.Min(atLow, atHigh));
        double most = Math.Max(0, Math.Max(atLow, atHigh));
        return (s, (least + most) / 2, ((most - least) / 2) + (Slack * (high - low)));
    }
}
