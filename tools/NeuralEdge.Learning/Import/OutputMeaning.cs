using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Import.Results;

namespace NeuralEdge.Learning.Import;

/// <summary>
/// Whether the outputs of a network made elsewhere are classes or quantities, where neither its file nor the user says. Files of
/// classifiers often end before the softmax, because the loss of their training has it, and then look like files of quantities.
/// </summary>
internal static class OutputMeaning
{
    private const int NamesInASentence = 4;

    /// <summary>
    /// Outputs larger than others by more than this are no scores of one kind, and one scale would cost the small ones some of
    /// their bits, which it does in no profile below.
    /// </summary>
    private const double MostUnlike = 4096;

    /// <summary>Decides by how the outputs look and by what they are wired to.</summary>
    /// <param name="imported">What the file says.</param>
    /// <param name="model">The network with the names it goes by.</param>
    /// <param name="board">How the board is wired; null when nobody says.</param>
    /// <param name="notes">Is told when the decision could be the other one.</param>
    /// <returns>True for classes.</returns>
    internal static bool Classifies(ImportedModel imported, FloatModel model, BoardFile? board, List<string> notes)
    {
        OutputSpec[] outputs = model.Outputs;
        if (imported.Classifies || imported.GivesQuantities || outputs.Length < 2 || !model.Network.Layers[^1].Function.IsIdentity
            || Array.Exists(outputs, output => output.Unit.Length > 0))
        {
            return imported.Classifies;
        }

        // Whoever compares the outputs has classes; whoever gives each a threshold has quantities.
        if (board?.FollowsLargest is bool compared)
        {
            return compared;
        }

        bool classes = outputs.Select((output, i) => output.Name == ModelNaming.Numbered("y", i)).All(madeUp => madeUp) && AreAlike(model.Network.Layers[^1]);
        notes.Add(classes
            ? $"Its {outputs.Length} outputs are linear and have neither names nor units: they are taken as scores of {outputs.Length} classes, of which the largest wins, on one scale; --task regress if they are quantities."
            : $"Its outputs {Names(outputs)} are taken as quantities; --task classify if they are scores of classes, of which the largest wins.");
        return classes;
    }

    // All outputs are sums over the same numbers, so their weights tell their sizes.
    private static bool AreAlike(FloatLayer layer)
    {
        double[] sizes = [.. layer.Weights.Select((row, n) => row.Sum(Math.Abs) + Math.Abs(layer.Bias[n])).Where(size => size > 0)];
        return sizes.Length == 0 || sizes.Max() <= MostUnlike * sizes.Min();
    }

    private static string Names(OutputSpec[] outputs) =>
        string.Join(", ", outputs.Take(NamesInASentence).Select(output => NumberText.Quote(output.Name))) + (outputs.Length > NamesInASentence ? ", ..." : "");
}
