using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;

namespace NeuralEdge.Learning;

/// <summary>A model file that a board does not take as its firmware comes (<see cref="BoardLimits.LongestModel"/>).</summary>
/// <param name="Bytes">Bytes of the file.</param>
/// <param name="Fitting">Hidden layers of the same number, all made narrower alike, that would about fit; null when not even one neuron in each does.</param>
/// <param name="CompactFits">True when the same network would about fit with weights of one byte.</param>
public sealed record Oversize(int Bytes, IReadOnlyList<int>? Fitting, bool CompactFits)
{
    internal static Oversize? Of(ConvertedModel model, IReadOnlyList<int> hidden)
    {
        int bytes = model.File.Bytes.Length;
        if (bytes <= BoardLimits.LongestModel)
        {
            return null;
        }

        // What does not grow with the layers, such as names and golden vectors, stays.
        int bytesOfWeight = model.Profile == Profile.Exact ? 2 : 1;
        double room = BoardLimits.LongestModel - (bytes - (bytesOfWeight * Macs(model, hidden)));
        bool compactFits = bytesOfWeight > 1 && Macs(model, hidden) <= room;
        const double Step = 0.95;
        for (double factor = Step; hidden.Count > 0; factor *= Step)
        {
            int[] narrower = [.. hidden.Select(width => Math.Max(1, (int)(width * factor)))];
            if (bytesOfWeight * Macs(model, narrower) <= room)
            {
                return new Oversize(bytes, narrower, compactFits);
            }

            if (Array.TrueForAll(narrower, width => width == 1))
            {
                break;
            }
        }

        return new Oversize(bytes, null, compactFits);
    }

    /// <summary>Bytes that the weights alone take, which is known before any training.</summary>
    /// <param name="inputs">How many inputs.</param>
    /// <param name="hidden">Neurons of each hidden layer.</param>
    /// <param name="outputs">How many outputs.</param>
    /// <param name="profile">Weights have two bytes in <see cref="Profile.Exact"/>.</param>
    internal static double WeightBytes(int inputs, IReadOnlyList<int> hidden, int outputs, Profile profile)
    {
        int[] widths = [inputs, .. hidden, outputs];
        return (profile == Profile.Exact ? 2.0 : 1.0) * widths.Skip(1).Select((width, l) => (double)width * widths[l]).Sum();
    }

    private static double Macs(ConvertedModel model, IReadOnlyList<int> hidden) =>
        WeightBytes(model.Model.Inputs.Length, hidden, model.Model.Outputs.Length, Profile.Compact);
}
