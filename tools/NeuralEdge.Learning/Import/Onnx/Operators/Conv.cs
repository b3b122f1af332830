using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>A convolution with one output position, which is a dense layer.</summary>
internal sealed class Conv() : OnnxOperator("Conv")
{
    internal override bool TakesScaledInputs => true;

    internal override Value Evaluate(NodeContext node)
    {
        AffineValue x = node.Affine(0);
        ConstantValue kernel = node.Constant(1, "weights");
        int rank = x.Shape.Length;
        if (rank < 3 || kernel.Shape.Length != rank || x.Shape[0] != 1)
        {
            throw node.Refuse($"convolves the shape {TensorShape.Text(x.Shape)} with {TensorShape.Text(kernel.Shape)}", "export one with one image at a time, channels first");
        }

        if (node.Text("auto_pad", "NOTSET") is not ("NOTSET" or "VALID"))
        {
            throw node.Refuse("pads by auto_pad", "export it with explicit pads");
        }

        int spatial = rank - 2;
        long[] pads = Sizes(node, "pads", 2 * spatial, 0);
        long[] dilations = Sizes(node, "dilations", spatial, 1);
        for (int d = 0; d < spatial; d++)
        {
            long reach = (dilations[d] * (kernel.Shape[d + 2] - 1L)) + 1;
            long room = x.Shape[d + 2] + pads[d] + pads[d + spatial];
            long stride = Sizes(node, "strides", spatial, 1)[d];
            if (dilations[d] < 1 || stride < 1 || pads[d] < 0 || reach < 1 || reach > room || (room - reach) / stride != 0)
            {
                throw node.Refuse(
                    $"has a kernel of {TensorShape.Text(kernel.Shape[2..])} on an input of {TensorShape.Text(x.Shape[2..])}, which gives more or less than one position",
                    "only a kernel that covers its whole input is a dense layer, so train a network of dense layers");
            }
        }

        long groups = node.Integer("group", 1);
        int outputs = kernel.Shape[0];
        int channels = kernel.Shape[1];
        if (groups < 1 || groups > x.Shape[1] || channels * groups != x.Shape[1] || outputs % groups != 0 || outputs is 0 or > NetworkLimits.WidestLayer)
        {
            throw node.Refuse($"has a kernel {TensorShape.Text(kernel.Shape)} in {groups} groups for {x.Shape[1]} channels", "export it again");
        }

        AffineValue input = LayerBuilder.KeepBottleneck(node, x, outputs);
        AffineForm[] sums = Dense(node, input, kernel, pads, dilations, (int)(outputs / groups));
        if (node.Optional(2) is not null)
        {
            double[] bias = node.Constant(2, "bias").Data;
            if (bias.Length != outputs)
            {
                throw node.Refuse($"has {bias.Length} biases for {outputs} outputs", "export it again");
            }

            sums = [.. sums.Select((s, k) => s.Plus(bias[k]))];
        }

        return new AffineValue([1, outputs, .. Enumerable.Repeat(1, spatial)], input.Source, sums);
    }

    private static AffineForm[] Dense(NodeContext node, AffineValue x, ConstantValue kernel, long[] pads, long[] dilations, int outputsOfGroup)
    {
        int outputs = kernel.Shape[0];
        int ofOutput = TensorShape.Product(kernel.Shape, 1, kernel.Shape.Length);
        node.Budget.Cells(2L * outputs * ofOutput);
        int[][] elements = new int[outputs][];
        double[][] weights = new double[outputs][];
        for (int k = 0; k < outputs; k++)
        {
            List<int> from = [];
            List<double> by = [];
            for (int j = 0; j < ofOutput; j++)
            {
                int channel = (k / outputsOfGroup * kernel.Shape[1]) + (j / TensorShape.Product(kernel.Shape, 2, kernel.Shape.Length));
                if (Position(j, kernel.Shape, x.Shape, pads, dilations) is int position)
                {
                    from.Add((channel * TensorShape.Product(x.Shape, 2, x.Shape.Length)) + position);
                    by.Add(kernel.Data[(k * ofOutput) + j]);
                }
            }

            elements[k] = [.. from];
            weights[k] = [.. by];
        }

        return WeightedSums.Of(node, x, elements, weights);
    }

    // Where in a channel's plane a weight of the kernel lies; null in the padding.
    private static int? Position(int weight, int[] kernel, int[] input, long[] pads, long[] dilations)
    {
        long position = 0;
        long stride = 1;
        int rest = weight;
        for (int d = kernel.Length - 1; d >= 2; d--)
        {
            long at = (rest % kernel[d] * dilations[d - 2]) - pads[d - 2];
            rest /= kernel[d];
            if (at < 0 || at >= input[d])
            {
                return null;
            }

            position += at * stride;
            stride *= input[d];
        }

        return (int)position;
    }

    private static long[] Sizes(NodeContext node, string name, int count, long otherwise)
    {
        long[] sizes = node.Integers(name, int.MaxValue, name) ?? [.. Enumerable.Repeat(otherwise, count)];
        return sizes.Length == count && sizes.All(s => s is >= 0 and <= TensorShape.MostElements)
            ? sizes
            : throw node.Refuse($"has impossible {name}", "export it again");
    }
}
