using NeuralEdge.Conversion.FloatModels;

namespace NeuralEdge.Conversion.Quantisation;

/// <summary>
/// Rounds weights not to the nearest integer each, but so that the whole integer network comes closest to the real one:
/// coordinate descent by one step of one weight or bias at a time, judged by the board's own arithmetic on sample inputs.
/// </summary>
/// <remarks>
/// Rounding errors of a neuron's weights can be made to cancel where its inputs usually are. It costs nothing at run time and
/// no byte; only conversion takes longer. The result depends on the samples and the work allowed, and on nothing else.
/// </remarks>
public sealed class AdaptiveRounding
{
    /// <summary>Multiplications it may take by default: some tenths of a second.</summary>
    public const double DefaultWork = 2e8;

    private const string Stage = "rounding the weights";

    private const int MostPasses = 40;

    /// <summary>What looking at a sample takes besides its multiplications.</summary>
    private const int WorkOfSample = 8;

    private readonly QuantisedNetwork _start;
    private readonly int[][][] _weights;
    private readonly int[][] _biases;
    private readonly int[][][] _accumulators;
    private readonly int[][][] _outputs;
    private readonly int[][] _inputs;
    private readonly double[][] _targets;
    private readonly double[] _costs;
    private readonly double _work;
    private readonly Scratch _scratch;
    private readonly RangesOfLayers _ranges;
    private readonly CancellationToken _cancellation;
    private readonly IProgress<ConversionProgress>? _progress;
    private double _spent;
    private double _unit = 1;

    private AdaptiveRounding(
        FloatNetwork exact, QuantisedNetwork start, IReadOnlyList<double[]> rows, double work, IProgress<ConversionProgress>? progress, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _progress = progress;
        _scratch = new Scratch(start);
        _start = start;
        _work = work;
        _weights = Array.ConvertAll(start.Layers, layer => Array.ConvertAll(layer.Neurons, neuron => (int[])neuron.Weights.Clone()));
        _biases = Array.ConvertAll(start.Layers, layer => Array.ConvertAll(layer.Neurons, neuron => neuron.Bias));
        _ranges = new RangesOfLayers(start, _weights, _biases);
        IntegerNetwork core = new(start);
        _inputs = [.. rows.Select(core.ToRaw)];
        _targets = [.. rows.Select(exact.Scores)];
        _costs = new double[rows.Count];
        _accumulators = Array.ConvertAll(start.Layers, layer => NewRows(rows.Count, layer.Neurons.Length));
        _outputs = Array.ConvertAll(start.Layers, layer => NewRows(rows.Count, layer.Neurons.Length));
        for (int s = 0; s < rows.Count; s++)
        {
            for (int l = 0; l < start.Layers.Length; l++)
            {
                ComputeLayer(l, l == 0 ? _inputs[s] : _outputs[l - 1][s], _accumulators[l][s], _outputs[l][s]);
            }
        }
    }

    /// <summary>Improves the rounding of a network.</summary>
    /// <param name="exact">The real network.</param>
    /// <param name="start">The integers made of it.</param>
    /// <param name="rows">Sample inputs in their units.</param>
    /// <param name="work">Multiplications it may take, about; the same on every machine.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="cancellation">Looked at with each weight.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <returns>A network of the same form whose largest error at the samples is at most that of <paramref name="start"/>.</returns>
    public static QuantisedNetwork Refine(
        FloatNetwork exact,
        QuantisedNetwork start,
        IReadOnlyList<double[]> rows,
        double work = DefaultWork,
        IProgress<ConversionProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(exact);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(rows);
        return rows.Count == 0 ? start : new AdaptiveRounding(exact, start, rows, work, progress, cancellation).Run();
    }

