namespace NeuralEdge.Learning.Import.Folding;

/// <summary>Weighted sums of values that depend on the inputs.</summary>
internal static class Sums
{
    /// <summary>The same change to every element.</summary>
    internal static SymbolValue Map(this SymbolValue x, INodeSite site, Func<Affine, int, Affine> change)
    {
        site.Budget.Cells(x.Elements.Sum(e => (long)e.Factors.Length));
        return new SymbolValue(x.Shape, x.Stage, [.. x.Elements.Select(change)]);
    }

    /// <summary>
    /// Dense sums: result[k] = sum over j of weight(j, k) * x[j]. A single element passes its weight on without
    /// rounding, so that a network keeps its very numbers however it is written.
    /// </summary>
    /// <param name="site">The node, for refusals.</param>
    /// <param name="x">What is weighted.</param>
    /// <param name="elements">Which elements of <paramref name="x"/>, one list for each result.</param>
    /// <param name="weights">Their weights, in the same order.</param>
    internal static Affine[] Weighted(INodeSite site, SymbolValue x, int[][] elements, double[][] weights)
    {
        int width = x.Stage.Width;
        site.Budget.Cells((long)elements.Length * width);
        Affine[] results = new Affine[elements.Length];
        for (int k = 0; k < results.Length; k++)
        {
            double[] row = new double[width];
            double offset = 0;
            long steps = 0;
            for (int j = 0; j < elements[k].Length; j++)
            {
                Affine element = x.Elements[elements[k][j]];
                double weight = weights[k][j];
                steps += element.Indices.Length + 1;
                for (int i = 0; i < element.Indices.Length; i++)
                {
                    row[element.Indices[i]] += weight * element.Factors[i];
                }

                offset += weight * element.Offset;
            }

            site.Budget.Steps(steps);
            results[k] = new Affine(x.Stage.All, row, offset);
        }

        return results;
    }

    /// <summary>The sum, or the difference, of two values of one stage.</summary>
    internal static Affine Combine(Affine a, Affine b, double sign, Stage stage)
    {
        double[] row = a.Row(stage.Width);
        for (int i = 0; i < b.Indices.Length; i++)
        {
            row[b.Indices[i]] += sign * b.Factors[i];
        }

        return new Affine(stage.All, row, a.Offset + (sign * b.Offset));
    }
}
