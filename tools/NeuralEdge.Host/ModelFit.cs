using NeuralEdge.Board.Chips;
using NeuralEdge.Board.Control;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;

namespace NeuralEdge.Host;

/// <summary>Whether a board would take a model, known before a byte is sent.</summary>
internal static class ModelFit
{
    // A person knows names and not numbers.
    private static string Describe(byte[] file, ModelError error, int where)
    {
        if (error is not (ModelError.Polarity or ModelError.Channel))
        {
            return ModelErrorText.Describe(error, where);
        }

        ModelFile model = ModelFile.Parse(file, "the model");
        if (error == ModelError.Channel)
        {
            return ModelErrorText.Describe(error, where, model.HasWindows ? "channel" : "input");
        }

        OutputBinding output = model.Model.Bindings.Outputs[where];
        return $"{model.Outputs[where].Name} (GPIO {output.Pin}) is active {(output.ActiveLow ? "low" : "high")} in it, and this board is wired for the other level; change \"activeLow\" in the board file, or the board's Settings.cs if that is what is wrong";
    }

    // A file that no reader understands is refused for that.
    private static Chip? WiredFor(byte[] file)
    {
        try
        {
            return ModelFile.Parse(file, "the model").Chip;
        }
        catch (InputRefusedException)
        {
            return null;
        }
    }

    /// <summary>Reads the model as the board will.</summary>
    /// <param name="file">The model file.</param>
    /// <param name="report">What the board says about itself.</param>
    /// <param name="port">The port, for the sentence.</param>
    /// <exception cref="InputRefusedException">The board would refuse it.</exception>
    public static void ThrowIfRefused(byte[] file, BoardReport report, string port)
    {
        if (report.Unsuitable is string why)
        {
            throw new InputRefusedException($"The board at {port} takes no model: {why}; {report.Remedy}.");
        }

        Model? model = ModelReader.Read(file, file.Length, report.Limits, out ModelError error, out int where);
        if (report.Chip is Chip there && WiredFor(file) is Chip wired && !BoardPins.AreAlike(wired, there))
        {
            throw new InputRefusedException($"This model is wired for an {wired.Title}, and the board at {port} is an {there.Title}, whose pins are others; write \"chip\": \"{there.Name}\" into its board file, and make the model again.");
        }

        if (model == null)
        {
            throw new InputRefusedException($"This model is not for the board at {port}: {Describe(file, error, where)}.");
        }

        if (report.HeapLeft is { } left && ModelMemory.WhileLoading(model) > left)
        {
            throw new InputRefusedException($"This model is not for the board at {port}: loading it takes {ModelMemory.WhileLoading(model)} bytes of memory, and {left} are free for it; {ModelErrorText.MemoryAdvice}.");
        }
    }
}
