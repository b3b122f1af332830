using System.Globalization;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Results;
using NeuralEdge.Learning.Import.TfLite.Parsing;

namespace NeuralEdge.Learning.Import.TfLite;

/// <summary>Reads TensorFlow Lite files whose graph is a dense network, in float, with 8-bit weights, or all in 8 bits.</summary>
public static class TfLiteReader
{
    /// <summary>The longest file that is read.</summary>
    public const int MaximumBytes = 64 * 1024 * 1024;

    /// <summary>Reads a model from memory.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What the sentences of refusals call it.</param>
    /// <exception cref="InputRefusedException">It is no dense network; the sentence names the operator or the tensor.</exception>
    public static ImportedModel Parse(byte[] bytes, string name) => Parse(bytes, name, null);

    /// <summary>Reads a model from memory.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What the sentences of refusals call it.</param>
    /// <param name="output">The output that is wanted, of several; null: the one that is meant.</param>
    /// <exception cref="InputRefusedException">It is no dense network; the sentence names the operator or the tensor.</exception>
    public static ImportedModel Parse(byte[] bytes, string name, string? output)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length > MaximumBytes)
        {
            throw new InputRefusedException($"{name} is longer than {MaximumBytes >> 20} MB, the most this program reads; export a smaller network.");
        }

        if (!IsTfLite(bytes))
        {
            throw new InputRefusedException($"{name} is no TensorFlow Lite file (it lacks the mark TFL3); give the .tflite file that the converter wrote.");
        }

        WorkBudget budget = new(name);
        List<string> notes = [];
        TfLiteGraphConverter converter = new(new TfLiteGraph(bytes, budget), budget, notes);
        (string Name, Value Value)[] outputs = converter.Convert(output);
        ChosenOutput chosen = new OutputChoice(budget, converter.Scalers, notes, outputs).Choose();
        FloatNetwork network = LayerBuilder.Finish(chosen.Node, chosen.Scores);
        if (converter.IsQuantised)
        {
            string step = converter.OutputStep > 0 ? string.Create(CultureInfo.InvariantCulture, $"; its outputs came in steps of {converter.OutputStep:G3}") : "";
            notes.Add($"Its 8-bit numbers are taken exactly as the real numbers they stand for and then quantised anew; the rounding to 8 bits between its layers is left out, so results differ from TensorFlow Lite's by that rounding{step}.");
        }

        FloatModel model = ModelNaming.Name(network, converter.InputNames, chosen.Labels, null);
        return new ImportedModel(model, chosen.Classifies || network.HasProbabilities, converter.InputNames is not null, notes)
        {
            Scalers = converter.Scalers.Statistics(network.InputCount),
            Quantisation = converter.InputRange,
        };
    }

    /// <summary>True when the bytes carry TensorFlow Lite's mark.</summary>
    public static bool IsTfLite(ReadOnlySpan<byte> bytes) => bytes.Length >= 8 && bytes[4..8].SequenceEqual("TFL3"u8);
}
