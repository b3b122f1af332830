using System.Runtime.Intrinsics;
using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.FloatModels;

namespace NeuralEdge.Learning.Training;

/// <summary>
/// A network whose parameters lie in one array, and the gradient of its loss by backpropagation. Sums run in
/// one fixed order on one core: the same bits everywhere are worth more here than speed. Several rows are
/// taken four at a time, which changes no order.
/// </summary>
public sealed class TrainableNetwork
{
    private readonly int[] _widths;
    private readonly ActivationFunction[] _activations;
    private readonly double _slope;
    private readonly LossKind _loss;
    private readonly int[] _weightsAt;
    private readonly int[] _biasesAt;
    private readonly double[][] _z;
    private readonly double[][] _a;
    private readonly double[][] _delta;
    private readonly FourRows _four;

    /// <summary>A network with all parameters zero.</summary>
    /// <param name="widths">The number of inputs, then of the neurons of each layer.</param>
    /// <param name="activations">One per layer.</param>
    /// <param name="slope">The slope below zero of activations that have one.</param>
    /// <param name="loss">What <see cref="AddGradient"/> differentiates.</param>
    /// <exception cref="ArgumentException">Softmax and cross-entropy not together and in the last layer only, or no layer.</exception>
    public TrainableNetwork(IReadOnlyList<int> widths, IReadOnlyList<ActivationFunction> activations, double slope, LossKind loss)
    {
        ArgumentNullException.ThrowIfNull(widths);
        ArgumentNullException.ThrowIfNull(activations);
        _widths = [.. widths];
        _activations = [.. activations];
        _slope = slope;
        _loss = loss;
        int layers = _activations.Length;
        if (layers == 0 || _widths.Length != layers + 1 || Array.Exists(_widths, w => w < 1))
        {
            throw new ArgumentException("A network has at least one layer, and every layer an activation and a neuron.", nameof(widths));
        }

        for (int l = 0; l < layers; l++)
        {
            if (_activations[l].GivesLogits != (l == layers - 1 && loss == LossKind.CrossEntropy))
            {
                throw new ArgumentException("Softmax belongs to the last layer and to cross-entropy, and each needs the other.", nameof(activations));
            }
        }

        _weightsAt = new int[layers];
        _biasesAt = new int[layers];
        _z = new double[layers][];
        _a = new double[layers][];
        _delta = new double[layers][];
        int at = 0;
        for (int l = 0; l < layers; l++)
        {
            _weightsAt[l] = at;
            at += _widths[l] * _widths[l + 1];
            _biasesAt[l] = at;
            at += _widths[l + 1];
            _z[l] = new double[_widths[l + 1]];
            _a[l] = new double[_widths[l + 1]];
            _delta[l] = new double[_widths[l + 1]];
        }

        Parameters = new double[at];
        _four = new FourRows([.. _activations.Select((activation, l) => new LayerPlace(_widths[l], _widths[l + 1], activation, _weightsAt[l], _biasesAt[l]))], Parameters, slope);
    }

    /// <summary>All parameters: of each layer the weights, neuron by neuron, then the biases.</summary>
    public double[] Parameters { get; }

    /// <summary>Multiplications of one forward pass.</summary>
    public int Macs => Parameters.Length - _widths.Skip(1).Sum();

    /// <summary>True for each parameter that is a weight, false for biases.</summary>
    public bool[] WeightMask()
    {
        bool[] mask = new bool[Parameters.Length];
        for (int l = 0; l < _activations.Length; l++)
        {
            Array.Fill(mask, true, _weightsAt[l], _biasesAt[l] - _weightsAt[l]);
        }

        return mask;
    }

