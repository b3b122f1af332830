using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Keras.Parsing;

namespace NeuralEdge.Learning.Import.Keras.Layers;

/// <summary>Layers that shift and stretch numbers by what they learned, or by what they were told.</summary>
internal static class Normalisations
{
    private const double DefaultEpsilon = 1e-3;

    /// <summary>Keras divides by no less than its fuzz factor.</summary>
    private const double SmallestDeviation = 1e-7;

    /// <summary>gamma * (x - mean) / sqrt(variance + epsilon) + beta, by the moving averages, as in use and not in training.</summary>
    internal static Value Batch(KerasLayer layer, Value value)
    {
        AffineValue x = layer.Affine(value);
        bool hasScale = layer.Flag("scale", true);
        bool hasCenter = layer.Flag("center", true);
        if (layer.Flag("renorm", false))
        {
            throw layer.Refuse("renormalises batches", "train without renorm");
        }

        int axis = Axis(layer, x, layer.Config["axis"].Items is [KerasJson only] ? only : layer.Config["axis"]);
        int channels = x.Shape[axis];
        string[] names = [.. hasScale ? new[] { "gamma" } : [], .. hasCenter ? new[] { "beta" } : [], "moving_mean", "moving_variance"];
        ConstantValue[] weights = layer.Weights(names);
        if (Array.Exists(weights, w => w.Shape.Length != 1 || w.Count != channels))
        {
            throw layer.Refuse($"has weights for {weights[0].Count} channels and is given {channels}", "save the model again");
        }

        double epsilon = layer.Number("epsilon", DefaultEpsilon);
        double[] variance = weights[^1].Data;
        if (Array.Exists(variance, v => !(v + epsilon > 0)))
        {
            throw layer.Refuse("has a variance below 0", "train again");
        }

        int inner = TensorShape.Product(x.Shape, axis + 1, x.Shape.Length);
        return x.Map(layer, (e, k) =>
        {
            int channel = k / inner % channels;
            double factor = (hasScale ? weights[0].Data[channel] : 1) / Math.Sqrt(variance[channel] + epsilon);
            return e.Plus(-weights[^2].Data[channel]).Times(factor).Plus(hasCenter ? weights[hasScale ? 1 : 0].Data[channel] : 0);
        });
    }

    /// <summary>(x - mean) / sqrt(variance): what the layer was adapted to is in weights, what it was told is in its settings.</summary>
    internal static Value Standard(KerasLayer layer, Value value)
    {
        AffineValue x = layer.Affine(value);
        ConstantValue mean;
        ConstantValue variance;
        if (layer.Config["mean"].Exists || layer.Config["variance"].Exists)
        {
            mean = Told(layer, "mean");
            variance = Told(layer, "variance");
        }
        else
        {
            // The count of rows is of no use.
            ConstantValue[] weights = layer.FirstWeights(2, "mean", "variance", "count");
            (mean, variance) = (weights[0], weights[1]);
        }

        int[] shape = ShapeOf(layer, x, mean);
        if (Array.Exists(variance.Data, v => !(v >= 0)) || variance.Count != mean.Count)
        {
            throw layer.Refuse("has a variance below 0, or means and variances of different counts", "adapt it again and save the model");
        }

        Value offset = mean.Reshaped(shape);
        Value deviation = variance.Map(layer, v => Math.Max(Math.Sqrt(v), SmallestDeviation)).Reshaped(shape);
        return layer.Flag("invert", false)
            ? Elementwise.Add(layer, Elementwise.Multiply(layer, x, deviation), offset, 1)
            : Elementwise.Divide(layer, Elementwise.Add(layer, x, offset, -1), deviation);
    }

    /// <summary>x * scale + offset.</summary>
    internal static Value Rescaling(KerasLayer layer, Value value)
    {
        AffineValue x = layer.Affine(value);
        ConstantValue scale = Told(layer, "scale");
        ConstantValue offset = layer.Config["offset"].Exists ? Told(layer, "offset") : new ConstantValue([], [0]);
        foreach (ConstantValue told in new[] { scale, offset })
        {
            if (TensorShape.Broadcast(x.Shape, told.Shape) is not (int[] together, _, _) || !together.SequenceEqual(x.Shape))
            {
                throw layer.Refuse($"has numbers of the shape {TensorShape.Text(told.Shape)} for the shape {TensorShape.Text(x.Shape[1..])}", "save the model again");
            }
        }

        return Elementwise.Add(layer, Elementwise.Multiply(layer, x, scale), offset, 1);
    }

    private static ConstantValue Told(KerasLayer layer, string field) => layer.Config[field].Numbers(layer.Budget)
        ?? throw layer.Refuse($"has a {field} that is no number and no list of numbers", "save the model again");

    // One of all, one for each of the last axis, or one for each number.
    private static int[] ShapeOf(KerasLayer layer, AffineValue x, ConstantValue mean)
    {
        if (mean.Count == 1)
        {
            return [];
        }

        KerasJson axis = layer.Config["axis"];
        bool isLast = !axis.Exists || (axis.Items is [KerasJson only] ? only : axis).Integer is int index && TensorShape.Axis(index, x.Shape.Length) == x.Shape.Length - 1;
        return isLast && mean.Count == x.Shape[^1] ? [mean.Count]
            : mean.Count == x.Count && axis.Items.Length == x.Shape.Length - 1 ? x.Shape
            : throw layer.Refuse($"has means of the shape {TensorShape.Text(mean.Shape)} for the shape {TensorShape.Text(x.Shape[1..])}", "normalise over the last axis");
    }

    private static int Axis(KerasLayer layer, AffineValue x, KerasJson setting)
    {
        int axis = setting.Exists ? TensorShape.Axis(setting.Integer ?? int.MaxValue, x.Shape.Length) : x.Shape.Length - 1;
        return axis > 0 ? axis : throw layer.Refuse("has an axis that its input does not have", "normalise over the last axis");
    }
}
