using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Kernels;

/// <summary>
/// A random network within the bounds of its profile, often at their ends, built from nothing but the constructors of the core.
/// What decides it is a number, so that it is the same network on every machine and for every version of the kernels.
/// </summary>
internal sealed class GoldenNetwork
{
    private const int Rows = 3;
    private const long LaneEnd = ActivationTable.AccumulatorLimit;

    private readonly PortableRandom _random;
    private readonly Profile _profile;
    private readonly List<DenseLayer> _layers = [];
    private readonly int[] _inputLow;
    private readonly int[] _inputHigh;

    // Ends of what the next layer reads.
    private long[] _low;
    private long[] _high;

    private GoldenNetwork(Profile profile, long number)
    {
        _profile = profile;
        _random = new PortableRandom(((long)profile << 40) + number);
        int[] widths = [.. Enumerable.Range(0, 2 + _random.Next(4)).Select(_ => _random.Next(16) == 0 ? 1 + _random.Next(130) : 1 + _random.Next(20))];
        _low = new long[widths[0]];
        _high = new long[widths[0]];
        DrawInputs();
        _inputLow = Array.ConvertAll(_low, low => (int)low);
        _inputHigh = Array.ConvertAll(_high, high => (int)high);
        for (int l = 1; l < widths.Length; l++)
        {
            AddLayer(widths[l], l == widths.Length - 1);
        }
    }

    /// <summary>Digest of what a network computes for a few rows of inputs.</summary>
    /// <param name="profile">Its profile.</param>
    /// <param name="number">Decides everything else.</param>
    internal static ulong DigestOf(Profile profile, long number) => new GoldenNetwork(profile, number).Digest();

    private ulong Digest()
    {
        Network network = new([.. _layers], _inputLow, _inputHigh);
        int[] raw = new int[_inputLow.Length];
        int[] probabilities = new int[network.OutputCount];
        ulong digest = 14695981039346656037;
        for (int row = 0; row < Rows; row++)
        {
            DrawRow(raw, row);
            if (row == 0)
            {
                for (int i = 0; i < raw.Length; i++)
                {
                    Add(network.SetInput(i, raw[i]) ? 1 : 0);
                }
            }
            else
            {
                network.SetInputs(raw, 0);
            }

            network.Forward();
            Array.ForEach(network.Outputs, Add);
            Add(network.ArgMax());
            if (network.HasProbabilities)
            {
                network.GetProbabilities(probabilities);
                Array.ForEach(probabilities, Add);
            }
        }

        return digest;

        // FNV-1a, a whole number at a time.
        void Add(int value) => digest = (digest ^ (uint)value) * 1099511628211;
    }

    // Anything, or what drives a neuron of the first layer to an end of its range; a few values are beyond their range.
    private void DrawRow(int[] raw, int row)
    {
        int neuron = _random.Next(_layers[0].NeuronCount);
        for (int i = 0; i < raw.Length; i++)
        {
            long span = (long)_inputHigh[i] - _inputLow[i];
            bool up = _layers[0].GetWeight(neuron, i) > 0 == (row == 1);
            long value = row == 0 ? _inputLow[i] + (long)(_random.NextDouble() * (span + 1)) : up ? _inputHigh[i] : _inputLow[i];
            raw[i] = (int)(_random.Next(16) == 0 ? value + _random.Next(2001) - 1000 : value);
        }
    }

    private void DrawInputs()
    {
        int bits = _random.Next(4) == 0 ? 4 + _random.Next(26) : 15;
        int around = _random.Next(3) == 0 ? _random.Next(8000) : 0;
        for (int i = 0; i < _low.Length; i++)
        {
            bool constant = _random.Next(8) == 0;
            if (_profile == Profile.Fast)
            {
                _low[i] = around - _random.Next(400);
                _high[i] = _low[i] + (constant ? 0 : _random.Next(510));
            }
            else
            {
                _low[i] = _random.Next(2) == 0 ? 0 : -(1 << bits);
                _high[i] = constant ? _low[i] : 1 << bits;
            }
        }
    }

    private void AddLayer(int neurons, bool last)
    {
        Activation activation = last ? (Activation)_random.Next(6) : _random.Next(2) == 0 ? Activation.Tanh : (Activation)_random.Next(5);
        int slope = activation == Activation.LeakyRelu ? _random.Next(32768) : 0;
        int logitBits = activation == Activation.Softmax ? _random.Next(17) : 0;
        int lanes = _profile != Profile.Fast ? 0 : last ? 2 + _random.Next(2) : 3;
        ActivationTable? table = null;
        if (lanes > 0 && !last)
        {
            DenseLayer? same = _layers.Count > 0 && _random.Next(3) == 0 ? _layers[_random.Next(_layers.Count)] : null;
            activation = same?.Activation ?? activation;
            slope = same?.Slope ?? slope;
            table = same?.Table ?? DrawTable(activation, slope);
        }

        DenseLayer layer = new(_low.Length, neurons, activation, slope, logitBits, lanes, table);
        long[] low = new long[neurons];
        long[] high = new long[neurons];
        bool oneShift = _random.Next(2) == 0;
        int shift = DrawShift(activation, table);
        for (int n = 0; n < neurons; n++)
        {
            shift = oneShift ? shift : DrawShift(activation, table);
            int[] weights = new int[_low.Length];
            (long least, long most) = lanes == 3 ? FillLane(layer, n, shift, weights) : FillWord(layer, n, shift, weights);
            for (int i = 0; i < weights.Length; i++)
            {
                layer.SetWeight(n, i, (short)weights[i]);
            }

            (low[n], high[n]) = table != null ? (-510, 510) : (Output(activation, slope, shift, least), Output(activation, slope, shift, most));
        }

        _layers.Add(layer);
        (_low, _high) = (low, high);
    }

