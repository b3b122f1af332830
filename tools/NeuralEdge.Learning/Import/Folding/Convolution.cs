using NeuralEdge.Conversion.Boards;

namespace NeuralEdge.Learning.Import.Folding;

/// <summary>A convolution written out as a dense layer: each position of the kernel is a neuron of its own.</summary>
internal static class Convolution
{
    /// <summary>
    /// Weights that a convolution of several positions may become: as many as the longest model file of a board could hold
    /// with one byte for each.
    /// </summary>
    internal const int MostWeights = BoardLimits.LongestModel;

    /// <summary>The sums, [1, channels, positions...], of an input [1, channels, sizes...] and a kernel [channels, channels of a group, sizes...].</summary>
    internal static AffineValue Of(INodeContext node, AffineValue x, ConstantValue kernel, SlidingWindow window, int groups, double[]? bias)
    {
        int outputs = kernel.Shape[0];
        long neurons = (long)outputs * window.Positions;
        RequireFit(node, x, neurons, window.Positions);
        x = LayerBuilder.KeepBottleneck(node, x, (int)neurons);
        int ofOutput = TensorShape.Product(kernel.Shape, 1, kernel.Shape.Length);
        int ofChannel = TensorShape.Product(kernel.Shape, 2, kernel.Shape.Length);
        int plane = TensorShape.Product(x.Shape, 2, x.Shape.Length);
        node.Budget.Cells(2 * neurons * ofOutput);
        int[][] elements = new int[neurons][];
        double[][] weights = new double[neurons][];
        for (int n = 0; n < neurons; n++)
        {
            int output = n / window.Positions;
            int firstChannel = output / (outputs / groups) * kernel.Shape[1];
            List<int> from = [];
            List<double> by = [];
            for (int j = 0; j < ofOutput; j++)
            {
                if (window.Meets(n % window.Positions, j % ofChannel) is int place)
                {
                    from.Add(((firstChannel + (j / ofChannel)) * plane) + place);
                    by.Add(kernel.Data[(output * ofOutput) + j]);
                }
            }

            elements[n] = [.. from];
            weights[n] = [.. by];
        }

        AffineForm[] sums = WeightedSums.Of(node, x, elements, weights);
        return new AffineValue([1, outputs, .. window.Output], x.Source, bias is null ? sums : [.. sums.Select((s, n) => s.Plus(bias[n / window.Positions]))]);
    }

    /// <summary>The averages of a window over each channel.</summary>
    /// <param name="node">The node, for refusals.</param>
    /// <param name="x">[1, channels, sizes...].</param>
    /// <param name="window">The window.</param>
    /// <param name="kernel">How many numbers it covers.</param>
    /// <param name="countsPadding">True when padding counts as zeros, false when it does not count.</param>
    internal static AffineValue Averages(INodeContext node, AffineValue x, SlidingWindow window, int kernel, bool countsPadding)
    {
        int channels = x.Shape[1];
        int plane = TensorShape.Product(x.Shape, 2, x.Shape.Length);
        int count = NetworkLimits.RequireWidth(node, (long)channels * window.Positions);
        node.Budget.Cells(2L * count * kernel);
        int[][] elements = new int[count][];
        double[][] weights = new double[count][];
        for (int n = 0; n < count; n++)
        {
            int[] met = [.. Enumerable.Range(0, kernel).Select(j => window.Meets(n % window.Positions, j)).OfType<int>()];
            if (met.Length == 0)
            {
                throw node.Refuse("averages nothing but padding", "export it again");
            }

            elements[n] = Array.ConvertAll(met, place => (n / window.Positions * plane) + place);
            weights[n] = [.. Enumerable.Repeat(1.0 / (countsPadding ? kernel : met.Length), met.Length)];
        }

        return new AffineValue([1, channels, .. window.Output], x.Source, WeightedSums.Of(node, x, elements, weights));
    }

    private static void RequireFit(INodeContext node, AffineValue x, long neurons, int positions)
    {
        long weights = neurons * x.Source.Width;
        if (neurons > NetworkLimits.WidestLayer || (positions > 1 && weights > MostWeights))
        {
            throw node.Refuse(
                $"would be a dense layer of {neurons} neurons and {weights} weights when it is written out, and a board takes {NetworkLimits.WidestLayer} and {MostWeights}",
                "train with fewer channels, a larger stride or a shorter window, or on features of the window");
        }
    }
}
