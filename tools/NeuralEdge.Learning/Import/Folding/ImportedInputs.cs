using NeuralEdge.Conversion.FloatModels;

namespace NeuralEdge.Learning.Import.Folding;

/// <summary>Names and ranges of the inputs, as far as the network itself tells them.</summary>
internal static class ImportedInputs
{
    /// <summary>How far around its centre a scaled input is taken to reach, in units of its scale.</summary>
    internal const double ScalerReach = 4;

    /// <summary>
    /// Ranges out of a scaler before the first layer: where every input is shifted and scaled on its own, the centre
    /// and the scale of what it was trained on are known. A pure rescaling tells no centre, and so no range.
    /// </summary>
    /// <param name="x">What a layer, a product or an activation takes.</param>
    internal static (double Minimum, double Maximum)[]? RangesOfScaler(SymbolValue x)
    {
        if (x.Stage.Depth != 0 || x.Count != x.Stage.Width || !Array.Exists(x.Elements, e => e.Offset != 0))
        {
            return null;
        }

        (double Minimum, double Maximum)[] ranges = new (double, double)[x.Count];
        for (int k = 0; k < ranges.Length; k++)
        {
            Affine element = x.Elements[k];
            if (element.Indices.Length != 1 || element.Indices[0] != k || element.Factors[0] == 0)
            {
                return null;
            }

            double centre = -element.Offset / element.Factors[0];
            double reach = Math.Abs(ScalerReach / element.Factors[0]);
            ranges[k] = (centre - reach, centre + reach);
            if (!double.IsFinite(centre) || !double.IsFinite(reach) || ranges[k].Minimum >= ranges[k].Maximum)
            {
                return null;
            }
        }

        return ranges;
    }

    /// <summary>The specifications of a model's inputs.</summary>
    /// <param name="names">One for each, made up or not.</param>
    /// <param name="ranges">One for each, or null when none is known.</param>
    internal static InputSpec[] Specify(string[] names, (double Minimum, double Maximum)[]? ranges) =>
        [.. names.Select((name, i) => new InputSpec(name, "", ranges?[i].Minimum, ranges?[i].Maximum))];
}
