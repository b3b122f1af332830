using System.Globalization;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Results;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.Fann;

/// <summary>
/// Reads the text files of FANN, the Fast Artificial Neural Network library: floating point, fully connected, layered.
/// </summary>
public static class FannReader
{
    /// <summary>The longest file that is read.</summary>
    public const int MaximumBytes = 64 * 1024 * 1024;

    private const double LargestParameter = 1e9;

    /// <summary>Activations by FANN's numbers: name, and what it is here; null where a board has nothing like it.</summary>
    private static readonly (string Name, Activation? Activation)[] Activations =
    [
        ("linear", Activation.Linear),
        ("threshold", null),
        ("threshold symmetric", null),
        ("sigmoid", Activation.Sigmoid),
        ("sigmoid stepwise", Activation.Sigmoid),
        ("sigmoid symmetric", Activation.Tanh),
        ("sigmoid symmetric stepwise", Activation.Tanh),
        ("gaussian", null),
        ("gaussian symmetric", null),
        ("gaussian stepwise", null),
        ("elliot", null),
        ("elliot symmetric", null),
        ("linear piece", null),
        ("linear piece symmetric", null),
        ("sin symmetric", null),
        ("cos symmetric", null),
        ("sin", null),
        ("cos", null),
    ];

    /// <summary>Reads a model from text.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="name">What the sentences of refusals call it.</param>
    /// <exception cref="InputRefusedException">It is no such network; the sentence names the field.</exception>
    public static ImportedModel Parse(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        FannText file = new(text, name);
        if (!IsFann(text))
        {
            throw file.Refuse("does not begin with FANN_FLO", "save the network with fann_save as floating point");
        }

        RequireLayered(file);
        int[] sizes = Sizes(file);
        (int Inputs, int Activation, double Steepness)[] neurons = Neurons(file, sizes);
        double[][] weights = Connections(file, sizes, neurons);
        List<string> notes = [];
        FloatLayer[] layers = new FloatLayer[sizes.Length - 1];
        int neuron = sizes[0];
        for (int l = 0; l < layers.Length; l++)
        {
            layers[l] = Layer(file, neurons, weights, neuron, sizes[l], sizes[l + 1], notes);
            neuron += sizes[l + 1];
        }

        FloatNetwork network = new(layers);
        return new ImportedModel(ModelNaming.Name(network, null, null, null), Classifies: false, NamesInputs: false, [.. notes.Distinct()])
        {
            // FANN has no softmax that could be missing: it trains by squared errors.
            GivesQuantities = true,
        };
    }

    /// <summary>True when a text begins like a FANN file of any kind.</summary>
    public static bool IsFann(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith("FANN_FLO", StringComparison.Ordinal);
    }

    private static void RequireLayered(FannText file)
    {
        if (file.Optional("network_type") is string type && type.Trim() != "0")
        {
            throw file.Refuse($"has the network_type {NumberText.Quote(type)}, which is not layered", "train a network without shortcuts");
        }

        if (file.Optional("connection_rate") is string rate && !(double.TryParse(rate, NumberStyles.Float, CultureInfo.InvariantCulture, out double share) && share == 1))
        {
            throw file.Refuse($"has the connection_rate {NumberText.Quote(rate)}, so it is not fully connected", "create it with fann_create_standard");
        }

        if (file.Optional("scale_included") is string scaled && scaled.Trim() != "0")
        {
            throw file.Refuse("holds scaling parameters (scale_included), which fann_run leaves out", "clear them with fann_clear_scaling_params and save it again");
        }
    }

