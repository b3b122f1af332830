using NeuralEdge.Conversion.Text;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Activations;

/// <summary>
/// All that the desktop knows of an activation: its names, its real function, what training and the error analysis ask of it,
/// the formats of its integers, and its C#. One class for each, in this folder; TEMPLATE.txt shows how to write another. What a
/// board computes is in <see cref="Networks.Activations"/> and <see cref="ActivationTable"/>.
/// </summary>
/// <remarks>
/// Activations rise everywhere, never falling: ranges are carried through a network by their ends. Only those by table
/// (<see cref="Tabulated"/>, of which there is one for each function) may fall.
/// </remarks>
public abstract class ActivationFunction
{
    /// <summary>More than the error of a function of <see cref="PortableMath"/> whose values are at most 1.</summary>
    internal const double Slack = 1e-14;

    private static readonly ActivationFunction[] Known =
    [
        .. typeof(ActivationFunction).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(ActivationFunction)) && type.GetConstructor(Type.EmptyTypes) is not null)
            .Select(type => (ActivationFunction)Activator.CreateInstance(type)!)
            .OrderBy(function => function.Activation),
    ];

    /// <summary>Every activation that has a code of its own, in the order of their codes.</summary>
    public static IReadOnlyList<ActivationFunction> All => Known;

    /// <summary>Those that a hidden layer may have; the one that does nothing comes last.</summary>
    public static IReadOnlyList<ActivationFunction> OfHiddenLayers { get; } =
        [.. Known.Where(function => !function.GivesLogits).OrderBy(function => function.Activation == Activation.Linear)];

    /// <summary>Names of those that a hidden layer may have, for a sentence: "tanh, sigmoid or linear".</summary>
    public static string ChoiceOfHiddenLayers => $"{NamesOf(OfHiddenLayers.SkipLast(1))} or {OfHiddenLayers[^1].Name}";

    /// <summary>The name in files and on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>The code in model files and on boards.</summary>
    public abstract Activation Activation { get; }

    /// <summary>The name in the comments of exported code.</summary>
    internal virtual string Title => Name;

    /// <summary>True when the layer says how steep the function is below zero.</summary>
    internal virtual bool HasSlope => false;

    /// <summary>True when the outputs are logits, of which softmax makes probabilities: the last layer only.</summary>
    internal virtual bool GivesLogits => false;

    /// <summary>True when what goes in comes out: such outputs may be logits, whose softmax was left out.</summary>
    internal virtual bool IsIdentity => false;

    /// <summary>True when a board computes it by the table of tanh.</summary>
    internal virtual bool ReadsTanhTable => false;

    /// <summary>True when a board has the function as a table in the model file.</summary>
    internal virtual bool IsTabulated => false;

    /// <summary>The formats of an activation with ends; null where each neuron has an output scale of its own.</summary>
    internal virtual FixedFormat? Format => null;

    /// <summary>The activation of a code.</summary>
    /// <param name="code">A code of the model file.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public static ActivationFunction Of(Activation code) => code == Activation.Tabulated ? Tabulated.OfFile : (int)code < Known.Length && Known[(int)code].Activation == code
        ? Known[(int)code]
        : throw new ArgumentOutOfRangeException(nameof(code), code, "There is no such activation.");

    /// <summary>The activation of a code, for whoever writes down a network.</summary>
    /// <param name="code">A code of the model file.</param>
    public static implicit operator ActivationFunction(Activation code) => Of(code);

    /// <summary>The activation of a name; the sentence of a refusal lists the names there are.</summary>
    /// <param name="name">A name as <see cref="Name"/> has it.</param>
    /// <exception cref="InputRefusedException">There is none of that name.</exception>
    public static ActivationFunction Named(string name) => Find(name)
        ?? throw new InputRefusedException($"There is no activation {NumberText.Quote(name ?? string.Empty)}; known are {NamesOf(Known)}.");

    /// <summary>The real function.</summary>
    /// <param name="z">Pre-activation.</param>
    /// <param name="slope">Slope of the layer below zero, for functions that have one.</param>
    /// <returns>Activation; of softmax, which needs the whole layer, the logit.</returns>
    public abstract double Evaluate(double z, double slope);

    /// <summary>The format of a layer's outputs, for people.</summary>
    /// <param name="logitFractionBits">Fraction bits of the layer's logits.</param>
    public string OutputFormat(int logitFractionBits) => Format is FixedFormat format ? $"Q0.{format.OutputBits}"
        : IsTabulated ? "16 bits, one scale"
        : GivesLogits ? $"logits, {logitFractionBits} fraction bits"
        : "own scale of each neuron";

    /// <summary>The activation of a name, null when there is none.</summary>
    /// <param name="name">A name as <see cref="Name"/> has it.</param>
    internal static ActivationFunction? Find(string? name) => Array.Find(Known, function => string.Equals(function.Name, name, StringComparison.Ordinal));

    /// <summary>Names for a sentence, with commas between them.</summary>
    /// <param name="functions">Whose.</param>
    internal static string NamesOf(IEnumerable<ActivationFunction> functions) => string.Join(", ", functions.Select(function => function.Name));

    /// <summary>The derivative, for training.</summary>
    /// <param name="z">Pre-activation.</param>
    /// <param name="activation">What <see cref="Evaluate"/> gave for it.</param>
    /// <param name="slope">Slope of the layer below zero.</param>
    internal abstract double Derivative(double z, double activation, double slope);

    /// <summary><see cref="Evaluate(double, double)"/> for several values, each with the bits that it has alone.</summary>
    /// <param name="z">Pre-activations.</param>
    /// <param name="activations">As many activations.</param>
    /// <param name="slope">Slope of the layer below zero.</param>
    internal virtual void EvaluateAll(ReadOnlySpan<double> z, Span<double> activations, double slope)
    {
        for (int i = 0; i < z.Length; i++)
        {
            activations[i] = Evaluate(z[i], slope);
        }
    }

    /// <summary>Multiplies each error by <see cref="Derivative"/>, from that of an activation to that of its pre-activation.</summary>
    /// <param name="z">Pre-activations.</param>
    /// <param name="activations">Their activations.</param>
    /// <param name="slope">Slope of the layer below zero.</param>
    /// <param name="errors">As many errors.</param>
    internal virtual void Differentiate(ReadOnlySpan<double> z, ReadOnlySpan<double> activations, double slope, Span<double> errors)
    {
        for (int i = 0; i < errors.Length; i++)
        {
            errors[i] *= Derivative(z[i], activations[i], slope);
        }
    }

    /// <summary>Half the width within which the first weights of a layer are chosen: Glorot and Bengio (2010).</summary>
    /// <param name="inputs">Inputs of the layer.</param>
    /// <param name="outputs">Its neurons.</param>
    internal virtual double FirstWeights(int inputs, int outputs) => Math.Sqrt(6.0 / (inputs + outputs));

    /// <summary>Range of the activations for pre-activations low..high, erring to the safe side.</summary>
    /// <param name="low">Smallest pre-activation.</param>
    /// <param name="high">Largest pre-activation.</param>
    /// <param name="slope">Slope of the layer below zero.</param>
    internal virtual (double Low, double High) Range(double low, double high, double slope)
    {
        double slack = Format is null ? 0 : Slack;
        double a = Evaluate(low, slope) - slack;
        double b = Evaluate(high, slope) + slack;
        return Format is FixedFormat format ? (Math.Max(a, format.Low), Math.Min(b, format.High)) : (a, b);
    }

    /// <summary>Range of the derivative between low and high, erring to the safe side.</summary>
    /// <param name="low">Smallest pre-activation.</param>
    /// <param name="high">Largest pre-activation.</param>
    /// <param name="slope">Slope of the layer below zero.</param>
    internal abstract (double Least, double Most) Slopes(double low, double high, double slope);

    /// <summary>
    /// The pre-activations of which a board's outputs keep to a ceiling: none else need be looked at while no value meets it. All,
    /// as here, is right for any function.
    /// </summary>
    /// <param name="ceiling">The largest magnitude of an output.</param>
    /// <param name="step">One step of the output, which rounding may add.</param>
    /// <param name="slope">Slope below zero as the integers have it.</param>
    internal virtual (double Low, double High) Below(double ceiling, double step, double slope) => (double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>
    /// A line that the function keeps to within Radius between low and high: Slope z + Offset. The nearer it keeps, the tighter
    /// the certificates; a level one, as here, is right for any function.
    /// </summary>
    /// <param name="low">Smallest pre-activation.</param>
    /// <param name="high">Largest pre-activation.</param>
    /// <param name="slope">Slope of the layer below zero.</param>
    internal virtual (double Slope, double Offset, double Radius) Line(double low, double high, double slope)
    {
        (double a, double b) = Range(low, high, slope);
        return (0, (a + b) / 2, ((b - a) / 2) + (Slack * Math.Max(Math.Abs(a), Math.Abs(b))));
    }

    /// <summary>Largest error of a neuron's integer activation against the exact one of the same pre-activation.</summary>
    /// <param name="neuron">The neuron.</param>
    internal virtual double OwnError(in NeuronRounding neuron) => Format is FixedFormat format
        ? neuron.Entry + (format.LargestError * (neuron.HasTable ? Math.ScaleB(1, -format.OutputBits) : neuron.Step)) + Slack
        : neuron.HasTable ? neuron.Entry + (Slack * neuron.Magnitude) : 0;

    /// <summary>C# that makes the output of a neuron: what the board computes, bit for bit.</summary>
    /// <param name="z">The pre-activation, an int; written once, and kept in the local v where it is needed again.</param>
    /// <param name="slope">Slope of the layer below zero, Q0.15.</param>
    /// <returns>An int.</returns>
    internal abstract Code Write(Code z, int slope);

    /// <summary>The same from a pre-activation in 64 bits, where that saves converting it to an int and back.</summary>
    /// <param name="z">The pre-activation, a long.</param>
    /// <returns>A long; null where it saves nothing.</returns>
    internal virtual Code? WriteWide(Code z) => null;

    /// <summary>True when <see cref="WriteWide"/> reads the local s, in which the word is that the pre-activation comes from.</summary>
    internal virtual bool ReadsWord => false;

    /// <summary>True when what <see cref="Write"/> gives can be multiplied without brackets around it.</summary>
    internal virtual bool IsFactor => false;
}
