using System.Globalization;
using NeuralEdge.Conversion;

namespace NeuralEdge.Cli.Verbs;

/// <summary>Ranges of inputs as they are given on the command line: "-4,4" for all, "soil=0:4095" for one.</summary>
/// <param name="All">The range of every input that is not named, null when none is given.</param>
/// <param name="Named">Ranges by the names of inputs.</param>
internal sealed record RangeOptions((double Minimum, double Maximum)? All, IReadOnlyDictionary<string, (double Minimum, double Maximum)> Named)
{
    /// <summary>Reads each value of the option.</summary>
    /// <exception cref="InputRefusedException">One is no range, or there are two for one input.</exception>
    internal static RangeOptions Parse(string[] texts)
    {
        (double, double)? all = null;
        Dictionary<string, (double, double)> named = new(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            int equals = text.LastIndexOf('=');
            bool isNew = equals < 0 ? all is null : named.TryAdd(text[..equals].Trim(), Ends(text, text[(equals + 1)..].Split(':')));
            if (!isNew)
            {
                throw new InputRefusedException($"--range {text} is the second range for {(equals < 0 ? "all inputs" : text[..equals].Trim())}; give one.");
            }

            all = equals < 0 ? Ends(text, text.Split(',')) : all;
        }

        return new RangeOptions(all, named);
    }

    private static (double, double) Ends(string text, string[] ends) =>
        ends.Length == 2
        && double.TryParse(ends[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double low)
        && double.TryParse(ends[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double high)
        && double.IsFinite(low) && double.IsFinite(high) && low < high
            ? (low, high)
            : throw new InputRefusedException(
                $"--range {text} is no range; write the smallest and the largest value like --range -4,4, or for one input like --range soil=0:4095.");
}
