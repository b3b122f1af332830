using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Activations;
using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.Keras.Parsing;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.Keras.Layers;

/// <summary>Activations by the names that Keras has for them, with the parameters that a name alone stands for.</summary>
internal static class Activations
{
    /// <summary>The slope of the function leaky_relu; that of the layer LeakyReLU is another.</summary>
    private const double SlopeOfFunction = 0.2;

    /// <summary>A setting "activation": a name, nothing at all, or a description of a function or of a layer.</summary>
    internal static Value Apply(KerasLayer layer, Value x, KerasJson activation)
    {
        if (!activation.Exists)
        {
            return x;
        }

        if (activation.Text is string name)
        {
            return ByName(layer, x, name);
        }

        string kind = activation["class_name"].Text ?? "";
        return kind == "function" && activation["config"].Text is string function ? ByName(layer, x, function)
            : KerasLayers.IsActivation(kind) ? KerasLayers.Evaluate(new KerasLayer(layer, activation), x)
            : throw Unknown(layer, kind);
    }

    /// <summary>The softmax over all outputs.</summary>
    internal static AffineValue Softmax(KerasLayer layer, Value value, int axis)
    {
        AffineValue x = layer.Affine(value);
        int found = TensorShape.Axis(axis, x.Shape.Length);
        return found >= 0 && x.Shape[found] == x.Count
            ? LayerBuilder.Activate(layer, x, Activation.Softmax)
            : throw layer.Refuse($"normalises over axis {axis} of the shape {TensorShape.Text(x.Shape[1..])}, not over all outputs", "end the model with one softmax over its outputs");
    }

    private static Value ByName(KerasLayer layer, Value x, string name) => name switch
    {
        "linear" => x,
        "relu" => LayerBuilder.ActivateAny(layer, x, Activation.Relu),
        "tanh" => LayerBuilder.ActivateAny(layer, x, Activation.Tanh),
        "sigmoid" => LayerBuilder.ActivateAny(layer, x, Activation.Sigmoid),
        "softmax" => Softmax(layer, x, -1),
        "relu6" => LayerBuilder.Clip(layer, x, 0, 6),
        "leaky_relu" => LayerBuilder.ActivateAny(layer, x, Activation.LeakyRelu, SlopeOfFunction),
        "elu" => Each(layer, x, s => ActivationLibrary.Elu(s, 1)),
        "selu" => Each(layer, x, s => ActivationLibrary.Selu(s, TabulatedFunctions.DefaultSeluAlpha, TabulatedFunctions.DefaultSeluGamma)),
        "gelu" => Each(layer, x, ActivationLibrary.Gelu),
        "silu" or "swish" => Each(layer, x, s => ActivationLibrary.Swish(s, 1)),
        "hard_sigmoid" => HardSigmoid(layer, x),
        "hard_silu" or "hard_swish" => Each(layer, x, ActivationLibrary.HardSwish),
        "softplus" => Each(layer, x, s => Scalar.Apply(UnaryFunction.Softplus, s)),
        "softsign" => Each(layer, x, ActivationLibrary.Softsign),
        "mish" => Each(layer, x, ActivationLibrary.Mish),
        "celu" => Each(layer, x, s => ActivationLibrary.Celu(s, 1)),
        "hard_tanh" => LayerBuilder.Clip(layer, x, -1, 1),
        _ => throw Unknown(layer, name),
    };

    private static Value Each(KerasLayer layer, Value x, Func<Scalar, Scalar> function) => Pointwise.Apply(layer, x, function);

    // 0.2 x + 0.5 in Keras 2, x / 6 + 0.5 in Keras 3.
    private static Value HardSigmoid(KerasLayer layer, Value x)
    {
        bool isNew = layer.IsKeras3 ?? throw layer.Refuse("has a hard_sigmoid, which Keras 2 and Keras 3 compute differently, and the file does not say which it is of", "load the model in Keras 3 and save it again");
        return Each(layer, x, s => ActivationLibrary.HardSigmoid(s, isNew ? 1 / 6.0 : 0.2, 0.5));
    }

    private static InputRefusedException Unknown(KerasLayer layer, string name) => layer.Refuse(
        $"has the activation {ForeignName.Quote(name)}, which boards do not have",
        "train with relu, tanh, sigmoid, softmax or another of Keras's usual ones");
}