    // Sizes count the bias neuron of each layer.
    private static int[] Sizes(FannText file)
    {
        string[] texts = file.Required("layer_sizes").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (texts.Length is < 2 or > NetworkLimits.MostLayers + 1)
        {
            throw file.Refuse($"has {texts.Length} layer_sizes", $"a board takes 1 to {NetworkLimits.MostLayers} layers of neurons behind the inputs");
        }

        return Array.ConvertAll(texts, t =>
            int.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size is >= 2 and <= NetworkLimits.WidestLayer + 1
                ? size
                : throw file.Refuse($"has {NumberText.Quote(t)} in layer_sizes", $"each is 2 to {NetworkLimits.WidestLayer + 1}, the bias counted, so train a network of such layers"));
    }

    private static (int Inputs, int Activation, double Steepness)[] Neurons(FannText file, int[] sizes)
    {
        double[][] tuples = file.Tuples("neurons", 3, sizes.Sum());
        return Array.ConvertAll(tuples, t => ((int)t[0], (int)t[1], t[2]));
    }

    private static double[][] Connections(FannText file, int[] sizes, (int Inputs, int Activation, double Steepness)[] neurons)
    {
        long count = 0;
        for (int l = 1; l < sizes.Length; l++)
        {
            count += (long)sizes[l - 1] * (sizes[l] - 1);
        }

        double[][] all = file.Tuples("connections", 2, (int)count);
        double[][] weights = new double[neurons.Length][];
        int next = 0;
        int first = 0;
        int neuron = sizes[0];
        for (int l = 1; l < sizes.Length; l++)
        {
            for (int n = 0; n < sizes[l]; n++, neuron++)
            {
                int inputs = n == sizes[l] - 1 ? 0 : sizes[l - 1];
                if (neurons[neuron].Inputs != inputs)
                {
                    throw file.Refuse($"has a neuron {neuron} with {neurons[neuron].Inputs} connections where a fully connected layer has {inputs}", "create it with fann_create_standard");
                }

                weights[neuron] = new double[inputs];
                for (int i = 0; i < inputs; i++, next++)
                {
                    if (all[next][0] != first + i)
                    {
                        throw file.Refuse($"connects neuron {neuron} with neuron {all[next][0]:G6} where {first + i} is expected", "create it with fann_create_standard");
                    }

                    weights[neuron][i] = Math.Abs(all[next][1]) <= LargestParameter
                        ? all[next][1]
                        : throw file.Refuse($"has a weight of {all[next][1]:G3} at neuron {neuron}", "train again, with smaller weights");
                }
            }

            first += sizes[l - 1];
        }

        return weights;
    }

    // FANN multiplies the sum by the steepness; its sigmoid doubles it once more, its symmetric sigmoid is tanh.
    private static FloatLayer Layer(
        FannText file, (int Inputs, int Activation, double Steepness)[] neurons, double[][] weights, int from, int inputs, int outputs, List<string> notes)
    {
        int kind = neurons[from].Activation;
        string name = kind >= 0 && kind < Activations.Length ? Activations[kind].Name : $"number {kind}";
        Activation activation = (kind >= 0 && kind < Activations.Length ? Activations[kind].Activation : null)
            ?? throw file.Refuse($"has the activation {name} at neuron {from}", "a board has linear, sigmoid and sigmoid symmetric, so train with one of these");
        if (name.EndsWith("stepwise", StringComparison.Ordinal))
        {
            notes.Add("Stepwise activations are taken as the smooth ones that they approximate.");
        }

        double[][] rows = new double[outputs - 1][];
        double[] bias = new double[outputs - 1];
        for (int n = 0; n < rows.Length; n++)
        {
            (int _, int other, double steepness) = neurons[from + n];
            if (other != kind || !(Math.Abs(steepness) <= LargestParameter))
            {
                throw file.Refuse($"has another activation at neuron {from + n} than at neuron {from} of the same layer, or an impossible steepness", "give all neurons of a layer one activation");
            }

            double factor = activation == Activation.Sigmoid ? 2 * steepness : steepness;
            rows[n] = [.. weights[from + n].Take(inputs - 1).Select(w => w * factor)];
            bias[n] = weights[from + n][inputs - 1] * factor;
        }

        return new FloatLayer(rows, bias, activation);
    }
}
