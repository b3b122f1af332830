using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Keras.Parsing;

/// <summary>What a Keras file says of its model: layers that follow one another, from the input to the output.</summary>
internal sealed class KerasModel
{
    private const int MostLayers = 1000;
    private const string Advice = "a board runs one layer after the other, so build a keras.Sequential of dense layers, or one with a single chain from input to output";

    private IKerasWeights? _weights;

    /// <summary>A model.</summary>
    /// <param name="json">Its description.</param>
    /// <param name="version">The version of Keras that wrote it, such as 3.9.2; null when the file does not say.</param>
    /// <param name="budget">What the file may still cost.</param>
    internal KerasModel(KerasJson json, string? version, WorkBudget budget)
    {
        Budget = budget;
        IsKeras3 = version is null || version.Length == 0 || !char.IsAsciiDigit(version[0]) ? null : version[0] >= '3';
        string? kind = json["class_name"].Text;
        KerasJson config = json["config"];
        KerasJson[] layers = config.IsArray ? config.Items : config["layers"].Items;
        if (kind is not ("Sequential" or "Functional" or "Model") || Registered(json) is string || layers.Length == 0)
        {
            throw new InputRefusedException($"{budget.File} holds a model of the class {ForeignName.Quote(Registered(json) ?? kind ?? "")} and not one of layers that can be read; {Advice}.");
        }

        if (layers.Length > MostLayers)
        {
            throw new InputRefusedException($"{budget.File} has {layers.Length} layers, far more than a board runs; train a smaller network.");
        }

        budget.Cells(64L * layers.Length);
        All = [.. layers.Select((layer, i) => new KerasLayer(this, i, layer))];
        Chain = kind == "Sequential" ? All : new KerasGraph(this, config).Chain(Advice);
        BuildShape = config["build_input_shape"];
    }

    /// <summary>What the file may still cost.</summary>
    internal WorkBudget Budget { get; }

    /// <summary>What the file says of the distribution of its inputs.</summary>
    internal InputScalers Scalers { get; } = new();

    /// <summary>True for Keras 3, false for Keras 2, null when the file does not say.</summary>
    internal bool? IsKeras3 { get; }

    /// <summary>All layers in the order of the file.</summary>
    internal IReadOnlyList<KerasLayer> All { get; }

    /// <summary>Those on the way from the input to the output, in that order.</summary>
    internal IReadOnlyList<KerasLayer> Chain { get; }

    /// <summary>The shape of the input that a Sequential was built with.</summary>
    internal KerasJson BuildShape { get; }

    /// <summary>Where the weights are.</summary>
    internal IKerasWeights Weights
    {
        get => _weights!;
        set => _weights = value;
    }

    // A subclass of somebody's own is registered by its name.
    private static string? Registered(KerasJson json) => json["registered_name"].Text is string name && name is not ("Functional" or "Sequential" or "Model") ? name : null;
}
