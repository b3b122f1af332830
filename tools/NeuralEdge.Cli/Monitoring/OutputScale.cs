using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;

namespace NeuralEdge.Cli.Monitoring;

/// <summary>What values of an output mean: where its pin switches, and how large a change is more than noise.</summary>
/// <param name="model">The model.</param>
/// <param name="output">Which output, from 0.</param>
internal sealed class OutputScale(ModelFile model, int output)
{
    private const double Q15 = 32768;
    private const double LeastProbability = 0.02;

    /// <summary>Integers that a curve needs at least, so that the noise of one of them does not look like a mountain.</summary>
    internal const int LeastSteps = 8;

    private readonly OutputBinding _binding = model.Model.Bindings.Outputs[output];

    /// <summary>The pin that follows the output; null for none.</summary>
    internal int? Pin => _binding.Rule == OutputBinding.RuleNone ? null : _binding.Pin;

    /// <summary>Where the pin goes on, in the output's unit; null when no threshold switches it.</summary>
    internal double? On => Value(_binding.On);

    /// <summary>Where it goes off.</summary>
    internal double? Off => Value(_binding.Off);

    /// <summary>The least span that a curve shows.</summary>
    internal double LeastSpan => model.Model.Network.HasProbabilities ? LeastProbability : Math.Abs(model.Outputs[output].Scale) * LeastSteps;

    /// <summary>When the pin goes on, in a word or two, such as <c>≥0.6 on</c>.</summary>
    internal string OnText => _binding.Rule == OutputBinding.RuleArgMax ? "largest: on" : On is double on ? $"{(IsRising ? '≥' : '≤')}{Short(on)} on" : "";

    /// <summary>When it goes off; empty where that is whenever it does not go on.</summary>
    internal string OffText => Off is double off && _binding.On != _binding.Off ? $"{(IsRising ? '≤' : '≥')}{Short(off)} off" : "";

    private bool IsRising => _binding.On >= _binding.Off;

    private static string Short(double value) => value.ToString("G3", System.Globalization.CultureInfo.InvariantCulture);

    private double? Value(int raw) => _binding.Rule != OutputBinding.RuleThreshold ? null
        : model.Model.Network.HasProbabilities ? raw / Q15
        : model.Outputs[output].ToValue(raw);
}
