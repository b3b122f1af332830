using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Keras.Parsing;

namespace NeuralEdge.Learning.Import.Keras.Layers;

/// <summary>A dense layer: a kernel of the shape [inputs, neurons], a bias where there is one, and an activation.</summary>
internal static class Dense
{
    internal static Value Evaluate(KerasLayer layer, Value value)
    {
        AffineValue x = layer.Affine(value);
        ConstantValue[] weights = layer.Flag("use_bias", true) ? layer.Weights("kernel", "bias") : layer.Weights("kernel");
        ConstantValue kernel = weights[0];
        if (kernel.Shape.Length != 2 || kernel.Shape[0] != x.Shape[^1])
        {
            throw layer.Refuse($"has a kernel of the shape {TensorShape.Text(kernel.Shape)} and is given the shape {TensorShape.Text(x.Shape[1..])}", "save the model again");
        }

        int neurons = kernel.Shape[1];
        if (layer.Config["units"].Exists && layer.Config["units"].Integer != neurons)
        {
            throw layer.Refuse($"has {neurons} neurons in its kernel and another number of units in its description", "save the model again");
        }

        Value sum = MatrixProduct.Right(layer, x, kernel);
        if (weights.Length > 1)
        {
            sum = weights[1].Shape is [int biases] && biases == neurons
                ? Elementwise.Add(layer, sum, weights[1], 1)
                : throw layer.Refuse($"has a bias of the shape {TensorShape.Text(weights[1].Shape)} for {neurons} neurons", "save the model again");
        }

        return Activations.Apply(layer, sum, layer.Config["activation"]);
    }
}
