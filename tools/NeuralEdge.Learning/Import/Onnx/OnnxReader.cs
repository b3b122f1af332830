using NeuralEdge.Conversion;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Import.Folding;
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
    public static ImportedModel Parse(byte[] bytes, string name)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length > MaximumBytes)
        {
            throw new InputRefusedException($"{name} is longer than {MaximumBytes >> 20} MB, the most this program reads; export a smaller network.");
        }

        WorkBudget budget = new(name);
        OnnxGraphConverter converter = new(new OnnxParser(bytes, budget).Parse(), budget);
        (string Name, Value Value)[] outputs = converter.Convert();
        OutputContext context = new(budget, outputs);
        (AffineValue scores, ClassValue? chosen) = Choose(outputs, context);
        FloatNetwork network = LayerBuilder.Finish(context, scores);
        string[]? labels = scores.Labels ?? (chosen is { Named: true } ? chosen.Labels : null);
        (double, double)[]? ranges = converter.Ranges ?? ScalerRanges.Of(scores);
        if (ranges is not null)
        {
            converter.Notes.Add($"The ranges of the inputs are those of its own scaler, {ScalerRanges.Reach} scales to each side of the centre; --calibrate DATA.csv gives narrower ones.");
        }

        FloatModel model = ModelNaming.Name(network, converter.InputNames, labels, ranges);
        bool classifies = chosen is not null || labels is not null || network.HasProbabilities;
        return new ImportedModel(model, classifies, converter.InputNames is not null, converter.Notes)
        {
            GivesQuantities = Array.Exists(outputs, output => output.Name == ScikitQuantity),
        };
    }

    private static (AffineValue Scores, ClassValue? Chosen) Choose((string Name, Value Value)[] outputs, OutputContext context)
    {
        ClassValue? chosen = outputs.Select(o => o.Value).OfType<ClassValue>().FirstOrDefault();
        AffineValue? scores = chosen?.Scores;
        string[]? labels = null;
        foreach ((string name, Value value) in outputs)
        {
            switch (value)
            {
                case AffineValue affine when scores is null || Same(affine, scores):
                    scores ??= affine;
                    labels ??= affine.Labels;
                    break;
                case AffineValue:
                    throw context.Refuse($"is a second result beside {(chosen is null ? "the first output" : "the class")}", "keep one output of the graph", name);
                case ConstantValue or TextValue:
                    throw context.Refuse("does not depend on the inputs", "remove it from the graph's outputs", name);
            }
        }

        return scores is null
            ? throw context.Refuse("is missing: the graph has none", "export the whole network", "")
            : (labels is null ? scores : scores.WithLabels(labels), chosen);
    }

    // Probabilities and the class chosen by them stand on the same numbers.
    private static bool Same(AffineValue a, AffineValue b) =>
        a.Source == b.Source && a.Elements.Length == b.Elements.Length
        && (ReferenceEquals(a.Elements, b.Elements) || (a.IsUnchanged && b.IsUnchanged));

    private sealed class OutputContext(WorkBudget budget, (string Name, Value Value)[] outputs) : INodeContext
    {
        public WorkBudget Budget { get; } = budget;

        public InputRefusedException Refuse(string what, string advice) =>
            Refuse(what, advice, outputs.Length > 0 ? outputs[0].Name : "");

        internal InputRefusedException Refuse(string what, string advice, string name) =>
            new($"{Budget.File}: the output {ForeignName.Quote(name)} {what}; {advice}.");
    }
}
