using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Numerics;

namespace NeuralEdge.Tests.Kernels;

/// <summary>
/// A network of the profile fast whose neurons use their lanes to the end, or one of the other profiles whose accumulators use
/// their 32 bits, with a reference in plain 64 bits that knows nothing of lanes.
/// </summary>
internal sealed class RandomLaneNetwork
{
    private const long LaneEnd = 1 << 20;
    private static readonly Activation[] Hidden = [Activation.Tanh, Activation.Sigmoid, Activation.Relu, Activation.LeakyRelu, Activation.Linear];

    private readonly int[] _low;
    private readonly int[] _high;
    private readonly List<QuantisedLayer> _layers = [];
    private readonly QuantisedNetwork _integers;
    private readonly double _sparsity;

    /// <param name="random">Decides everything.</param>
    /// <param name="widths">Number of inputs, then of neurons of each layer.</param>
    /// <param name="beyond">By how much a neuron of the first layer leaves its lane.</param>
    /// <param name="like">A network of these widths whose lanes, and whose layers with a common table, this one has too.</param>
    /// <param name="inLanes">False for the other profiles.</param>
    /// <param name="sparsity">Share of the weights that are zero besides.</param>
    /// <param name="hasCeilings">True when hidden layers without ends are limited.</param>
    internal RandomLaneNetwork(PortableRandom random, int[] widths, int beyond = 0, RandomLaneNetwork? like = null, bool inLanes = true, double sparsity = 0, bool hasCeilings = false)
    {
        _sparsity = sparsity;
        _low = new int[widths[0]];
        _high = new int[widths[0]];
        int around = random.Next(3) == 0 ? random.Next(8000) : 0;
        for (int i = 0; i < _low.Length; i++)
        {
            _low[i] = around - random.Next(400);
            _high[i] = _low[i] + (random.Next(8) == 0 ? 0 : random.Next(510));
        }

        int[] low = _low;
        int[] high = _high;
        for (int l = 1; l < widths.Length; l++)
        {
            bool last = l == widths.Length - 1;
            Activation activation = last ? (Activation)random.Next(6) : Hidden[random.Next(Hidden.Length)];
            int lanes = !inLanes ? 0 : like?._layers[l - 1].Lanes ?? (last ? 2 + random.Next(2) : 3);
            QuantisedLayer? same = last || !inLanes ? null : SameTable(random, l - 1, like);
            activation = same?.Activation ?? activation;
            int slope = same?.Slope ?? (activation == Activation.LeakyRelu ? random.Next(32768) : 0);
            QuantisedNeuron[] neurons = new QuantisedNeuron[widths[l]];
            for (int n = 0; n < neurons.Length; n++)
            {
                int shift = !inLanes ? WordShift(random, activation) : last && random.Next(2) == 0 ? random.Next(20) : 0;
                neurons[n] = lanes == 3 ? InLane(random, low, high, shift) : InWord(random, low, high, shift);
            }

            ActivationTable? table = last || !inLanes ? null : same?.Table ?? TableOf(random, activation, slope);
            bool hasCeiling = hasCeilings && !last && activation is (Activation.Linear or Activation.Relu or Activation.LeakyRelu);
            QuantisedLayer layer = new(activation, slope, 2, 0, neurons, lanes, table, hasCeiling);
            _layers.Add(layer);
            RawInput[] outputs = new RawLayer([], [], low, high, []).OutputsOf(layer);
            (low, high) = (Array.ConvertAll(outputs, o => o.Minimum), Array.ConvertAll(outputs, o => o.Maximum));
        }

        _layers[0].Neurons[0] = _layers[0].Neurons[0] with { Bias = _layers[0].Neurons[0].Bias + beyond };

        _integers = new QuantisedNetwork([.. _low.Zip(_high, (a, b) => new RawInput(a, b, 1, 0))], [.. _layers]);
        Network = new IntegerNetwork(_integers).Core;
    }

    /// <summary>The network.</summary>
    internal Network Network { get; }

    /// <summary>Number of inputs, then of neurons of each layer.</summary>
    internal int[] Widths => [_low.Length, .. _layers.Select(layer => layer.Neurons.Length)];

