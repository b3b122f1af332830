namespace NeuralEdge.Learning.Import.Folding;

/// <summary>Sums and averages along axes of a tensor.</summary>
internal static class Reduction
{
    /// <summary>The sums or averages.</summary>
    /// <param name="node">The node, for refusals.</param>
    /// <param name="x">The tensor.</param>
    /// <param name="axes">The axes that are summed along.</param>
    /// <param name="keeps">True when these become 1, false when they go.</param>
    /// <param name="mean">True for averages.</param>
    internal static AffineValue Of(INodeContext node, AffineValue x, HashSet<int> axes, bool keeps, bool mean)
    {
        int[] kept = [.. x.Shape.Select((s, d) => axes.Contains(d) ? 1 : s)];
        int count = NetworkLimits.RequireWidth(node, TensorShape.Count(kept));
        int[] places = TensorShape.Broadcast(x.Shape, kept)!.Value.Second;
        node.Budget.Cells(2L * x.Count);
        List<int>[] parts = [.. Enumerable.Range(0, count).Select(_ => new List<int>())];
        for (int k = 0; k < places.Length; k++)
        {
            parts[places[k]].Add(k);
        }

        double factor = mean ? (double)count / x.Count : 1;
        AffineForm[] sums = WeightedSums.Of(
            node, x, Array.ConvertAll(parts, p => p.ToArray()), Array.ConvertAll(parts, p => Enumerable.Repeat(factor, p.Count).ToArray()));
        return new AffineValue(keeps ? kept : [.. x.Shape.Where((_, d) => !axes.Contains(d))], x.Source, sums);
    }
}
