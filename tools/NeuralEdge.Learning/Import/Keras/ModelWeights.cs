using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Keras.Hdf5;
using NeuralEdge.Learning.Import.Keras.Parsing;

namespace NeuralEdge.Learning.Import.Keras;

/// <summary>
/// The weights of a whole-model HDF5 file: the group <c>model_weights</c> has one group for each layer, by its name, whose
/// attribute <c>weight_names</c> lists the datasets in it. An attribute too long for an HDF5 header is in pieces:
/// <c>weight_names0</c>, <c>weight_names1</c>, ...
/// </summary>
internal sealed class ModelWeights(Hdf5Object group) : IKerasWeights
{
    private const int MostPieces = 4096;

    /// <inheritdoc/>
    public ConstantValue[] Read(KerasLayer layer, string[] names, int count)
    {
        Hdf5Object weights = (layer.Name.Length > 0 ? group.Find(layer.Name) : null)
            ?? throw layer.Refuse("has no group in model_weights", "save the whole model again with model.save(\"model.h5\")");
        string[] paths = Names(weights) ?? throw layer.Refuse("has no attribute weight_names", "save the whole model again with model.save(\"model.h5\")");
        if (paths.Length != names.Length)
        {
            throw layer.Refuse($"has {paths.Length} weights, and {names.Length} are expected ({string.Join(", ", names)})", "save a plain model, without quantisation or LoRA");
        }

        ConstantValue[] read = new ConstantValue[count];
        for (int i = 0; i < read.Length; i++)
        {
            // "dense/kernel:0" in Keras 2, "sequential/dense/kernel" in Keras 3.
            string last = paths[i].Split('/')[^1].Split(':')[0];
            if (last != names[i])
            {
                throw layer.Refuse($"has the weight {ForeignName.Quote(paths[i])} where its {names[i]} is expected", "save the whole model again with model.save(\"model.h5\")");
            }

            read[i] = (weights.Find(paths[i]) ?? throw layer.Refuse($"lacks its weight {ForeignName.Quote(paths[i])}", "save the model again")).Numbers(ForeignName.Quote(paths[i]));
        }

        return read;
    }

    private static string[]? Names(Hdf5Object weights)
    {
        const string Attribute = "weight_names";
        if (weights.Attribute(Attribute) is string[] whole)
        {
            return whole;
        }

        List<string> names = [];
        int pieces = 0;
        while (pieces < MostPieces && weights.Attribute($"{Attribute}{pieces}") is string[] piece)
        {
            names.AddRange(piece);
            pieces++;
        }

        return pieces > 0 ? [.. names] : null;
    }
}
