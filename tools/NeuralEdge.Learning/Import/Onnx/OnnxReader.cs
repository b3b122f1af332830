using System.Globalization;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;
using NeuralEdge.Learning.Import.Onnx.Parsing;
using NeuralEdge.Learning.Import.Results;

namespace NeuralEdge.Learning.Import.Onnx;

/// <summary>
/// Reads ONNX files (opset 7 and later) whose graph computes a dense network, however it is written.
/// </summary>
public static class OnnxReader
{
    /// <summary>The longest file that is read.</summary>
    public const int MaximumBytes = 64 * 1024 * 1024;

    // What skl2onnx calls the result of every regressor.
    private const string ScikitQuantity = "variable";

    /// <summary>Reads a model from memory.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What the sentences of refusals call it.</param>
    /// <exception cref="InputRefusedException">It is no dense network; the sentence names the node or the field.</exception>
    public static ImportedModel Parse(byte[] bytes, string name) => Parse(bytes, name, null, null);

    /// <summary>Reads a model from memory.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What the sentences of refusals call it.</param>
    /// <param name="folder">Where a file is looked for that holds the weights, as PyTorch exports them; null: nowhere.</param>
    /// <param name="output">The output that is wanted, of several; null: the one that is meant.</param>
    /// <exception cref="InputRefusedException">It is no dense network; the sentence names the node or the field.</exception>
    public static ImportedModel Parse(byte[] bytes, string name, string? folder, string? output)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length > MaximumBytes)
        {
            throw new InputRefusedException($"{name} is longer than {MaximumBytes >> 20} MB, the most this program reads; export a smaller network.");
        }

        WorkBudget budget = new(name);
        ExternalData others = new(folder);
        Quantisation quantisation = new(keepsEnds: true);
        ImportedModel model = Convert(bytes, output, new ConversionContext(budget, [], new InputScalers(), quantisation, others));
        if (!quantisation.HasEnds)
        {
            return model;
        }

        // Without ends that no row meets the network is smaller; whether one does is known when the ranges are.
        Quantisation without = new(keepsEnds: false);
        ImportedModel open = Convert(bytes, output, new ConversionContext(new WorkBudget(name), [], new InputScalers(), without, others));
        return model with { WithoutEnds = open.Model.Network };
    }

    private static ImportedModel Convert(byte[] bytes, string? output, ConversionContext file)
    {
        OnnxGraphConverter converter = new(new OnnxParser(bytes, file.Budget).Parse(), file);
        (string Name, Value Value)[] outputs = converter.Convert(output);
        ChosenOutput chosen = new OutputChoice(file.Budget, file.Scalers, file.Notes, outputs).Choose();
        FloatNetwork network = LayerBuilder.Finish(chosen.Node, chosen.Scores);
        if (file.Quantisation.IsQuantised)
        {
            string step = file.Quantisation.LastStep > 0 ? string.Create(CultureInfo.InvariantCulture, $"; the last of them came in steps of {file.Quantisation.LastStep:G3}") : "";
            file.Notes.Add(!file.Quantisation.RoundsBetween
                ? "Its integer weights are taken exactly as the real numbers they stand for, and then quantised anew."
                : $"Its integers are taken exactly as the real numbers they stand for and then quantised anew; the rounding between its layers is left out, so results differ from the file's own by that rounding{step}.");
        }

        FloatModel model = ModelNaming.Name(network, converter.InputNames, chosen.Labels, null);
        return new ImportedModel(model, chosen.Classifies || network.HasProbabilities, converter.InputNames is not null, file.Notes)
        {
            Scalers = file.Scalers.Statistics(network.InputCount),
            Quantisation = file.Quantisation.InputRange,
            GivesQuantities = Array.Exists(outputs, given => given.Name == ScikitQuantity),
        };
    }
}