    /// <summary>Names the network in a message.</summary>
    public override string ToString() =>
        $"{_low.Length} inputs, then {string.Join(", ", _layers.Select(layer => $"{layer.Neurons.Length} {layer.Activation} in {layer.Lanes} lanes"))}";

    /// <summary>Sets inputs: at random, or those that drive a neuron of the first layer to an end of its lane.</summary>
    internal void SetInputs(PortableRandom random)
    {
        int towards = random.Next(3) - 1;
        int[] weights = _layers[0].Neurons[random.Next(_layers[0].Neurons.Length)].Weights;
        for (int i = 0; i < _low.Length; i++)
        {
            Network.SetInput(i, towards == 0
                ? _low[i] + random.Next(_high[i] - _low[i] + 1)
                : weights[i] * towards > 0 ? _high[i] : _low[i]);
        }
    }

    /// <summary>A model file of it, with one golden vector.</summary>
    internal byte[] File()
    {
        Network.SetInputs(_low, 0);
        Network.Forward();
        byte[] golden = [1, 0, 0, 0, .. _low.Concat(Network.Outputs).SelectMany(BitConverter.GetBytes)];
        return ModelWriter.Container(
            [(ModelFormat.NetworkSection, true, ModelWriter.NetworkPayload(_integers)), (ModelFormat.GoldenSection, true, golden)],
            _integers.Saturates ? ModelFormat.MajorVersion : ModelFormat.FirstMajorVersion);
    }

    /// <summary>What FORMAT.md 2.3 says, in 64 bits and without the tables' code.</summary>
    internal int[] Reference()
    {
        long[] x = [.. Enumerable.Range(0, _low.Length).Select(i => (long)Network.GetInput(i))];
        foreach (QuantisedLayer layer in _layers)
        {
            x = [.. layer.Neurons.Select(neuron => Output(layer, neuron, neuron.Bias + neuron.Weights.Zip(x, (w, v) => w * v).Sum()))];
        }

        return Array.ConvertAll(x, y => (int)y);
    }

    /// <summary>True when the core's layers give back the integers they were made of, however their rows were arranged.</summary>
    internal bool KeepsItsIntegers() => Enumerable.Range(0, _layers.Count).All(l =>
    {
        DenseLayer core = Network.GetLayer(l);
        return Enumerable.Range(0, core.NeuronCount).All(n =>
            core.GetBias(n) == _layers[l].Neurons[n].Bias
            && Enumerable.Range(0, core.InputCount).All(i => core.GetWeight(n, i) == _layers[l].Neurons[n].Weights[i]));
    });

    // The layer that a hidden layer has its table from: an earlier one now and then, or as in another network.
    private QuantisedLayer? SameTable(PortableRandom random, int layer, RandomLaneNetwork? like)
    {
        if (like is not null)
        {
            int first = like._layers.FindIndex(other => other.Table == like._layers[layer].Table);
            return first < layer ? _layers[first] : null;
        }

        return layer > 0 && random.Next(3) == 0 ? _layers[random.Next(layer)] : null;
    }

    private static long Output(QuantisedLayer layer, QuantisedNeuron neuron, long accumulator)
    {
        if (layer.Table is null)
        {
            long z = neuron.Shift >= 0 ? accumulator >> neuron.Shift : Math.Clamp(accumulator << -neuron.Shift, -int.MaxValue, int.MaxValue);
            return layer.Activation switch
            {
                Activation.Tanh => Tanh.Evaluate((int)z),
                Activation.Sigmoid => 32768 + Tanh.Evaluate((int)z),
                Activation.Relu => Math.Max(0, z),
                Activation.LeakyRelu => z < 0 ? ((z * layer.Slope) + 16384) >> 15 : z,
                _ => z,
            };
        }

        // Entry k stands for accumulators from 1024 k - 2^20 up.
        long k = (accumulator + LaneEnd) >> 10;
        Int128 p = (Int128)((2 * k) - 2047) * layer.Table.Multiplier;
        int Limited(Int128 value, int shift)
        {
            Int128 z = shift > 0 ? (value + ((Int128)1 << (shift - 1))) >> shift : value << -shift;
            return (int)Int128.Clamp(z, -int.MaxValue, int.MaxValue);
        }

        return layer.Activation switch
        {
            Activation.Tanh => ((255 * Tanh.Evaluate(Limited(p, layer.Table.Shift))) + 16384) >> 15,
            Activation.Sigmoid => ((510L * (32768 + Tanh.Evaluate(Limited(p, layer.Table.Shift)))) + 32768) >> 16,
            Activation.Relu => Math.Clamp(Limited(p < 0 ? 0 : p, layer.Table.Shift), -510, 510),
            Activation.LeakyRelu => Math.Clamp(Limited(p < 0 ? ((p * layer.Slope) + 16384) >> 15 : p, layer.Table.Shift), -510, 510),
            _ => Math.Clamp(Limited(p, layer.Table.Shift), -510, 510),
        };
    }

