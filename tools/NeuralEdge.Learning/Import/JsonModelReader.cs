using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Learning.Import;

/// <summary>
/// Reads a network written as JSON:
/// <c>{"inputs":[{"name":"a","min":-4,"max":4}], "layers":[{"weights":[[1,-1]],"bias":[0],"activation":"tanh"}],
/// "outputs":[{"name":"y"}]}</c>. One row of weights per neuron; <c>bias</c>, <c>inputs</c> and <c>outputs</c> may
/// be left out. An input may have a <c>unit</c>, and <c>counts</c> with <c>values</c> where its values are made
/// from sensor counts; <c>leaky_relu</c> layers may have a <c>slope</c>, and activations of <see cref="TabulatedFunctions"/>
/// the <c>alpha</c> and <c>beta</c> that they know.
/// </summary>
public static class JsonModelReader
{
    /// <summary>The longest file that is read.</summary>
    public const int MaximumBytes = 64 * 1024 * 1024;

    private const double LargestParameter = 1e9;
    private const double LargestValue = 1e12;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputRefusedException">The file does not describe a network; the sentence says where it fails.</exception>
    public static FloatModel Read(string path)
    {
        return Parse(TextFile.Read(path, MaximumBytes), path);
    }

    /// <summary>Reads a model from JSON text.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="name">What the sentences of refusals call it.</param>
    /// <exception cref="InputRefusedException">The text does not describe a network.</exception>
    public static FloatModel Parse(string text, string name)
    {
        JsonInput root = JsonInput.Parse(text, name).RequireObject("inputs", "layers", "outputs");
        JsonInput layersAt = root["layers"].RequireArray(1, BoardLimits.MostLayers, "layers");
        FloatLayer[] layers = new FloatLayer[layersAt.Count];
        int width = -1;
        for (int l = 0; l < layers.Length; l++)
        {
            layers[l] = ReadLayer(layersAt[l], l, width, l == layers.Length - 1);
            width = layers[l].OutputCount;
        }

        InputSpec[] inputs = ReadInputs(root["inputs"], layers[0].InputCount);
        OutputSpec[] outputs = ReadOutputs(root["outputs"], width);
        return new FloatModel(new FloatNetwork(layers), inputs, outputs);
    }

    private static FloatLayer ReadLayer(JsonInput at, int index, int widthBefore, bool last)
    {
        at.RequireObject("weights", "bias", "activation", "slope", "alpha", "beta");
        JsonInput rows = at["weights"].RequireArray(1, BoardLimits.WidestLayer, "neurons");
        double[][] weights = new double[rows.Count][];
        for (int j = 0; j < weights.Length; j++)
        {
            JsonInput row = rows[j].RequireArray(1, BoardLimits.WidestLayer, "numbers");
            if (widthBefore >= 0 && row.Count != widthBefore)
            {
                throw row.Refuse($"has {NumberText.Count(row.Count, "number")}, but the layer before it has {NumberText.Count(widthBefore, "neuron")}");
            }

            if (j > 0 && row.Count != weights[0].Length)
            {
                throw row.Refuse($"has {NumberText.Count(row.Count, "number")}, but the neurons before it have {weights[0].Length}");
            }

            weights[j] = new double[row.Count];
            for (int i = 0; i < weights[j].Length; i++)
            {
                weights[j][i] = row[i].Number(-LargestParameter, LargestParameter);
            }
        }

        double[] bias = new double[weights.Length];
        JsonInput biasAt = at["bias"];
        if (biasAt.Exists)
        {
            biasAt.RequireArray(1, BoardLimits.WidestLayer, "numbers");
            if (biasAt.Count != bias.Length)
            {
                throw biasAt.Refuse($"has {NumberText.Count(biasAt.Count, "number")}, but the layer has {NumberText.Count(bias.Length, "neuron")}");
            }

            for (int j = 0; j < bias.Length; j++)
            {
                bias[j] = biasAt[j].Number(-LargestParameter, LargestParameter);
            }
        }

        JsonInput activationAt = at["activation"];
        ActivationFunction activation = ReadActivation(at);
        if (activation.GivesLogits && !last)
        {
            throw activationAt.Refuse($"is {activation.Name} in layer {index}, but only the last layer may be");
        }

        JsonInput slopeAt = at["slope"];
        if (slopeAt.Exists && !activation.HasSlope)
        {
            throw slopeAt.Refuse($"belongs to {ActivationFunction.NamesOf(ActivationFunction.All.Where(f => f.HasSlope))} only; remove it or change the activation");
        }

        // The board holds the slope in 15 fraction bits, below 1.
        double slope = slopeAt.Exists ? slopeAt.Number(0, 32767.0 / 32768.0) : FloatLayer.DefaultSlope;
        return new FloatLayer(weights, bias, activation, slope);
    }

