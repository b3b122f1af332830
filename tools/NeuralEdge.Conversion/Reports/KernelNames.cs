using System.Globalization;
using System.Text.RegularExpressions;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Reports;

/// <summary>Names the code that a network has chosen for each layer, on the PC as on the board.</summary>
public static partial class KernelNames
{
    private static readonly string Blocks = $"blocks of {KernelSizes.Widest} inputs";

    private const string Together = "with the layer before, in one call";

    /// <summary>One name for each layer, in order.</summary>
    /// <param name="network">A network as the model reader made it.</param>
    public static string[] Of(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Rows is not null)
        {
            return OfLanes(network);
        }

        return network.WholeKernel is { } whole
            ? [Describe(whole), Together]
            : [.. network.LayerKernels.Select(Describe)];
    }

    private static string[] OfLanes(Network network)
    {
        string[] names = new string[network.LayerCount];
        LaneKernel? kernel = network.Rows;
        for (int l = 0; l < names.Length; l++)
        {
            string neurons = network.GetLayer(l).LaneCount == LaneRows.Narrow ? "three neurons" : "two neurons";
            if (kernel is TailKernel)
            {
                names[l] = $"{neurons} in a word, {Size(kernel)}";
                names[l + 1] = Together;
                break;
            }

            names[l] = $"{neurons} in a word, {(kernel is WideLaneKernel ? Blocks : Size(kernel!))}";
            kernel = kernel!.Next;
        }

        return names;
    }

    private static string Describe(LayerKernel kernel)
    {
        kernel = (kernel as ActivatedKernel)?.Inner ?? kernel;
        string activation = kernel is SigmoidKernel ? ", sigmoid as they come" : "";
        kernel = (kernel as SigmoidKernel)?.Inner ?? kernel;
        string name = kernel.GetType().Name;
        activation = activation.Length == 0 && name.StartsWith("Tanh", StringComparison.Ordinal) ? ", tanh as they come" : activation;
        string neurons = name.StartsWith("Single", StringComparison.Ordinal) ? "one neuron" : "two neurons in a word";
        return $"{neurons}, {(kernel is WideKernel ? Blocks : Size(kernel))}{activation}";
    }

    private static string Size(object kernel)
    {
        int inputs = int.Parse(Number().Match(kernel.GetType().Name).Value, CultureInfo.InvariantCulture);
        return inputs == 1 ? "1 input" : $"{inputs} inputs";
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
