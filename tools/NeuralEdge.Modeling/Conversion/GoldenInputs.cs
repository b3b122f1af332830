using NeuralEdge.Modeling.Data;
using NeuralEdge.Modeling.Quantisation;

namespace NeuralEdge.Modeling.Conversion;

/// <summary>Chooses the raw inputs of the golden vectors: ends of the ranges, their middle, and random points.</summary>
internal static class GoldenInputs
{
    private const int MostVectors = 32;
    private const int FewestVectors = 8;

    /// <summary>Golden vectors together take about this many bytes of the file at most.</summary>
    private const int ByteBudget = 2048;

    internal static List<int[]> Choose(QuantisedNetwork network)
    {
        int width = network.Inputs.Length + network.Layers[^1].Neurons.Length;
        int count = Math.Clamp(ByteBudget / (4 * width), FewestVectors, MostVectors);
        PortableRandom random = new(network.Inputs.Length);
        List<int[]> vectors =
        [
            Array.ConvertAll(network.Inputs, input => (int)(((long)input.Minimum + input.Maximum) >> 1)),
            Array.ConvertAll(network.Inputs, input => input.Minimum),
            Array.ConvertAll(network.Inputs, input => input.Maximum),
        ];
        while (vectors.Count < count)
        {
            // Every other vector sits on corners of the input box, where accumulators are largest.
            bool corner = (vectors.Count & 1) == 0;
            vectors.Add(Array.ConvertAll(network.Inputs, input => corner
                ? (random.Next(2) == 0 ? input.Minimum : input.Maximum)
                : (int)(input.Minimum + (random.NextDouble() * ((double)input.Maximum - input.Minimum)))));
        }

        return vectors;
    }
}
