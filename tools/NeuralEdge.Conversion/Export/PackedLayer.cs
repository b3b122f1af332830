using NeuralEdge.Conversion.Text;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Export;

/// <summary>A neuron's place in a row of words.</summary>
/// <param name="Neuron">Which neuron.</param>
/// <param name="Position">Its lowest bit.</param>
/// <param name="IsTop">True in the top lane, which needs no mask.</param>
internal readonly record struct Lane(int Neuron, int Position, bool IsTop);

/// <summary>The neurons whose sums share a word: sum = Start + sum over i of Words[i] * x_i, modulo 2^64.</summary>
/// <param name="Lanes">The neurons in their order, from the top lane down.</param>
/// <param name="Start">Biases, and an offset in each lane that has to end at 0 or above.</param>
/// <param name="Words">One for each input.</param>
internal sealed record PackedRow(Lane[] Lanes, long Start, long[] Words);

/// <summary>
/// Weights and biases of a layer as constants: three neurons in a word (lanes of 21 bits) or two (lanes of 32 bits), as in
/// <see cref="LaneRows"/> and <see cref="PackedRows"/>, whose proof holds here too.
/// </summary>
/// <remarks>
/// Lanes fill from the top down: the constants of a row with fewer neurons then do not fit 32 bits, which is cheaper
/// (<see cref="Code.Long"/>), and nothing stands above the topmost, so that it needs no mask. Lanes below the top carry half of
/// their range besides, end at 0 or above, and borrow nothing. So does the top lane where it indexes a table; elsewhere its sign
/// is the neuron's.
/// </remarks>
internal sealed class PackedLayer
{
    private readonly int _lanes;

    private PackedLayer(DenseLayer layer, IEnumerable<int> neurons)
    {
        Layer = layer;
        bool narrow = layer.LaneCount == LaneRows.Narrow;
        Bits = narrow ? LaneRows.NarrowBits : 32;
        _lanes = narrow ? LaneRows.Narrow : LaneRows.Wide;
        Rows = [.. neurons.Chunk(_lanes).Select(Pack)];
    }

    /// <summary>Packs the layers of a network, without neurons that nothing behind them reads.</summary>
    /// <param name="network">The network.</param>
    internal static PackedLayer[] Pack(Network network)
    {
        PackedLayer[] layers = new PackedLayer[network.LayerCount];
        for (int l = layers.Length - 1; l >= 0; l--)
        {
            DenseLayer layer = network.GetLayer(l);
            IEnumerable<int> neurons = Enumerable.Range(0, layer.NeuronCount);
            layers[l] = new PackedLayer(layer, l == layers.Length - 1 ? neurons : neurons.Where(layers[l + 1].Reads));
        }

        return layers;
    }

    /// <summary>The layer.</summary>
    internal DenseLayer Layer { get; }

    /// <summary>Width of a lane.</summary>
    internal int Bits { get; }

    /// <summary>The rows in the order of their neurons.</summary>
    internal PackedRow[] Rows { get; }

    /// <summary>True when an input has a weight that is not zero.</summary>
    internal bool Reads(int input) => Rows.Any(row => row.Words[input] != 0);

    private PackedRow Pack(int[] neurons)
    {
        Lane[] lanes = [.. neurons.Select((neuron, k) => new Lane(neuron, Bits * (_lanes - 1 - k), k == 0))];
        long start = 0;
        long[] words = new long[Layer.InputCount];
        foreach (Lane lane in lanes)
        {
            long offset = lane.IsTop && Layer.Table is null ? 0 : 1L << (Bits - 1);
            start += (Layer.GetBias(lane.Neuron) + offset) << lane.Position;
            for (int i = 0; i < words.Length; i++)
            {
                words[i] += (long)Layer.GetWeight(lane.Neuron, i) << lane.Position;
            }
        }

        return new PackedRow(lanes, start, words);
    }
}