    private QuantisedNetwork Run()
    {
        QuantisedNetwork best = _start;
        double bestError = LargestError();

        // First all errors count, then more and more only the largest ones.
        int power = 2;
        for (int pass = 0; pass < MostPasses && _spent < _work; pass++)
        {
            _unit = Math.Max(LargestError(), double.Epsilon);
            double before = Recost(power);
            double after = Pass(before, power);
            double error = LargestError();
            if (error < bestError)
            {
                bestError = error;
                best = Current();
            }

            if (after > 0.97 * before)
            {
                if (power >= 32)
                {
                    break;
                }

                power *= 2;
            }
        }

        return best;
    }

    /// <summary>Tries every weight and bias once.</summary>
    private double Pass(double cost, int power)
    {
        for (int l = 0; l < _weights.Length; l++)
        {
            int limit = _start.Layers[l].WeightBytes == 1 ? 127 : 32767;
            for (int n = 0; n < _weights[l].Length; n++)
            {
                _progress?.Report(new ConversionProgress(Stage, Math.Min(1, _spent / _work)));
                int[] weights = _weights[l][n];
                for (int i = 0; i < weights.Length && _spent < _work; i++)
                {
                    foreach (int step in (ReadOnlySpan<int>)[1, -1])
                    {
                        if (Math.Abs(weights[i] + step) <= limit && Try(l, n, i, step, 0, power, ref cost))
                        {
                            break;
                        }
                    }
                }

                // A bias takes steps of what one step of a weight does at its input's largest, and parts of them.
                int largest = _start.IsFast ? 8 : 15;
                for (int shift = largest; shift >= largest - 8 && _spent < _work; shift -= 2)
                {
                    if (!Try(l, n, -1, 0, 1 << shift, power, ref cost))
                    {
                        Try(l, n, -1, 0, -(1 << shift), power, ref cost);
                    }
                }
            }
        }

        return cost;
    }

    /// <summary>Makes a change when it lowers the cost and no accumulator can overflow with it.</summary>
    private bool Try(int layer, int neuron, int input, int weightStep, int biasStep, int power, ref double cost)
    {
        _cancellation.ThrowIfCancellationRequested();
        double[] costs = _scratch.Costs(_costs.Length);
        double sum = 0;
        for (int s = 0; s < costs.Length; s++)
        {
            int x = input < 0 ? 0 : layer == 0 ? _inputs[s][input] : _outputs[layer - 1][s][input];
            int change = (weightStep * x) + biasStep;
            int y = Output(layer, neuron, _accumulators[layer][s][neuron] + change);
            costs[s] = y == _outputs[layer][s][neuron] ? _costs[s] : CostWith(s, layer, neuron, y, _scratch, power);
            sum += costs[s];
            _spent += WorkOfSample;
            if (sum >= cost)
            {
                return false;
            }
        }

        ref int bias = ref _biases[layer][neuron];
        if (Math.Abs((long)bias + biasStep) > int.MaxValue)
        {
            return false;
        }

        bias += biasStep;
        if (input >= 0)
        {
            _weights[layer][neuron][input] += weightStep;
        }

        if (!_ranges.FitAfterChange(layer, neuron))
        {
            bias -= biasStep;
            if (input >= 0)
            {
                _weights[layer][neuron][input] -= weightStep;
            }

            return false;
        }

        Commit(layer, neuron, input, weightStep, biasStep);
        costs.CopyTo(_costs, 0);
        cost = sum;
        return true;
    }

    private void Commit(int layer, int neuron, int input, int weightStep, int biasStep)
    {
        for (int s = 0; s < _inputs.Length; s++)
        {
            int x = input < 0 ? 0 : layer == 0 ? _inputs[s][input] : _outputs[layer - 1][s][input];
            _accumulators[layer][s][neuron] += (weightStep * x) + biasStep;
            _outputs[layer][s][neuron] = Output(layer, neuron, _accumulators[layer][s][neuron]);
            for (int l = layer + 1; l < _weights.Length; l++)
            {
                ComputeLayer(l, _outputs[l - 1][s], _accumulators[l][s], _outputs[l][s]);
            }
        }
    }

