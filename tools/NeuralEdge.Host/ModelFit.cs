using NeuralEdge.Board.Control;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;

namespace NeuralEdge.Host;

/// <summary>Whether a board would take a model, known before a byte is sent.</summary>
internal static class ModelFit
{
    // A person knows names and not numbers.
    private static string Describe(byte[] file, ModelError error, int where)
    {
        if (error != ModelError.Polarity)
        {
            return ModelErrorText.Describe(error, where);
        }

        ModelFile model = ModelFile.Parse(file, "the model");
        OutputBinding output = model.Model.Bindings.Outputs[where];
        return $"{model.Outputs[where].Name} (GPIO {output.Pin}) is active {(output.ActiveLow ? "low" : "high")} in it, and this board is wired for the other level; change \"activeLow\" in the board file, or the board's Settings.cs if that is what is wrong";
    }

    /// <summary>Reads the model as the board will.</summary>
    /// <param name="file">The model file.</param>
    /// <param name="report">What the board says about itself.</param>
    /// <param name="port">The port, for the sentence.</param>
    /// <exception cref="InputRefusedException">The board would refuse it.</exception>
    public static void ThrowIfRefused(byte[] file, BoardReport report, string port)
    {
        Model? model = ModelReader.Read(file, file.Length, report.Limits, out ModelError error, out int where);
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
