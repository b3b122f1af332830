namespace NeuralEdge.Learning.Import.Folding;

/// <summary>The ranges of the inputs, as far as the network itself tells them.</summary>
internal static class ScalerRanges
{
    /// <summary>How far around its centre a scaled input is taken to reach, in units of its scale.</summary>
    internal const double Reach = 4;

    /// <summary>
    /// Ranges out of a scaler before the first layer: where every input is shifted and scaled on its own, the centre
    /// and the scale of what it was trained on are known. A pure rescaling tells no centre, and so no range.
    /// </summary>
    /// <param name="x">What a layer, a product or an activation takes.</param>
    internal static (double Minimum, double Maximum)[]? Of(AffineValue x)
    {
        if (x.Source.Depth != 0 || x.Count != x.Source.Width || !Array.Exists(x.Elements, e => e.Offset != 0))
        {
            return null;
        }

        (double Minimum, double Maximum)[] ranges = new (double, double)[x.Count];
        for (int k = 0; k < ranges.Length; k++)
        {
            AffineForm element = x.Elements[k];
            if (element.Indices.Length != 1 || element.Indices[0] != k || element.Factors[0] == 0)
            {
                return null;
            }

            double centre = -element.Offset / element.Factors[0];
            double reach = Math.Abs(Reach / element.Factors[0]);
            ranges[k] = (centre - reach, centre + reach);
            if (!double.IsFinite(centre) || !double.IsFinite(reach) || ranges[k].Minimum >= ranges[k].Maximum)
            {
                return null;
            }
        }

        return ranges;
    }
}
