namespace NeuralEdge.Conversion.Quantisation;

/// <summary>
/// The ranges of a network's values, kept while its weights change one at a time, so that a change only looks at what it reaches.
/// </summary>
internal sealed class RangesOfLayers
{
    private readonly QuantisedNetwork _form;
    private readonly int[][][] _weights;
    private readonly int[][] _biases;
    private readonly int[][] _low;
    private readonly int[][] _high;

    /// <summary>Looks at a network.</summary>
    /// <param name="form">All of it but weights and biases.</param>
    /// <param name="weights">Weights[layer][neuron][input], which others change.</param>
    /// <param name="biases">Biases[layer][neuron], which others change.</param>
    internal RangesOfLayers(QuantisedNetwork form, int[][][] weights, int[][] biases)
    {
        _form = form;
        _weights = weights;
        _biases = biases;
        _low = [Array.ConvertAll(form.Inputs, input => input.Minimum), .. form.Layers.Select(layer => new int[layer.Neurons.Length])];
        _high = [Array.ConvertAll(form.Inputs, input => input.Maximum), .. form.Layers.Select(layer => new int[layer.Neurons.Length])];
        for (int l = 0; l < form.Layers.Length; l++)
        {
            Layer(l, _low, _high);
        }
    }

    /// <summary>After a change of a neuron's weights or bias: whether no accumulator can overflow; if so, it is taken over.</summary>
    /// <param name="layer">The neuron's layer.</param>
    /// <param name="neuron">The neuron.</param>
    internal bool FitAfterChange(int layer, int neuron)
    {
        int[][] low = (int[][])_low.Clone();
        int[][] high = (int[][])_high.Clone();
        low[layer + 1] = (int[])low[layer + 1].Clone();
        high[layer + 1] = (int[])high[layer + 1].Clone();
        if (!Neuron(layer, neuron, low, high))
        {
            return false;
        }

        bool changed = low[layer + 1][neuron] != _low[layer + 1][neuron] || high[layer + 1][neuron] != _high[layer + 1][neuron];
        for (int l = layer + 1; changed && l < _weights.Length; l++)
        {
            low[l + 1] = new int[_weights[l].Length];
            high[l + 1] = new int[_weights[l].Length];
            if (!Layer(l, low, high))
            {
                return false;
            }

            changed = !low[l + 1].AsSpan().SequenceEqual(_low[l + 1]) || !high[l + 1].AsSpan().SequenceEqual(_high[l + 1]);
        }

        low.CopyTo(_low, 0);
        high.CopyTo(_high, 0);
        return true;
    }

    private bool Layer(int l, int[][] low, int[][] high)
    {
        bool fits = true;
        for (int n = 0; n < _weights[l].Length; n++)
        {
            fits &= Neuron(l, n, low, high);
        }

        return fits;
    }

    private bool Neuron(int l, int n, int[][] low, int[][] high)
    {
        QuantisedLayer layer = _form.Layers[l];
        AccumulatorRange range = AccumulatorRange.Of(_weights[l][n], _biases[l][n], low[l], high[l]);
        (low[l + 1][n], high[l + 1][n]) = layer.OutputRange(n, (int)range.Least, (int)range.Most);
        return range.Fits(layer.Lanes);
    }
}
