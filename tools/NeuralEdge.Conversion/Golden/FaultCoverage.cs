using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Networks;
using NeuralEdge.Numerics;

namespace NeuralEdge.Conversion.Golden;

/// <summary>
/// Which single faults an input would bring to light: for every weight its lowest bit and its sign, for every neuron its shift
/// by one, for every table entry that is looked up each of its bits.
/// </summary>
/// <remarks>
/// The lowest bit of a weight stands for all of them, because it changes least. A fault is brought to light when the neuron's
/// output changes and an output of the network changes with it. Faults that no input shows are no faults.
/// </remarks>
internal sealed class FaultCoverage
{
    private const int BitsOfSegment = 80;
    private const int FaultsOfWeight = 2;
    private const int FaultsOfNeuron = 2;

    private readonly Network _network;
    private readonly int[][] _values;
    private readonly int[][] _accumulators;
    private readonly int[] _faultsBefore;
    private readonly int _tableFaults;

    /// <summary>Prepares a network.</summary>
    internal FaultCoverage(QuantisedNetwork integers)
    {
        _network = new IntegerNetwork(integers).Core;
        int layers = _network.LayerCount;
        _values = new int[layers + 1][];
        _accumulators = new int[layers][];
        _faultsBefore = new int[layers];
        bool table = false;
        int faults = 0;
        for (int l = 0; l < layers; l++)
        {
            DenseLayer layer = _network.GetLayer(l);
            _accumulators[l] = new int[layer.NeuronCount];
            _values[l + 1] = new int[layer.NeuronCount];
            _faultsBefore[l] = faults;
            faults += layer.NeuronCount * ((layer.InputCount * FaultsOfWeight) + FaultsOfNeuron);
            table |= UsesTable(layer);
        }

        // On a word of its own, so that the two kinds can be counted apart.
        _tableFaults = (faults + 63) & ~63;
        FaultCount = _tableFaults + (table ? TanhTable.C0.Length * BitsOfSegment : 0);
    }

    /// <summary>Number of faults that are thought of.</summary>
    internal int FaultCount { get; }

    /// <summary>Words of the result of <see cref="Of"/> that stand for faults of weights and shifts; those behind are of tables.</summary>
    internal int NetworkWords => _tableFaults / 64;

    /// <summary>Finds the faults that an input brings to light.</summary>
    /// <param name="raw">Raw inputs inside their ranges.</param>
    /// <returns>One bit for each fault.</returns>
    internal ulong[] Of(int[] raw)
    {
        ulong[] found = new ulong[(FaultCount + 63) / 64];
        Run(raw);
        for (int l = 0; l < _network.LayerCount; l++)
        {
            DenseLayer layer = _network.GetLayer(l);
            for (int n = 0; n < layer.NeuronCount; n++)
            {
                int up = LeastVisible(l, n, 1);
                int down = LeastVisible(l, n, -1);
                if (Math.Min(up, down) < int.MaxValue)
                {
                    OfNeuron(l, n, up, down, found);
                }
            }
        }

        return found;
    }

    /// <summary>
    /// Smallest change of a neuron's output that shows, which decides for all larger ones in its direction. Only a table behind
    /// it hides small ones often; then powers of two are tried.
    /// </summary>
    private int LeastVisible(int l, int n, int direction)
    {
        int most = l + 1 < _network.LayerCount && _network.GetLayer(l + 1).Table is not null ? ActivationTable.Largest : 1;
        for (int step = 1; step <= most; step *= 2)
        {
            if (ReachesOutput(l, n, direction * step))
            {
                return step;
            }
        }

        return int.MaxValue;
    }

    private static bool Shows(int right, int wrong, int up, int down) => wrong > right ? wrong - right >= up : wrong < right && right - wrong >= down;

