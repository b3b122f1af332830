using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Keras.Layers;
using NeuralEdge.Learning.Import.Keras.Parsing;

namespace NeuralEdge.Learning.Import.Keras;

/// <summary>Hands what each layer makes to the next.</summary>
internal static class KerasChain
{
    /// <summary>What the last layer makes of the inputs.</summary>
    internal static Value Evaluate(KerasModel model)
    {
        int[] shape = InputShape(model);
        LayerOutputs inputs = LayerOutputs.InputLayer(NetworkLimits.RequireWidth(model.Chain[0], TensorShape.Count(shape)));
        Value value = AffineValue.Of(inputs, [1, .. shape]);
        for (int i = 0; i < model.Chain.Count; i++)
        {
            KerasLayer layer = model.Chain[i];
            if (i > 0 && layer.ClassName == KerasLayers.Input)
            {
                throw layer.Refuse("is a second input", "build the model with one input of several numbers");
            }

            value = KerasLayers.Evaluate(layer, value);
        }

        return value;
    }

    // batch_shape of the input layer in Keras 3, batch_input_shape of the first layer in Keras 2, or what the model was built with.
    private static int[] InputShape(KerasModel model)
    {
        KerasLayer first = model.Chain[0];
        KerasJson config = first.Config;
        KerasJson shape = new[] { config["batch_shape"], config["batch_input_shape"], model.BuildShape, first.Json["build_config"]["input_shape"] }.FirstOrDefault(s => s.IsArray);
        int?[] sizes = [.. shape.Items.Skip(1).Select(s => s.Integer)];
        return sizes.Length is > 0 and < TensorShape.MostDimensions && Array.TrueForAll(sizes, s => s > 0)
            ? Array.ConvertAll(sizes, s => s!.Value)
            : throw first.Refuse("has an input whose sizes are not all known", "begin the model with keras.Input((INPUTS,)) and save it again");
    }
}
