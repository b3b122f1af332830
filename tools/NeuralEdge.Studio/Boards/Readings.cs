using NeuralEdge.Board.Chips;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Features;
using NeuralEdge.Host;
using NeuralEdge.Models;

namespace NeuralEdge.Studio.Boards;

/// <summary>What the numbers of channels are, and where a channel's wire is.</summary>
public static class Readings
{
    /// <summary>The unit of what an ADC says.</summary>
    public const string Counts = "counts";

    /// <summary>What counts are, for somebody who sees them for the first time.</summary>
    public const string WhatCountsAre = "Counts are the steps of the board's ADC: 0 is no voltage, 4095 the most that it can measure. Each is the mean of some readings, so it has a fraction.";

    /// <summary>The pin of an ADC channel, to stand behind its name; empty when nobody knows the chip.</summary>
    /// <param name="chip">The chip; null for none.</param>
    /// <param name="channel">Number of the channel.</param>
    public static string PinOf(Chip? chip, int channel) => chip?.GpioOfAdc(channel) is >= 0 and int pin ? $" (GPIO{pin})" : "";

    /// <summary>A column of recorded rows with its pin: adc0 (GPIO36).</summary>
    /// <param name="column">The column.</param>
    /// <param name="view">What is known of the board.</param>
    public static string Place(string column, BoardView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return column + view.Channels.Where(channel => CountChannel.NameOf(channel) == column).Select(channel => PinOf(view.Report?.Chip, channel)).FirstOrDefault("");
    }

    /// <summary>The unit of a recorded column; empty when nobody knows it.</summary>
    /// <param name="column">The column.</param>
    public static string UnitOf(string column) => Enumerable.Range(0, 32).Any(channel => CountChannel.NameOf(channel) == column) ? Counts : "";

    /// <summary>The unit of a network's input; counts where it is one of the ADC, or a feature of some.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">Which input, from 0.</param>
    public static string UnitOf(ModelFile model, int input)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Inputs[input].Unit is { Length: > 0 } unit ? unit
            : model.Model.Windows is not { } windows ? UnitOfChannel(model, input)
            : windows.Shape.Features[input] is { Kind: not FeatureKind.Crossings } feature ? UnitOfChannel(model, feature.Channel) : "";
    }

    /// <summary>The unit of what is sampled for a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="channel">Which channel of it, from 0.</param>
    public static string UnitOfChannel(ModelFile model, int channel)
    {
        ArgumentNullException.ThrowIfNull(model);
        InputBinding binding = model.Model.Bindings.Inputs[channel];
        ModelInput sampled = model.Channels[channel];

        // Counts that a board file turns into values have another step, or begin elsewhere.
        bool isCount = binding.Source == InputBinding.SourceAdc && sampled.Offset == 0 && sampled.Scale == Math.ScaleB(1, -binding.FractionBits);
        return sampled.Unit.Length > 0 ? sampled.Unit : isCount ? Counts : "";
    }
}
