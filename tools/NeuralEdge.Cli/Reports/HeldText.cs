using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;
using NeuralEdge.Models;

namespace NeuralEdge.Cli.Reports;

/// <summary>Why a pin is not what its output asks for: a rule of time holds it.</summary>
internal static class HeldText
{
    /// <summary>The reason in words; null when the pin is what the output asks for, or no rule of time could hold it.</summary>
    /// <param name="model">The model that the board runs.</param>
    /// <param name="live">Its values.</param>
    /// <param name="output">Which output, from 0.</param>
    internal static string? Of(ModelFile model, LiveValues live, int output)
    {
        if (live.Pins[output] is not bool isOn || live.Resting[output] || Wanted(model, live, output) is not bool wanted || wanted == isOn)
        {
            return null;
        }

        OutputBinding binding = model.Model.Bindings.Outputs[output];
        if (isOn)
        {
            return binding.MinOnMs > 0 ? $"held: once on, for {Time(binding.MinOnMs)} at least" : null;
        }

        string[] reasons =
        [
            .. binding.MinOffMs > 0 ? (string[])[$"once off, for {Time(binding.MinOffMs)} at least"] : [],
            .. IsInGroup(model, output) ? (string[])[$"{Time(model.Model.Bindings.Safeguards.DeadTimeMs)} after another load of its group"] : [],
        ];
        return reasons.Length == 0 ? null : $"held: {string.Join(", or ", reasons)}";
    }

    // Null between the thresholds, where either state is right.
    private static bool? Wanted(ModelFile model, LiveValues live, int output)
    {
        OutputBinding binding = model.Model.Bindings.Outputs[output];
        if (binding.Rule == OutputBinding.RuleArgMax)
        {
            return model.ClassOf(live.Outputs) == output;
        }

        double raw = model.Model.Network.HasProbabilities ? 32768 * model.ToValues(live.Outputs)[output] : live.Outputs[output];
        return (binding.On >= binding.Off, raw.CompareTo(binding.On), raw.CompareTo(binding.Off)) switch
        {
            (true, >= 0, _) => true,
            (false, <= 0, _) => true,
            (true, _, <= 0) => false,
            (false, _, >= 0) => false,
            _ => null,
        };
    }

    private static bool IsInGroup(ModelFile model, int output)
    {
        Safeguards safeguards = model.Model.Bindings.Safeguards;
        int group = safeguards.GetGroup(output);
        return group != 0 && Enumerable.Range(0, model.Outputs.Length).Any(o => o != output
            && model.Model.Bindings.Outputs[o].Rule != OutputBinding.RuleNone && safeguards.GetGroup(o) == group);
    }

    private static string Time(int milliseconds) => milliseconds < 1000 ? $"{milliseconds} ms" : NumberText.Time(TimeSpan.FromMilliseconds(milliseconds));
}
