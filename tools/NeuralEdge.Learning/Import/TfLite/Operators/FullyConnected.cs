using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;
using NeuralEdge.Learning.Import.TfLite.Parsing;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>A dense layer: weights of the shape [neurons, inputs], a bias, and a fused activation (option 0).</summary>
internal sealed class FullyConnected() : TfLiteOperator(9, "FULLY_CONNECTED")
{
    internal override Value Evaluate(TfLiteNode node)
    {
        AffineValue x = node.Affine(0);
        if (node.OptionByte(1) != 0)
        {
            throw node.Refuse("has shuffled weights", "export it for all devices, not for one kind of processor");
        }

        ConstantValue weights = node.Constant(1, "weights");
        if (weights.Shape.Length != 2 || weights.Shape[1] != x.Count || weights.Shape[0] is < 1 or > NetworkLimits.WidestLayer)
        {
            throw node.Refuse(
                $"multiplies {x.Count} values with weights of the shape {TensorShape.Text(weights.Shape)}, which does not fit or is too wide for a board",
                $"export a network of at most {NetworkLimits.WidestLayer} neurons in a layer, for one row at a time");
        }

        int outputs = weights.Shape[0];
        int inputs = weights.Shape[1];
        double[] bias = node.Inputs.Length > 2 && node.Inputs[2] != -1 ? Bias(node, outputs) : new double[outputs];
        x = LayerBuilder.KeepBottleneck(node, x, outputs);
        node.Budget.Cells(weights.Count);
        double[][] rows = [.. Enumerable.Range(0, outputs).Select(k => weights.Data[(k * inputs)..((k + 1) * inputs)])];
        AffineForm[] sums = WeightedSums.Of(node, x, rows);
        AffineValue result = new([1, outputs], x.Source, [.. sums.Select((s, k) => s.Plus(bias[k]))]);
        return FusedActivation.Apply(node, result, node.OptionByte(0));
    }

    /// <summary>The third input: a 32-bit bias counts in steps of the input's scale times the weights' scale, whatever else the file says of it.</summary>
    internal static double[] Bias(TfLiteNode node, int outputs)
    {
        ConstantValue stored = node.Constant(2, "bias");
        if (stored.Count != outputs)
        {
            throw node.Refuse($"has {stored.Count} biases for {outputs} neurons", "export it again");
        }

        if (node.Tensor(2).Type is not (TfLiteTensor.Int32 or TfLiteTensor.Int64))
        {
            return stored.Data;
        }

        float[] inputScale = node.Tensor(0).Scales;
        float[] weightScales = node.Tensor(1).Scales;
        if (inputScale.Length != 1 || (weightScales.Length != 1 && weightScales.Length != outputs))
        {
            throw node.Refuse("has an integer bias, but its input or its weights have no scale", "export it again");
        }

        return [.. stored.Data.Select((b, k) => b * ((double)inputScale[0] * weightScales[weightScales.Length == 1 ? 0 : k]))];
    }
}
