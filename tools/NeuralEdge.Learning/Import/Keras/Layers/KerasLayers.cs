using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Keras.Parsing;

namespace NeuralEdge.Learning.Import.Keras.Layers;

/// <summary>The classes of layers that a board can run, by their names in Keras.</summary>
internal static class KerasLayers
{
    /// <summary>The class of the layer that only says what the inputs are.</summary>
    internal const string Input = "InputLayer";

    private static readonly Dictionary<string, Func<KerasLayer, Value, Value>> Activating = new()
    {
        ["ReLU"] = Rectifiers.Relu,
        ["LeakyReLU"] = Rectifiers.LeakyRelu,
        ["ELU"] = Rectifiers.Elu,
        ["Softmax"] = Rectifiers.Softmax,
        ["Activation"] = (layer, x) => Activations.Apply(layer, x, layer.Config["activation"]),
    };

    private static readonly Dictionary<string, Func<KerasLayer, Value, Value>> Known = new(Activating)
    {
        [Input] = (_, x) => x,
        ["Dense"] = Dense.Evaluate,
        ["PReLU"] = Rectifiers.PRelu,
        ["BatchNormalization"] = Normalisations.Batch,
        ["Normalization"] = Normalisations.Standard,
        ["Rescaling"] = Normalisations.Rescaling,
        ["Flatten"] = Shapes.Flatten,
        ["Reshape"] = Shapes.Reshape,

        // What only training knows.
        ["Dropout"] = (_, x) => x,
        ["AlphaDropout"] = (_, x) => x,
        ["GaussianDropout"] = (_, x) => x,
        ["GaussianNoise"] = (_, x) => x,
        ["ActivityRegularization"] = (_, x) => x,
        ["Identity"] = (_, x) => x,
    };

    /// <summary>The classes in their order.</summary>
    internal static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>True of layers that may stand where an activation is asked for.</summary>
    internal static bool IsActivation(string className) => Activating.ContainsKey(className);

    /// <summary>What a layer makes of numbers.</summary>
    internal static Value Evaluate(KerasLayer layer, Value x)
    {
        layer.RequireBuiltIn();
        return Known.TryGetValue(layer.ClassName, out Func<KerasLayer, Value, Value>? evaluate) ? evaluate(layer, x) : throw Unknown(layer);
    }

    private static InputRefusedException Unknown(KerasLayer layer) => layer.ClassName switch
    {
        "LSTM" or "GRU" or "SimpleRNN" or "Bidirectional" or "RNN" or "ConvLSTM1D" or "ConvLSTM2D" => layer.Refuse(
            "is recurrent, and a board keeps no state from one row to the next",
            "compute features over the window, such as mean, deviation and range, and train a small dense network on them with neuraledge train"),
        "Sequential" or "Functional" or "Model" => layer.Refuse(
            "is a model inside the model",
            "put its layers into the outer model itself and save that"),
        "Lambda" => layer.Refuse(
            "holds Python code, which is not run",
            "use layers of Keras in its place, or export the model with model.export(\"model.onnx\", format=\"onnx\")"),
        "Conv1D" or "Conv2D" or "DepthwiseConv1D" or "DepthwiseConv2D" or "SeparableConv1D" or "SeparableConv2D" => layer.Refuse(
            "is a convolution, which is not read from Keras files",
            "export the model with model.export(\"model.onnx\", format=\"onnx\"), where convolutions of few values are read"),
        _ => layer.Refuse(
            "is nothing that dense networks for a board have",
            "build the model of Dense, Activation, BatchNormalization, Normalization, Rescaling, Flatten and Dropout"),
    };
}
