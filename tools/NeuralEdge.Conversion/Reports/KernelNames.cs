using System.Globalization;
using System.Text.RegularExpressions;
using NeuralEdge.Conversion.Activations;
using NeuralEdge.Networks;
using NeuralEdge.Networks.Generated;

namespace NeuralEdge.Conversion.Reports;

/// <summary>Names the code that a network has chosen for each layer, on the PC as on the board.</summary>
public static partial class KernelNames
{
    private static readonly string Blocks = $"blocks of {KernelSizes.Widest} inputs";

    /// <summary>One name for each layer, in order.</summary>
    /// <param name="network">A network as the model reader made it.</param>
    public static string[] Of(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        List<string> names = [];
        bool inBlocks = false;
        for (Pass? pass = network.PlannedPass; pass is not null; pass = pass.Next)
        {
            if (pass is PackedKernel or InputKernel or LookUpKernel)
            {
                names.Add(Describe(network.GetLayer(names.Count), pass.GetType().Name, inBlocks));
            }

            inBlocks = pass is BlockPass;
        }

        return [.. names];
    }

    private static string Describe(DenseLayer layer, string kernel, bool inBlocks)
    {
        string neurons = layer.LaneCount == LaneRows.Narrow ? "three neurons in a word"
            : kernel.StartsWith("Single", StringComparison.Ordinal) ? "one neuron"
            : "two neurons in a word";
        int inputs = int.Parse(Number().Match(kernel).Value, CultureInfo.InvariantCulture);
        string size = inBlocks ? Blocks : inputs == 1 ? "1 input" : $"{inputs} inputs";
        string activation = kernel.StartsWith("Tanh", StringComparison.Ordinal) ? $", {ActivationFunction.Of(layer.Activation).Name} as they come" : "";
        return $"{neurons}, {size}{activation}";
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
