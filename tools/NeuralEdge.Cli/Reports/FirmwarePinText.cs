using NeuralEdge.Board.Chips;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;

namespace NeuralEdge.Cli.Reports;

/// <summary>Pins that a chip could drive and its firmware does not as it comes, in words.</summary>
internal static class FirmwarePinText
{
    /// <summary>A sentence when a model binds such pins.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="file">The model.</param>
    internal static void Write(TextWriter writer, ModelFile file)
    {
        if (file.Chip is not Chip chip)
        {
            return;
        }

        int[] usual = BoardPins.OutputsOf(chip);
        OutputBinding[] outputs = file.Model.Bindings.Outputs;
        string[] others = [.. Enumerable.Range(0, outputs.Length)
            .Where(o => outputs[o].Rule != OutputBinding.RuleNone && !usual.Contains(outputs[o].Pin))
            .Select(o => $"{file.Outputs[o].Name} (GPIO{outputs[o].Pin})")];
        if (others.Length > 0)
        {
            writer.WriteLine($"warning: the firmware as it comes does not drive the {(others.Length == 1 ? "pin" : "pins")} of {string.Join(", ", others)} on an {chip.Title}, and a board with it refuses this model; take {string.Join(", ", usual)}, or name the {(others.Length == 1 ? "pin" : "pins")} in the firmware's Settings.cs.");
        }
    }
}
