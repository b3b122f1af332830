using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Quantisation;

/// <summary>
/// The largest values that hidden neurons took at rows, from which scales follow where no bound is worth one: bounds by interval
/// arithmetic grow with every layer, what is seen does not.
/// </summary>
/// <remarks>
/// A neuron's scale leaves room for <see cref="Margin"/> times its largest value. With rows alike, not one in 350,000 others
/// passed twice the largest of 500; a neuron that is hardly ever active is given a quarter of what its layer's largest has.
/// </remarks>
public sealed class SeenValues
{
    /// <summary>How many times the largest value seen fits a neuron's 16 bits, at least.</summary>
    public const double DefaultMargin = 2;

    private const double LeastShareOfLayer = 0.25;

    private readonly double[][] _largest;
    private readonly double[][] _mean;
    private readonly double[] _largestPreActivations;

    private SeenValues(double[][] largest, double[][] mean, double[] largestPreActivations, double margin)
    {
        _largestPreActivations = largestPreActivations;
        _largest = largest;
        _mean = mean;
        Margin = margin;
    }

    /// <summary>How many times the largest value seen has to fit.</summary>
    public double Margin { get; }

    /// <summary>Looks at the values of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rows">Rows of values, one or more.</param>
    /// <param name="margin">How many times the largest value seen has to fit, 1 or more.</param>
    public static SeenValues At(FloatNetwork network, IReadOnlyList<double[]> rows, double margin = DefaultMargin)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(margin, 1);
        double[][] largest = Array.ConvertAll(network.Layers[..^1], layer => new double[layer.OutputCount]);
        double[][] mean = Array.ConvertAll(network.Layers[..^1], layer => new double[layer.OutputCount]);
        double[] largestPreActivations = new double[network.Layers.Length];
        foreach (double[] row in rows)
        {
            double[][] z = network.PreActivations(row);
            for (int l = 0; l < z.Length; l++)
            {
                largestPreActivations[l] = Math.Max(largestPreActivations[l], z[l].Max(Math.Abs));
            }

            for (int l = 0; l < largest.Length; l++)
            {
                FloatLayer layer = network.Layers[l];
                for (int n = 0; n < z[l].Length; n++)
                {
                    double value = layer.Function.Evaluate(z[l][n], layer.Slope);
                    largest[l][n] = Math.Max(largest[l][n], Math.Abs(value));
                    mean[l][n] += value / rows.Count;
                }
            }
        }

        return new SeenValues(largest, mean, largestPreActivations, margin);
    }

    /// <summary>The same values with another margin.</summary>
    /// <param name="margin">How many times the largest value seen has to fit, 1 or more.</param>
    public SeenValues WithMargin(double margin) => new(_largest, _mean, _largestPreActivations, margin);

    /// <summary>The largest magnitude that a neuron's integers have to reach.</summary>
    /// <param name="layer">A hidden layer.</param>
    /// <param name="neuron">Its neuron.</param>
    /// <returns>A value in the units of the layer's outputs; infinite when nothing was seen of the whole layer.</returns>
    internal double Reach(int layer, int neuron)
    {
        double largest = Math.Max(_largest[layer][neuron], LeastShareOfLayer * _largest[layer].Max());
        return largest > 0 ? Margin * largest : double.PositiveInfinity;
    }

    /// <summary>The largest magnitude that a layer's pre-activations have to reach.</summary>
    /// <param name="layer">Any layer, the last included.</param>
    /// <returns>A value; infinite when nothing was seen of the whole layer.</returns>
    internal double ReachOfPreActivations(int layer) =>
        _largestPreActivations[layer] > 0 ? Margin * _largestPreActivations[layer] : double.PositiveInfinity;

    /// <summary>The mean of a layer's outputs.</summary>
    /// <param name="layer">A hidden layer.</param>
    internal double[] MeanOf(int layer) => _mean[layer];

    /// <summary>True when each neuron of a network has a scale as fine as what was seen asks for.</summary>
    /// <param name="integers">The network, without ceilings.</param>
    internal bool AreServedBy(QuantisedNetwork integers)
    {
        for (int l = 0; l < _largest.Length; l++)
        {
            QuantisedLayer layer = integers.Layers[l];
            for (int n = 0; n < layer.Neurons.Length && layer.Function.Format is null; n++)
            {
                // A scale coarser than the accumulator's is all that a ceiling could mend.
                QuantisedNeuron neuron = layer.Neurons[n];
                if (neuron.Shift > 0 && 2 * Reach(l, n) <= Ceiling.Value * neuron.OutputScale)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