    /// <summary>
    /// Random first weights, uniform within the bound that suits a layer's activation; biases zero. Inputs that never change get zero weights: nothing would ever correct them.
    /// </summary>
    /// <param name="random">The source of the weights.</param>
    /// <param name="deadInputs">True for inputs to leave out; null for none.</param>
    public void Initialise(PortableRandom random, bool[]? deadInputs = null)
    {
        ArgumentNullException.ThrowIfNull(random);
        Array.Clear(Parameters);
        for (int l = 0; l < _activations.Length; l++)
        {
            int inputs = _widths[l];
            int outputs = _widths[l + 1];

            // Weights must be those of a network without such inputs: it learns the same, whatever stands beside what it looks at.
            bool[]? dead = l == 0 ? deadInputs : null;
            double bound = _activations[l].FirstWeights(dead is null ? inputs : Math.Max(1, dead.Count(isDead => !isDead)), outputs);
            for (int j = 0; j < outputs; j++)
            {
                for (int i = 0; i < inputs; i++)
                {
                    Parameters[_weightsAt[l] + (j * inputs) + i] = dead is not null && dead[i] ? 0 : ((2 * random.NextDouble()) - 1) * bound;
                }
            }
        }
    }

    /// <summary>The loss of one row.</summary>
    public double Loss(double[] inputs, double[] targets)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        Forward(inputs);
        return LossOfOutputs(_a[^1], targets);
    }

    /// <summary>Adds the weighted losses of all rows to a sum, one after the other.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="sum">The sum so far.</param>
    internal double AddLosses(TrainingRows rows, double sum)
    {
        int row = 0;
        for (; row <= rows.Inputs.Length - FourRows.Count; row += FourRows.Count)
        {
            _four.Forward(rows.Inputs.AsSpan(row, FourRows.Count));
            for (int r = 0; r < FourRows.Count; r++)
            {
                sum += rows.WeightOf(row + r) * LossOfOutputs(_four.Outputs[r], rows.Targets[row + r]);
            }
        }

        for (; row < rows.Inputs.Length; row++)
        {
            sum += rows.WeightOf(row) * Loss(rows.Inputs[row], rows.Targets[row]);
        }

        return sum;
    }

    /// <summary>Adds the gradients of some rows, and their weighted losses to a sum, one after the other.</summary>
    /// <param name="rows">The rows that there are.</param>
    /// <param name="chosen">Numbers of those to add.</param>
    /// <param name="gradient">One sum for each parameter.</param>
    /// <param name="sum">The sum of losses so far.</param>
    internal double AddGradients(TrainingRows rows, ReadOnlySpan<int> chosen, double[] gradient, double sum)
    {
        int k = 0;
        for (; k <= chosen.Length - FourRows.Count; k += FourRows.Count)
        {
            (int a, int b, int c, int d) = (chosen[k], chosen[k + 1], chosen[k + 2], chosen[k + 3]);
            _four.Forward([rows.Inputs[a], rows.Inputs[b], rows.Inputs[c], rows.Inputs[d]]);
            for (int r = 0; r < FourRows.Count; r++)
            {
                sum += rows.WeightOf(chosen[k + r]) * LossOfOutputs(_four.Outputs[r], rows.Targets[chosen[k + r]]);
            }

            _four.AddGradient(
                [rows.Targets[a], rows.Targets[b], rows.Targets[c], rows.Targets[d]],
                Vector256.Create(rows.WeightOf(a), rows.WeightOf(b), rows.WeightOf(c), rows.WeightOf(d)),
                gradient);
        }

        for (; k < chosen.Length; k++)
        {
            sum += AddGradient(rows.Inputs[chosen[k]], rows.Targets[chosen[k]], gradient, rows.WeightOf(chosen[k]));
        }

        return sum;
    }

    /// <summary>The output that is largest for one row; the first of equal ones.</summary>
    public int Answer(double[] inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Forward(inputs);
        return Array.IndexOf(_a[^1], _a[^1].Max());
    }

    /// <summary>Adds the gradient of one row's loss to <paramref name="gradient"/> and gives the loss.</summary>
    /// <param name="inputs">The row's inputs.</param>
    /// <param name="targets">What should come out.</param>
    /// <param name="gradient">One sum for each parameter.</param>
    /// <param name="weight">How many rows this one counts for, above 0; loss and gradient are multiplied by it.</param>
    public double AddGradient(double[] inputs, double[] targets, double[] gradient, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(gradient);
        Forward(inputs);
        double loss = weight * LossOfOutputs(_a[^1], targets);
        int last = _activations.Length - 1;
        for (int j = 0; j < targets.Length; j++)
        {
            // For softmax with cross-entropy the derivative by the logit is exactly this difference too.
            _delta[last][j] = weight * (_a[last][j] - targets[j]);
        }

        for (int l = last; l >= 0; l--)
        {
            _activations[l].Differentiate(_z[l], _a[l], _slope, _delta[l]);
            double[] below = l == 0 ? inputs : _a[l - 1];
            int width = _widths[l];
            Span<double> biases = gradient.AsSpan(_biasesAt[l], _widths[l + 1]);
            Span<double> errors = l == 0 ? [] : _delta[l - 1].AsSpan(0, width);
            errors.Clear();
            for (int j = 0; j < _widths[l + 1]; j++)
            {
                double d = _delta[l][j];
                biases[j] += d;
                ReadOnlySpan<double> values = below.AsSpan(0, width);
                Span<double> slopes = gradient.AsSpan(_weightsAt[l] + (j * width), width);
                for (int i = 0; i < slopes.Length; i++)
                {
                    slopes[i] += d * values[i];
                }

                if (l > 0)
                {
                    ReadOnlySpan<double> weights = Parameters.AsSpan(_weightsAt[l] + (j * width), width);
                    for (int i = 0; i < weights.Length; i++)
                    {
                        errors[i] += d * weights[i];
                    }
                }
            }
        }

        return loss;
    }

    /// <summary>A copy of the network as layers.</summary>
    public FloatNetwork ToNetwork()
    {
        FloatLayer[] layers = new FloatLayer[_activations.Length];
        for (int l = 0; l < layers.Length; l++)
        {
            int width = _widths[l];
            double[][] weights = new double[_widths[l + 1]][];
            for (int j = 0; j < weights.Length; j++)
            {
                weights[j] = Parameters.AsSpan(_weightsAt[l] + (j * width), width).ToArray();
            }

            double[] bias = Parameters.AsSpan(_biasesAt[l], _widths[l + 1]).ToArray();
            layers[l] = new FloatLayer(weights, bias, _activations[l], _slope);
        }

        return new FloatNetwork(layers);
    }

    private void Forward(double[] inputs)
    {
        double[] below = inputs;
        for (int l = 0; l < _activations.Length; l++)
        {
            int width = _widths[l];
            for (int j = 0; j < _widths[l + 1]; j++)
            {
                ReadOnlySpan<double> weights = Parameters.AsSpan(_weightsAt[l] + (j * width), width);
                ReadOnlySpan<double> values = below.AsSpan(0, width);
                double sum = Parameters[_biasesAt[l] + j];
                for (int i = 0; i < weights.Length; i++)
                {
                    sum += weights[i] * values[i];
                }

                _z[l][j] = sum;
            }

            _activations[l].EvaluateAll(_z[l], _a[l], _slope);
            below = _a[l];
        }

        if (_loss == LossKind.CrossEntropy)
        {
            Softmax.Apply(_a[^1]);
        }
    }

    private double LossOfOutputs(double[] outputs, double[] targets)
    {
        double loss = 0;
        for (int j = 0; j < outputs.Length; j++)
        {
            if (_loss == LossKind.SquaredError)
            {
                double d = outputs[j] - targets[j];
                loss += 0.5 * d * d;
            }
            else if (targets[j] != 0)
            {
                // A probability that underflowed to 0 counts as 1e-300: large, but a number that can be compared.
                loss -= targets[j] * PortableMath.Log(outputs[j] < 1e-300 ? 1e-300 : outputs[j]);
            }
        }

        return loss;
    }
}
