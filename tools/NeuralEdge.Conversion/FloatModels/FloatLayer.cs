using NeuralEdge.Conversion.Activations;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.FloatModels;

/// <summary>One dense layer in real numbers: activation(Weights x + Bias).</summary>
public sealed class FloatLayer
{
    /// <summary>A layer from its parameters; the arrays are kept, not copied.</summary>
    /// <param name="weights">One row of weights per neuron, all rows equally long.</param>
    /// <param name="bias">One number per neuron.</param>
    /// <param name="function">What follows the weighted sum.</param>
    /// <param name="slope">The factor of negative pre-activations, for activations that have one.</param>
    /// <exception cref="ArgumentException">The shapes do not agree, or there is no neuron or no input.</exception>
    public FloatLayer(double[][] weights, double[] bias, ActivationFunction function, double slope = DefaultSlope)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(bias);
        ArgumentNullException.ThrowIfNull(function);
        if (weights.Length == 0 || weights[0].Length == 0 || bias.Length != weights.Length)
        {
            throw new ArgumentException("A layer needs at least one neuron, one input, and one bias per neuron.", nameof(weights));
        }

        foreach (double[] row in weights)
        {
            if (row.Length != weights[0].Length)
            {
                throw new ArgumentException("All neurons of a layer have the same number of weights.", nameof(weights));
            }
        }

        Weights = weights;
        Bias = bias;
        Function = function;
        Slope = slope;
    }

    /// <summary>The slope of leaky ReLU when none is given.</summary>
    public const double DefaultSlope = 0.01;

    /// <summary>Weights[neuron][input].</summary>
    public double[][] Weights { get; }

    /// <summary>Bias[neuron].</summary>
    public double[] Bias { get; }

    /// <summary>What follows the weighted sum.</summary>
    public ActivationFunction Function { get; }

    /// <summary>What a board calls <see cref="Function"/>.</summary>
    public Activation Activation => Function.Activation;

    /// <summary>The factor of negative pre-activations; meaningless for activations that have none.</summary>
    public double Slope { get; }

    /// <summary>How many numbers the layer takes.</summary>
    public int InputCount => Weights[0].Length;

    /// <summary>How many numbers the layer gives: its neurons.</summary>
    public int OutputCount => Weights.Length;
}
