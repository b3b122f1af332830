using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.Keras.Parsing;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.Keras.Layers;

/// <summary>Activations that are layers with settings of their own.</summary>
internal static class Rectifiers
{
    private const double DefaultSlope = 0.3;

    /// <summary>max_value from there on, negative_slope * x below 0, x between.</summary>
    internal static Value Relu(KerasLayer layer, Value x)
    {
        double slope = layer.Number("negative_slope", 0);
        double? most = layer.Config["max_value"].Exists ? layer.Number("max_value", 0) : null;
        if (layer.Number("threshold", 0) != 0)
        {
            throw layer.Refuse("has a threshold, at which its result jumps", "train with the threshold 0");
        }

        if (most <= 0 || slope < 0)
        {
            throw layer.Refuse("has a max_value that is not above 0 or a negative_slope below 0", "train with others");
        }

        return slope == 0 && most is not null
            ? LayerBuilder.Clip(layer, x, 0, most)
            : LayerBuilder.Clip(layer, slope == 0 ? LayerBuilder.ActivateAny(layer, x, Activation.Relu) : LayerBuilder.ActivateAny(layer, x, Activation.LeakyRelu, slope), null, most);
    }

    /// <summary>The slope is negative_slope in Keras 3 and alpha in Keras 2.</summary>
    internal static Value LeakyRelu(KerasLayer layer, Value x) =>
        LayerBuilder.ActivateAny(layer, x, Activation.LeakyRelu, layer.Number("negative_slope", layer.Number("alpha", DefaultSlope)));

    /// <summary>A slope for each number, or for several where axes are shared.</summary>
    internal static Value PRelu(KerasLayer layer, Value x)
    {
        ConstantValue alpha = layer.Weights("alpha")[0];
        int[] shape = [1, .. alpha.Shape];
        return TensorShape.Broadcast(x.Shape, shape) is (int[] together, _, _) && together.SequenceEqual(x.Shape)
            ? Pointwise.Rectify(layer, x, alpha.Reshaped(shape))
            : throw layer.Refuse($"has slopes of the shape {TensorShape.Text(alpha.Shape)} for the shape {TensorShape.Text(x.Shape[1..])}", "save the model again");
    }

    internal static Value Elu(KerasLayer layer, Value x)
    {
        double alpha = layer.Number("alpha", 1);
        return Pointwise.Apply(layer, x, s => ActivationLibrary.Elu(s, alpha));
    }

    internal static Value Softmax(KerasLayer layer, Value x)
    {
        KerasJson axis = layer.Config["axis"];
        KerasJson only = axis.Items is [KerasJson one] ? one : axis;
        return Activations.Softmax(layer, x, only.Exists ? only.Integer ?? throw layer.Refuse("has an axis that is no whole number", "save the model again") : -1);
    }
}