    private int DrawShift(Activation activation, ActivationTable? table)
    {
        // Only what saturates may be scaled up.
        bool saturates = activation is Activation.Tanh or Activation.Sigmoid;
        return table != null ? 0 : _random.Next(3) switch
        {
            0 => _random.Next(32),
            1 when saturates => -_random.Next(32),
            2 when !saturates => 0,
            _ => 8 + _random.Next(8),
        };
    }

    // Mostly such that the lane is some useful range, sometimes anything.
    private ActivationTable DrawTable(Activation activation, int slope)
    {
        int shift = _random.Next(5) == 0 ? _random.Next(63) - 31 : activation is Activation.Tanh or Activation.Sigmoid ? 9 + _random.Next(5) : 20 + _random.Next(2);
        return ActivationTable.Create(activation, slope, 1 + _random.Next(ActivationTable.MaxMultiplier), shift);
    }

    // |bias| + sum |weight| max|input| <= 2^31 - 1, spread over all inputs or spent on the first few.
    private (long Least, long Most) FillWord(DenseLayer layer, int neuron, int shift, int[] weights)
    {
        long left = int.MaxValue;
        int limit = _profile == Profile.Compact ? 128 : 32768;
        foreach (int i in DrawOrder())
        {
            long largest = Math.Max(Math.Abs(_low[i]), Math.Abs(_high[i]));
            long most = Math.Min(limit, largest == 0 ? limit : left / largest);
            most = _random.Next(4) == 0 ? most : Math.Min(most, 1 + (most * 2 / weights.Length));
            weights[i] = _random.Next(16) == 0 ? 0 : Math.Min(limit - 1, _random.Next((int)(2 * most) + 1) - (int)most);
            left -= Math.Abs((long)weights[i]) * largest;
        }

        left = Math.Max(0, left);
        int bias = (int)(_random.Next(2) == 0 ? left : _random.NextDouble() * left);
        bias = _random.Next(2) == 0 ? bias : -bias;
        layer.SetNeuron(neuron, (sbyte)shift, bias);
        (long least, long greatest) = Products(weights);
        return (least + bias, greatest + bias);
    }

    // bias + sum weight input within -2^20..2^20 - 1, with one end of the range often on an end of the lane.
    private (long Least, long Most) FillLane(DenseLayer layer, int neuron, int shift, int[] weights)
    {
        long left = _random.Next(4) == 0 ? (2 * LaneEnd) - 1 : 1 + _random.Next((int)(2 * LaneEnd) - 1);
        foreach (int i in DrawOrder())
        {
            long span = _high[i] - _low[i];
            long share = span == 0 ? 32767 : Math.Min(32767, _random.Next(3) == 0 ? left / span : left * 2 / (span * weights.Length));
            weights[i] = _random.Next((int)(2 * share) + 1) - (int)share;
            weights[i] = Math.Abs(weights[i]) * span > left || Math.Abs(weights[i] * _low[i]) > int.MaxValue / (4 * weights.Length) ? 0 : weights[i];
            left -= Math.Abs(weights[i]) * span;
        }

        (long least, long most) = Products(weights);
        long smallest = -LaneEnd - least;
        long largest = LaneEnd - 1 - most;
        long bias = _random.Next(3) switch
        {
            0 => smallest,
            1 => largest,
            _ => smallest + (long)(_random.NextDouble() * (largest - smallest)),
        };
        layer.SetNeuron(neuron, (sbyte)shift, (int)bias);
        return (least + bias, most + bias);
    }

    private int[] DrawOrder()
    {
        int[] order = [.. Enumerable.Range(0, _low.Length)];
        _random.Shuffle(order);
        return order;
    }

    private (long Least, long Most) Products(int[] weights)
    {
        long least = 0;
        long most = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            least += Math.Min(weights[i] * _low[i], weights[i] * _high[i]);
            most += Math.Max(weights[i] * _low[i], weights[i] * _high[i]);
        }

        return (least, most);
    }

    // Ends of a neuron's output from ends of its accumulator: all of these are monotone.
    private static long Output(Activation activation, int slope, int shift, long accumulator)
    {
        long z = shift >= 0 ? accumulator >> shift : accumulator << -shift;
        return activation switch
        {
            Activation.Tanh => z < 0 ? -32768 : 32768,
            Activation.Sigmoid => z < 0 ? 0 : 65536,
            Activation.Relu => Math.Max(0, z),
            Activation.LeakyRelu => z < 0 ? ((z * slope) + 16384) >> 15 : z,
            _ => z,
        };
    }
}
