namespace NeuralEdge.Conversion.FloatModels;

/// <summary>
/// A network together with the meaning of its inputs and outputs, in real units: where training and
/// every import end, and where the quantiser begins.
/// </summary>
public sealed class FloatModel
{
    /// <summary>A model from its parts.</summary>
    /// <exception cref="ArgumentException">Not one specification per input and output.</exception>
    public FloatModel(FloatNetwork network, InputSpec[] inputs, OutputSpec[] outputs)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        if (inputs.Length != network.InputCount || outputs.Length != network.OutputCount)
        {
            throw new ArgumentException("A model has one specification per input and per output of its network.", nameof(inputs));
        }

        Network = network;
        Inputs = inputs;
        Outputs = outputs;
    }

    /// <summary>The network; it takes and gives values in the units of the specifications.</summary>
    public FloatNetwork Network { get; }

    /// <summary>One specification per input.</summary>
    public InputSpec[] Inputs { get; }

    /// <summary>One specification per output; of a classifier, one per class.</summary>
    public OutputSpec[] Outputs { get; }

    /// <summary>True when every input has a declared range, which the quantiser needs.</summary>
    public bool HasRanges => Array.TrueForAll(Inputs, i => i.Minimum.HasValue && i.Maximum.HasValue);

    /// <summary>The same network with other ranges; inputs that declare their own keep them unless told otherwise.</summary>
    /// <param name="ranges">One (minimum, maximum) per input.</param>
    /// <param name="replace">True: declared ranges are replaced too.</param>
    public FloatModel WithRanges(IReadOnlyList<(double Minimum, double Maximum)> ranges, bool replace = false)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        InputSpec[] inputs = new InputSpec[Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            bool declared = Inputs[i].Minimum.HasValue && Inputs[i].Maximum.HasValue;
            inputs[i] = declared && !replace
                ? Inputs[i]
                : Inputs[i] with { Minimum = ranges[i].Minimum, Maximum = ranges[i].Maximum };
        }

        return new FloatModel(Network, inputs, Outputs);
    }
}