    private void OfNeuron(int l, int n, int up, int down, ulong[] found)
    {
        DenseLayer layer = _network.GetLayer(l);
        int[] x = _values[l];
        int y = _values[l + 1][n];
        int accumulator = _accumulators[l][n];
        int fault = _faultsBefore[l] + (n * ((layer.InputCount * FaultsOfWeight) + FaultsOfNeuron));
        void Note(int wrong)
        {
            if (Shows(y, wrong, up, down))
            {
                found[fault >> 6] |= 1UL << fault;
            }

            fault++;
        }

        for (int i = 0; i < layer.InputCount; i++)
        {
            int weight = layer.GetWeight(n, i);
            Note(layer.Map(unchecked(accumulator + (((weight ^ 1) - weight) * x[i])), n));
            Note(layer.Map(unchecked(accumulator - (2 * weight * x[i])), n));
        }

        if (layer.Table is not null)
        {
            // It has no shift, and a board compares the digest of its table.
            return;
        }

        int shift = layer.GetShift(n);
        Note(layer.Map(accumulator >> 1, n));
        Note(layer.Map(SaturatingShift.Left(accumulator, 1), n));
        if (UsesTable(layer))
        {
            OfTable(Shifted(accumulator, shift), up, down, found);
        }
    }

    private void OfTable(int z, int up, int down, ulong[] found)
    {
        if (z >= Numerics.Tanh.AlmostOne || z <= -Numerics.Tanh.AlmostOne)
        {
            return;
        }

        int magnitude = Math.Abs(z);
        int segment = magnitude >> 11;
        int t = magnitude & 2047;
        int c0 = TanhTable.C0[segment];
        int c1 = TanhTable.C1[segment];
        int c2 = TanhTable.C2[segment];
        int right = Parabola(c0, c1, c2, t);
        int fault = _tableFaults + (segment * BitsOfSegment);
        for (int bit = 0; bit < BitsOfSegment; bit++, fault++)
        {
            int wrong = bit < 32 ? Parabola(c0 ^ (1 << bit), c1, c2, t)
                : bit < 64 ? Parabola(c0, c1 ^ (1 << (bit - 32)), c2, t)
                : Parabola(c0, c1, (short)(c2 ^ (1 << (bit - 64))), t);
            if (z < 0 ? Shows(-right, -wrong, up, down) : Shows(right, wrong, up, down))
            {
                found[fault >> 6] |= 1UL << fault;
            }
        }
    }

    private static int Parabola(int c0, int c1, int c2, int t) => unchecked((c0 + ((c1 + (c2 * t >> 10)) * t >> 6)) >> 14);

    private static bool UsesTable(DenseLayer layer) => layer.Table is null && ActivationFunction.Of(layer.Activation).ReadsTanhTable;

    private static int Shifted(int accumulator, int shift) =>
        shift >= 0 ? accumulator >> Math.Min(shift, 31) : SaturatingShift.Left(accumulator, Math.Min(-shift, 31));

    private void Run(int[] raw)
    {
        _values[0] = raw;
        for (int l = 0; l < _network.LayerCount; l++)
        {
            Sum(l, _values[l], _accumulators[l]);
            for (int n = 0; n < _accumulators[l].Length; n++)
            {
                _values[l + 1][n] = _network.GetLayer(l).Map(_accumulators[l][n], n);
            }
        }
    }

    private void Sum(int l, int[] x, int[] accumulators)
    {
        DenseLayer layer = _network.GetLayer(l);
        for (int n = 0; n < accumulators.Length; n++)
        {
            int sum = layer.GetBias(n);
            for (int i = 0; i < x.Length; i++)
            {
                sum += layer.GetWeight(n, i) * x[i];
            }

            accumulators[n] = sum;
        }
    }

    /// <summary>True when an output of the network changes with a neuron's output.</summary>
    private bool ReachesOutput(int l, int n, int step)
    {
        int last = _network.LayerCount - 1;
        if (l == last)
        {
            return true;
        }

        DenseLayer next = _network.GetLayer(l + 1);
        int[] y = new int[next.NeuronCount];
        bool changed = false;
        for (int k = 0; k < y.Length; k++)
        {
            y[k] = next.Map(unchecked(_accumulators[l + 1][k] + (next.GetWeight(k, n) * step)), k);
            changed |= y[k] != _values[l + 2][k];
        }

        for (int m = l + 2; changed && m <= last; m++)
        {
            int[] accumulators = new int[_network.GetLayer(m).NeuronCount];
            Sum(m, y, accumulators);
            y = new int[accumulators.Length];
            changed = false;
            for (int k = 0; k < y.Length; k++)
            {
                y[k] = _network.GetLayer(m).Map(accumulators[k], k);
                changed |= y[k] != _values[m + 1][k];
            }
        }

        return changed;
    }
}
