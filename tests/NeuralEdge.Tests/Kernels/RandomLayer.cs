using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Networks;
using NeuralEdge.Numerics;

namespace NeuralEdge.Tests.Kernels;

/// <summary>A layer whose neurons stay inside the bound, many of them at it, with a reference in plain 64 bits.</summary>
internal sealed class RandomLayer
{
    private readonly int[][] _weights;
    private readonly int[] _biases;
    private readonly sbyte[] _shifts;
    private readonly Activation _activation;
    private readonly int _slope;
    private readonly int[] _low;
    private readonly int[] _high;
    private readonly bool _hasCeiling;

    /// <param name="random">Decides everything.</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="neurons">Number of neurons.</param>
    /// <param name="activation">Null for any.</param>
    /// <param name="magnitude">Range of all inputs; 0 for any ranges.</param>
    /// <param name="beyond">By how much the first neuron's bias breaks the bound.</param>
    /// <param name="hasCeiling">True when outputs are limited.</param>
    internal RandomLayer(
        PortableRandom random, int inputs, int neurons, Activation? activation = null, int magnitude = 0, int beyond = 0, bool hasCeiling = false)
    {
        _hasCeiling = hasCeiling;
        _activation = activation ?? (Activation)random.Next(6);
        _slope = _activation == Activation.LeakyRelu ? random.Next(32768) : 0;
        _low = new int[inputs];
        _high = new int[inputs];
        int bits = random.Next(4) == 0 ? 4 + random.Next(26) : 15;
        for (int i = 0; i < inputs; i++)
        {
            if (magnitude > 0)
            {
                _low[i] = -magnitude;
                _high[i] = magnitude;
                continue;
            }

            _low[i] = random.Next(2) == 0 ? 0 : -(1 << bits);
            _high[i] = random.Next(8) == 0 ? _low[i] : 1 << bits;
        }

        _weights = new int[neurons][];
        _biases = new int[neurons];
        _shifts = new sbyte[neurons];
        bool oneShift = random.Next(2) == 0;
        int shift = NextShift(random);
        for (int n = 0; n < neurons; n++)
        {
            _shifts[n] = (sbyte)(oneShift ? shift : NextShift(random));
            Fill(random, n, n == 0 ? beyond : 0);
        }

        Layer = new DenseLayer(inputs, neurons, _activation, _slope, 0, hasCeiling);
        Layer.SetRange(-Ceiling.Value, Ceiling.Value);
        for (int n = 0; n < neurons; n++)
        {
            Layer.SetNeuron(n, _shifts[n], _biases[n]);
            for (int i = 0; i < inputs; i++)
            {
                Layer.SetWeight(n, i, (short)_weights[n][i]);
            }
        }

        Network = new Network([Layer], _low, _high);
    }

    /// <summary>The layer.</summary>
    internal DenseLayer Layer { get; }

    /// <summary>A network of this layer alone.</summary>
    internal Network Network { get; }

    /// <summary>Names the layer in a message.</summary>
    public override string ToString() =>
        $"{_low.Length} inputs, {_biases.Length} neurons, {_activation}, shifts {string.Join(' ', _shifts)}";

    /// <summary>Sets inputs: at random, or those that drive a neuron to an end of its range.</summary>
    internal void SetInputs(PortableRandom random)
    {
        int towards = random.Next(3) - 1;
        int neuron = random.Next(_biases.Length);
        for (int i = 0; i < _low.Length; i++)
        {
            Network.Inputs[i] = towards == 0
                ? _low[i] + (int)(random.NextDouble() * ((long)_high[i] - _low[i] + 1))
                : _weights[neuron][i] * towards > 0 ? _high[i] : _low[i];
        }

        // A kernel may read behind the last input; whatever stands there must not matter.
        for (int i = _low.Length; i < Network.Inputs.Length; i++)
        {
            Network.Inputs[i] = random.Next(int.MaxValue);
        }
    }

    /// <summary>How many values of the last <see cref="Reference"/> met the ceiling.</summary>
    internal int ReferenceSaturated { get; private set; }

    /// <summary>What FORMAT.md 2.1 and 2.4 say, in 64 bits.</summary>
    internal int[] Reference()
    {
        int[] outputs = new int[_biases.Length];
        ReferenceSaturated = 0;
        for (int n = 0; n < outputs.Length; n++)
        {
            long sum = _biases[n];
            for (int i = 0; i < _low.Length; i++)
            {
                sum += (long)_weights[n][i] * Network.Inputs[i];
            }

            long z = _shifts[n] >= 0 ? sum >> _shifts[n] : Math.Clamp(sum << -_shifts[n], -int.MaxValue, int.MaxValue);
            outputs[n] = _activation switch
            {
                Activation.Tanh => Tanh.Evaluate((int)z),
                Activation.Sigmoid => 32768 + Tanh.Evaluate((int)z),
                Activation.Relu => (int)Math.Max(0, z),
                Activation.LeakyRelu => z < 0 ? (int)(((z * _slope) + 16384) >> 15) : (int)z,
                _ => (int)z,
            };
            if (_hasCeiling && Math.Abs((long)outputs[n]) > 32767)
            {
                outputs[n] = Math.Sign(outputs[n]) * 32767;
                ReferenceSaturated++;
            }
        }

        return outputs;
    }

    /// <summary>True when the layer gives back the integers it was made of.</summary>
    internal bool KeepsItsIntegers()
    {
        for (int n = 0; n < _biases.Length; n++)
        {
            int neuron = n;
            if (Layer.GetBias(n) != _biases[n] || Layer.GetShift(n) != _shifts[n]
                || !Enumerable.Range(0, _low.Length).All(i => Layer.GetWeight(neuron, i) == _weights[neuron][i]))
            {
                return false;
            }
        }

        return true;
    }

    private int NextShift(PortableRandom random)
    {
        bool saturates = _activation is Activation.Tanh or Activation.Sigmoid;
        return random.Next(3) switch
        {
            0 => random.Next(32),
            1 when saturates => -random.Next(32),
            2 when !saturates => 0,
            _ => 8 + random.Next(8),
        };
    }

    private void Fill(PortableRandom random, int neuron, int beyond)
    {
        long left = int.MaxValue;
        int[] weights = new int[_low.Length];
        int limit = random.Next(3) == 0 ? 128 : 32768;
        foreach (int i in Enumerable.Range(0, weights.Length).OrderBy(_ => random.NextBits()))
        {
            long largest = Math.Max(Math.Abs((long)_low[i]), Math.Abs((long)_high[i]));
            long most = Math.Min(limit - 1, largest == 0 ? limit - 1 : left / largest);

            // Spread over all inputs, or spent on the first few.
            most = random.Next(4) == 0 ? most : Math.Min(most, 1 + (most * 2 / weights.Length));
            weights[i] = random.Next(16) == 0 ? 0 : random.Next((int)(2 * most) + 1) - (int)most;
            left -= Math.Abs(weights[i]) * largest;
        }

        _weights[neuron] = weights;
        int bias = (int)(random.Next(2) == 0 ? left : random.NextDouble() * left);
        _biases[neuron] = unchecked((random.Next(2) == 0 ? bias : -bias) + beyond);
    }
}
