using NeuralEdge.Conversion.Boards;
using NeuralEdge.Models;

namespace NeuralEdge.Conversion.Binding;

/// <summary>Thresholds in values to thresholds in raw integers, which the board compares without any scaling.</summary>
internal static class OutputRules
{
    /// <summary>The rule of an output nothing is wired to.</summary>
    internal static OutputBinding None { get; } = new(OutputBinding.RuleNone, 0, false, 0, 0, 0, 0);

    /// <summary>The binding of one output.</summary>
    /// <param name="output">What the board file says.</param>
    /// <param name="scale">Value of one raw step of what is compared.</param>
    internal static OutputBinding Bind(BoardOutput output, double scale)
    {
        if (output.ArgMax)
        {
            return new OutputBinding(OutputBinding.RuleArgMax, output.Pin, output.ActiveLow, 0, 0, output.MinOnMs, output.MinOffMs);
        }

        // "At or above" needs the smallest integer that is, "at or below" the largest.
        bool rising = output.On >= output.Off;
        double on = rising ? Math.Ceiling(output.On / scale) : Math.Floor(output.On / scale);
        double off = output.On > output.Off ? Math.Floor(output.Off / scale) : Math.Ceiling(output.Off / scale);
        return new OutputBinding(
            OutputBinding.RuleThreshold, output.Pin, output.ActiveLow, Limit(on), Limit(off), output.MinOnMs, output.MinOffMs);
    }

    private static int Limit(double raw) => (int)Math.Clamp(raw, int.MinValue, int.MaxValue);
}