    // Only the changed neuron's share of the next layer is new; behind it everything is.
    private double CostWith(int sample, int layer, int neuron, int y, Scratch scratch, int power)
    {
        if (layer == _weights.Length - 1)
        {
            int[] last = scratch.Outputs[layer];
            _outputs[layer][sample].CopyTo(last, 0);
            last[neuron] = y;
            return Cost(sample, last, power);
        }

        int change = y - _outputs[layer][sample][neuron];
        int[] next = scratch.Outputs[layer + 1];
        int[][] rows = _weights[layer + 1];
        int[] accumulators = _accumulators[layer + 1][sample];
        for (int k = 0; k < next.Length; k++)
        {
            next[k] = Output(layer + 1, k, accumulators[k] + (rows[k][neuron] * change));
        }

        _spent += 4 * next.Length;
        for (int l = layer + 2; l < _weights.Length; l++)
        {
            ComputeLayer(l, scratch.Outputs[l - 1], scratch.Accumulators[l], scratch.Outputs[l]);
        }

        return Cost(sample, scratch.Outputs[^1], power);
    }

    private void ComputeLayer(int l, int[] x, int[] accumulators, int[] y)
    {
        for (int n = 0; n < y.Length; n++)
        {
            int sum = _biases[l][n];
            int[] weights = _weights[l][n];
            for (int i = 0; i < weights.Length; i++)
            {
                sum += weights[i] * x[i];
            }

            accumulators[n] = sum;
            y[n] = Output(l, n, sum);
        }

        _spent += (double)y.Length * (x.Length + 3);
    }

    private int Output(int l, int n, int accumulator) => _start.Layers[l].Output(n, accumulator);

    private double Cost(int sample, int[] outputs, int power)
    {
        double cost = 0;
        for (int o = 0; o < outputs.Length; o++)
        {
            double error = Math.Abs((outputs[o] * _start.Layers[^1].Neurons[o].OutputScale) - _targets[sample][o]) / _unit;
            double raised = error * error;
            for (int p = 2; p < power; p *= 2)
            {
                raised *= raised;
            }

            cost += raised;
        }

        return cost;
    }

    private double Recost(int power)
    {
        double sum = 0;
        for (int s = 0; s < _costs.Length; s++)
        {
            _costs[s] = Cost(s, _outputs[^1][s], power);
            sum += _costs[s];
        }

        return sum;
    }

    private double LargestError()
    {
        double largest = 0;
        for (int s = 0; s < _targets.Length; s++)
        {
            for (int o = 0; o < _targets[s].Length; o++)
            {
                largest = Math.Max(largest, Math.Abs((_outputs[^1][s][o] * _start.Layers[^1].Neurons[o].OutputScale) - _targets[s][o]));
            }
        }

        return largest;
    }

    private QuantisedNetwork Current()
    {
        QuantisedLayer[] layers = new QuantisedLayer[_weights.Length];
        for (int l = 0; l < layers.Length; l++)
        {
            QuantisedNeuron[] neurons = new QuantisedNeuron[_weights[l].Length];
            for (int n = 0; n < neurons.Length; n++)
            {
                neurons[n] = _start.Layers[l].Neurons[n] with { Weights = (int[])_weights[l][n].Clone(), Bias = _biases[l][n] };
            }

            layers[l] = _start.Layers[l] with { Neurons = neurons };
        }

        return _start with { Layers = layers };
    }

    private static int[][] NewRows(int count, int width)
    {
        int[][] rows = new int[count][];
        for (int s = 0; s < count; s++)
        {
            rows[s] = new int[width];
        }

        return rows;
    }

    private sealed class Scratch(QuantisedNetwork network)
    {
        private double[] _costs = [];

        public double[] Costs(int count) => _costs.Length == count ? _costs : _costs = new double[count];

        public int[][] Accumulators { get; } = Array.ConvertAll(network.Layers, layer => new int[layer.Neurons.Length]);

        public int[][] Outputs { get; } = Array.ConvertAll(network.Layers, layer => new int[layer.Neurons.Length]);
    }
}
