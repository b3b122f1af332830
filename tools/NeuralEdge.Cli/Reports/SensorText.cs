using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Reports;

/// <summary>What keeps a board from running its model.</summary>
internal static class SensorText
{
    /// <summary>What a sensor feeds: "input 1", or "channel 1" of a model with windows.</summary>
    /// <param name="model">The model; null when it is not known.</param>
    /// <param name="index">Index of the input or channel.</param>
    internal static string Noun(ModelFile? model, int index) => $"{(model?.HasWindows == true ? "channel" : "input")} {index}";

    /// <summary>The sensor that gives nothing to work with: "input 1 (soil) gives no plausible count"; null when all do.</summary>
    /// <param name="report">What the board says.</param>
    /// <param name="model">The model that it runs; null when it is not known.</param>
    internal static string? Of(BoardReport report, ModelFile? model) => report.BadInput is not int input ? null
        : $"{Noun(model, input)}{(model is not null && input < model.Channels.Length ? $" ({model.Channels[input].Name})" : "")} {(report.IsInputFrozen ? "gives the same count again and again" : "gives no plausible count")}";

    /// <summary>Why the board runs no inference; null when nothing in its report says so.</summary>
    /// <param name="report">What the board says.</param>
    /// <param name="model">The model that it runs; null when it is not known.</param>
    internal static string? WhyHeld(BoardReport report, ModelFile? model) => report.Unsuitable is string why ? $"its settings do not suit the chip, so it drives nothing: {why}"
        : report.ModelLength == 0 ? "no model can run, so the outputs are off"
        : Of(report, model) is string sensor ? $"{sensor}, so the outputs are off"
        : null;
}
