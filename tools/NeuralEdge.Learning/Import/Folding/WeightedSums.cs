namespace NeuralEdge.Learning.Import.Folding;

/// <summary>Weighted sums of values that depend on the inputs.</summary>
internal static class WeightedSums
{
    /// <summary>
    /// result[k] = sum over j of weights[k][j] * x[elements[k][j]]. A single element passes its weight on without
    /// rounding, so that a network keeps its very numbers however it is written.
    /// </summary>
    /// <param name="node">The node, for refusals.</param>
    /// <param name="x">What is weighted.</param>
    /// <param name="elements">Which elements of <paramref name="x"/>, one list for each result.</param>
    /// <param name="weights">Their weights, in the same order.</param>
    internal static AffineForm[] Of(INodeContext node, AffineValue x, int[][] elements, double[][] weights)
    {
        int width = x.Source.Width;
        node.Budget.Cells((long)elements.Length * width);
        AffineForm[] results = new AffineForm[elements.Length];
        for (int k = 0; k < results.Length; k++)
        {
            double[] row = new double[width];
            double offset = 0;
            long steps = 0;
            for (int j = 0; j < elements[k].Length; j++)
            {
                AffineForm element = x.Elements[elements[k][j]];
                double weight = weights[k][j];
                steps += element.Indices.Length + 1;
                for (int i = 0; i < element.Indices.Length; i++)
                {
                    row[element.Indices[i]] += weight * element.Factors[i];
                }

                offset += weight * element.Offset;
            }

            node.Budget.Steps(steps);
            results[k] = new AffineForm(x.Source.Indices, row, offset);
        }

        return results;
    }

    /// <summary>The weighted sums of all elements, one row of weights for each result.</summary>
    internal static AffineForm[] Of(INodeContext node, AffineValue x, double[][] rows)
    {
        int[] all = [.. Enumerable.Range(0, x.Count)];
        return Of(node, x, Array.ConvertAll(rows, _ => all), rows);
    }
}