    private static ActivationFunction ReadActivation(JsonInput at)
    {
        string name = at["activation"].Text(Names.MostBytes);
        double? alpha = at["alpha"].Exists ? at["alpha"].Number(-LargestParameter, LargestParameter) : null;
        double? beta = at["beta"].Exists ? at["beta"].Number(-LargestParameter, LargestParameter) : null;
        if (alpha is null && beta is null && ActivationFunction.Find(name) is ActivationFunction own)
        {
            return own;
        }

        if (TabulatedFunctions.Find(name, alpha, beta) is Tabulated tabulated)
        {
            return tabulated;
        }

        if (ActivationFunction.Find(name) is null && TabulatedFunctions.Find(name) is null)
        {
            throw at["activation"].Refuse(
                $"is {NumberText.Quote(name)}; known are {ActivationFunction.NamesOf(ActivationFunction.All)}, {string.Join(", ", TabulatedFunctions.Names)}");
        }

        string parameters = TabulatedFunctions.ParametersOf(name);
        throw at[alpha is not null ? "alpha" : "beta"].Refuse(parameters.Length == 0
            ? $"belongs to an activation with such a parameter, which {name} does not have; remove it"
            : $"does not go with {name}, which takes {parameters}, finite and where it divides not 0; remove or correct it");
    }

    private static InputSpec[] ReadInputs(JsonInput at, int count)
    {
        InputSpec[] inputs = new InputSpec[count];
        if (!at.Exists)
        {
            for (int i = 0; i < count; i++)
            {
                inputs[i] = new InputSpec($"x{i + 1}");
            }

            return inputs;
        }

        at.RequireArray(1, BoardLimits.WidestLayer, "inputs");
        if (at.Count != count)
        {
            throw at.Refuse($"has {NumberText.Count(at.Count, "input")}, but layers[0].weights[0] has {NumberText.Count(count, "number")}");
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            JsonInput input = at[i].RequireObject("name", "unit", "min", "max", "counts", "values");
            string name = ReadName(input, names, $"x{i + 1}");
            (double? minimum, double? maximum) = ReadRange(input);
            string unit = input["unit"].Exists ? input["unit"].Text(Names.MostBytes) : string.Empty;
            inputs[i] = new InputSpec(name, unit, minimum, maximum, CalibrationInput.Read(input));
        }

        return inputs;
    }

    private static OutputSpec[] ReadOutputs(JsonInput at, int count)
    {
        OutputSpec[] outputs = new OutputSpec[count];
        if (!at.Exists)
        {
            for (int j = 0; j < count; j++)
            {
                outputs[j] = new OutputSpec(count == 1 ? "y" : $"y{j + 1}");
            }

            return outputs;
        }

        at.RequireArray(1, BoardLimits.WidestLayer, "outputs");
        if (at.Count != count)
        {
            throw at.Refuse($"has {NumberText.Count(at.Count, "output")}, but the last layer has {NumberText.Count(count, "neuron")}");
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        for (int j = 0; j < count; j++)
        {
            JsonInput output = at[j].RequireObject("name", "unit");
            string name = ReadName(output, names, count == 1 ? "y" : $"y{j + 1}");
            outputs[j] = new OutputSpec(name, output["unit"].Exists ? output["unit"].Text(Names.MostBytes) : string.Empty);
        }

        return outputs;
    }

    private static string ReadName(JsonInput at, HashSet<string> names, string otherwise)
    {
        string name = at["name"].Exists ? at["name"].Name() : otherwise;
        return names.Add(name) ? name : throw at.Refuse($"has the name {NumberText.Quote(name)}, which one before it has already; give each its own");
    }

    private static (double? Minimum, double? Maximum) ReadRange(JsonInput at)
    {
        JsonInput minimumAt = at["min"];
        JsonInput maximumAt = at["max"];
        if (!minimumAt.Exists && !maximumAt.Exists)
        {
            return (null, null);
        }

        if (!minimumAt.Exists || !maximumAt.Exists)
        {
            throw at.Refuse("has only one of min and max; give both, or neither");
        }

        double minimum = minimumAt.Number(-LargestValue, LargestValue);
        double maximum = maximumAt.Number(-LargestValue, LargestValue);
        return minimum < maximum ? (minimum, maximum) : throw at.Refuse("has a min that is not below its max; swap or correct them");
    }
}