    private static ActivationTable TableOf(PortableRandom random, Activation activation, int slope)
    {
        // Mostly such that the lane is some useful range, sometimes anything.
        int shift = random.Next(5) == 0 ? random.Next(63) - 31 : activation is Activation.Tanh or Activation.Sigmoid ? 9 + random.Next(5) : 20 + random.Next(2);
        return ActivationTable.Create(activation, slope, 1 + random.Next(1 << 20), shift);
    }

    // Only what saturates may be scaled up.
    private static int WordShift(PortableRandom random, Activation activation) => random.Next(4) switch
    {
        0 => 0,
        1 => random.Next(32),
        2 when activation is Activation.Tanh or Activation.Sigmoid => -random.Next(32),
        _ => 10 + random.Next(8),
    };

    private bool IsPruned(PortableRandom random) => _sparsity > 0 && random.NextDouble() < _sparsity;

    // Weights that use the lane up to a random share, and a bias that puts one end of the sum's range on an end of the lane.
    private QuantisedNeuron InLane(PortableRandom random, int[] low, int[] high, int shift)
    {
        int[] weights = new int[low.Length];
        long left = random.Next(4) == 0 ? 2 * LaneEnd : 1 + random.Next(2 * (int)LaneEnd);
        long least = 0;
        long most = 0;
        foreach (int i in Enumerable.Range(0, weights.Length).OrderBy(_ => random.NextBits()))
        {
            long span = high[i] - low[i];
            long share = span == 0 ? 32767 : Math.Min(32767, random.Next(3) == 0 ? left / span : left * 2 / (span * weights.Length));
            weights[i] = random.Next((int)(2 * share) + 1) - (int)share;
            if (Math.Abs(weights[i]) * span > left || IsPruned(random))
            {
                weights[i] = 0;
            }

            left -= Math.Abs(weights[i]) * span;

            least += Math.Min((long)weights[i] * low[i], (long)weights[i] * high[i]);
            most += Math.Max((long)weights[i] * low[i], (long)weights[i] * high[i]);
        }

        // least + bias >= -2^20 and most + bias <= 2^20 - 1.
        long smallest = -LaneEnd - least;
        long largest = LaneEnd - 1 - most;
        long bias = random.Next(3) switch
        {
            0 => smallest,
            1 => largest,
            _ => smallest + (long)(random.NextDouble() * (largest - smallest)),
        };
        return largest < smallest || Math.Abs(bias) > int.MaxValue - LaneEnd
            ? InLane(random, low, high, shift)
            : new QuantisedNeuron(weights, (int)bias, shift, 1, 1);
    }

    private QuantisedNeuron InWord(PortableRandom random, int[] low, int[] high, int shift)
    {
        int[] weights = new int[low.Length];
        long left = int.MaxValue;
        for (int i = 0; i < weights.Length; i++)
        {
            long largest = Math.Max(1, Math.Max(Math.Abs((long)low[i]), Math.Abs((long)high[i])));
            long share = Math.Min(32767, left / largest);
            weights[i] = IsPruned(random) ? 0 : random.Next((int)(2 * share) + 1) - (int)share;
            left -= Math.Abs(weights[i]) * largest;
        }

        return new QuantisedNeuron(weights, (int)(random.Next(2) == 0 ? left : -left), shift, 1, 1);
    }
}
