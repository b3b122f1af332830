using System.Globalization;

namespace NeuralEdge.Learning.Import.Folding;

/// <summary>
/// What a file tells of the distribution of its inputs: a scaler that takes a mean off each input and then divides by a
/// deviation. Only what can be nothing else counts: a difference and then a factor, on the input itself, positive, not the
/// same for all inputs, and no round number where there is only one. A factor before a difference, a difference alone
/// (as before a principal component analysis), and a normalisation that is part of the network tell no range.
/// </summary>
internal sealed class InputScalers
{
    /// <summary>How far around its mean an input is taken to reach, in deviations.</summary>
    internal const double Reach = 4;

    private readonly Dictionary<int, (double Mean, double Deviation)> _found = [];
    private bool _contradicts;

    /// <summary>Told of every product and quotient with constants.</summary>
    /// <param name="x">What is multiplied.</param>
    /// <param name="factors">The factors, one for each element.</param>
    internal void Offer(AffineValue x, IReadOnlyList<double> factors)
    {
        if (x.Source.Depth != 0 || x.Count != factors.Count || !Array.TrueForAll(x.Elements, IsDifference) || !Array.Exists(x.Elements, e => e.Offset != 0)
            || !factors.All(f => f > 0 && double.IsFinite(f)))
        {
            return;
        }

        (double Mean, double Deviation)[] statistics = [.. x.Elements.Zip(factors, (e, f) => (-e.Offset, 1 / f))];
        bool isConvention = statistics.Length == 1
            ? IsRound(statistics[0].Mean) && IsRound(statistics[0].Deviation)
            : statistics.Distinct().Count() == 1;
        if (isConvention || !statistics.All(s => double.IsFinite(s.Mean) && double.IsFinite(s.Deviation) && s.Mean - (Reach * s.Deviation) < s.Mean + (Reach * s.Deviation)))
        {
            return;
        }

        for (int k = 0; k < statistics.Length; k++)
        {
            int input = x.Elements[k].Indices[IndexOf(x.Elements[k])];
            _contradicts |= !_found.TryAdd(input, statistics[k]) && _found[input] != statistics[k];
        }
    }

    /// <summary>Mean and deviation of each input, null where none is known.</summary>
    internal (double Mean, double Deviation)?[] Statistics(int inputs) =>
        [.. Enumerable.Range(0, inputs).Select(i => !_contradicts && _found.TryGetValue(i, out (double, double) found) ? found : ((double, double)?)null)];

    private static bool IsDifference(AffineForm form) => IndexOf(form) >= 0 && form.Factors.Count(f => f != 0) == 1;

    private static int IndexOf(AffineForm form) => Array.IndexOf(form.Factors, 1.0);

    // 0.5, 127.5 or 255 stand for a convention, 5.843 for data.
    private static bool IsRound(double number) =>
        Math.Abs(double.Parse(number.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) - number) <= 1e-6 * Math.Abs(number)
        || Math.Abs((2 * number) - Math.Round(2 * number)) <= 1e-6 * Math.Abs(number);
}
