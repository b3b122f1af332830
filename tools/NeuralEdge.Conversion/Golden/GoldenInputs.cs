using System.Numerics;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;

namespace NeuralEdge.Conversion.Golden;

/// <summary>
/// Chooses the raw inputs of the golden vectors from many candidates, each time the one that brings most faults to light
/// that those before it do not (<see cref="FaultCoverage"/>).
/// </summary>
internal static class GoldenInputs
{
    /// <summary>Golden vectors take at most this many bytes of the file, or a quarter of what the weights take.</summary>
    private const int ByteBudget = 1024;

    // The board runs one vector in each period while the old model goes on.
    private const int MostVectors = 48;
    private const int FewestVectors = 4;

    /// <summary>
    /// How many faults of table entries a fault of a weight or shift outweighs: a board checks its tables by a digest, and only
    /// its use of them by vectors.
    /// </summary>
    private const int NetworkWeight = 16;

    private const int MostCandidates = 2000;
    private const int FewestCandidates = 48;

    /// <summary>Multiplications that judging the candidates may take at most, about.</summary>
    private const double MostWork = 8e7;

    /// <summary>Chooses inputs, always the same for the same network and work.</summary>
    /// <param name="network">The network.</param>
    /// <param name="work">Multiplications it may take, about.</param>
    /// <param name="cancellation">Looked at with each candidate.</param>
    internal static List<int[]> Choose(QuantisedNetwork network, double work, CancellationToken cancellation = default)
    {
        int width = network.Inputs.Length + network.Layers[^1].Neurons.Length;
        int budget = Math.Max(ByteBudget, network.Macs / 2);
        int count = Math.Clamp(budget / (4 * width), FewestVectors, MostVectors);
        FaultCoverage coverage = new(network);
        List<int[]> candidates = Candidates(network, CandidateCount(network, coverage, Math.Min(work, MostWork)));
        List<ulong[]> found = candidates.ConvertAll(candidate =>
        {
            cancellation.ThrowIfCancellationRequested();
            return coverage.Of(candidate);
        });
        List<int[]> vectors = [];
        while (vectors.Count < count && candidates.Count > 0)
        {
            (int best, int gain) = MostNew(found, coverage.NetworkWords);
            if (gain == 0 && vectors.Count >= FewestVectors)
            {
                break;
            }

            vectors.Add(candidates[best]);
            Take(found, best);
            candidates.RemoveAt(best);
        }

        return vectors;
    }

    private static int CandidateCount(QuantisedNetwork network, FaultCoverage coverage, double work)
    {
        // Looking at a candidate costs each fault once, and each neuron a run of all that is behind it.
        double cost = (4.0 * coverage.FaultCount) + (2.0 * network.Macs * network.Layers.SkipLast(1).Sum(layer => layer.Neurons.Length));
        return (int)Math.Clamp(work / cost, FewestCandidates, MostCandidates);
    }

    // The middle, the ends of the ranges, corners, where accumulators are largest, and random points.
    private static List<int[]> Candidates(QuantisedNetwork network, int count)
    {
        PortableRandom random = new(network.Inputs.Length);
        List<int[]> candidates =
        [
            Array.ConvertAll(network.Inputs, input => (int)(((long)input.Minimum + input.Maximum) >> 1)),
            Array.ConvertAll(network.Inputs, input => input.Minimum),
            Array.ConvertAll(network.Inputs, input => input.Maximum),
        ];
        while (candidates.Count < count)
        {
            bool corner = candidates.Count % 8 == 0;
            candidates.Add(Array.ConvertAll(network.Inputs, input => corner
                ? (random.Next(2) == 0 ? input.Minimum : input.Maximum)
                : (int)(input.Minimum + Math.Floor(random.NextDouble() * ((double)input.Maximum - input.Minimum + 1)))));
        }

        return candidates;
    }

    private static (int Index, int Gain) MostNew(List<ulong[]> found, int networkWords)
    {
        int best = 0;
        int most = -1;
        for (int c = 0; c < found.Count; c++)
        {
            int gain = 0;
            for (int w = 0; w < found[c].Length; w++)
            {
                gain += BitOperations.PopCount(found[c][w]) * (w < networkWords ? NetworkWeight : 1);
            }

            if (gain > most)
            {
                most = gain;
                best = c;
            }
        }

        return (best, most);
    }

    // What a chosen vector brings to light no other needs to.
    private static void Take(List<ulong[]> found, int best)
    {
        ulong[] taken = found[best];
        found.RemoveAt(best);
        foreach (ulong[] other in found)
        {
            for (int w = 0; w < taken.Length; w++)
            {
                other[w] &= ~taken[w];
            }
        }
    }
}
