using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Keras.Parsing;

namespace NeuralEdge.Learning.Import.Keras.Layers;

/// <summary>Layers that leave the numbers and their order as they are.</summary>
internal static class Shapes
{
    internal static Value Flatten(KerasLayer layer, Value x) => layer.Config["data_format"].Text == "channels_first" && x.Shape.Length > 2
        ? throw layer.Refuse("puts channels last before it flattens", "use data_format=\"channels_last\"")
        : x.Reshaped([1, x.Count]);

    /// <summary>One size of the new shape may be -1: what is left.</summary>
    internal static Value Reshape(KerasLayer layer, Value x)
    {
        int?[] target = Array.ConvertAll(layer.Config["target_shape"].Items, s => s.Integer);
        int open = Array.IndexOf(target, -1);
        long known = 1;
        foreach (int? size in target)
        {
            known = size is int given and (> 0 or -1) && known <= x.Count ? known * Math.Abs(given) : 0;
        }

        if (target.Length is 0 or >= TensorShape.MostDimensions || known == 0 || target.Count(s => s == -1) > 1 || x.Count % known != 0 || (open < 0 && known != x.Count))
        {
            throw layer.Refuse($"reshapes {x.Count} numbers to ({string.Join(", ", target.Take(TensorShape.MostDimensions))})", "save the model again");
        }

        return x.Reshaped([1, .. target.Select((s, d) => d == open ? (int)(x.Count / known) : s!.Value)]);
    }
}
