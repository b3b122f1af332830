using NeuralEdge.Conversion;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Onnx;

/// <summary>
/// Reads ONNX files (opset 7 and later) whose graph computes a dense network, however it is written.
/// </summary>
public static class OnnxReader
{
    /// <summary>The longest file that is read.</summary>
    public const int MaximumBytes = 64 * 1024 * 1024;

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
        OnnxFolder folder = new(new OnnxParser(bytes, budget).Parse(), budget);
        (string Name, Value Value)[] outputs = folder.Fold();
        OutputSite site = new(budget, outputs);
        (SymbolValue scores, ClassValue? chosen) = Choose(outputs, site);
        FloatNetwork network = Layers.Finish(site, scores);
        string[]? labels = scores.Labels ?? (chosen is { Named: true } ? chosen.Labels : null);
        string[] outputNames = Words.NamesOr(labels, network.OutputCount, "y");
        string[] inputNames = Words.NamesOr(folder.InputNames, folder.InputWidth, "x");
        (double, double)[]? ranges = folder.Ranges ?? ImportedInputs.RangesOfScaler(scores);
        if (ranges is not null)
        {
            folder.Notes.Add($"The ranges of the inputs are those of its own scaler, {ImportedInputs.ScalerReach} scales to each side of the centre; --calibrate DATA.csv gives narrower ones.");
        }

        FloatModel model = new(
            network,
            ImportedInputs.Specify(inputNames, ranges),
            Array.ConvertAll(outputNames, o => new OutputSpec(o)));
        bool classifies = chosen is not null || labels is not null || network.HasProbabilities;
        return new ImportedModel(model, classifies, folder.InputNames is not null, folder.Notes);
    }

    private static (SymbolValue Scores, ClassValue? Chosen) Choose((string Name, Value Value)[] outputs, OutputSite site)
    {
        ClassValue? chosen = outputs.Select(o => o.Value).OfType<ClassValue>().FirstOrDefault();
        SymbolValue? scores = chosen?.Scores;
        string[]? labels = null;
        foreach ((string name, Value value) in outputs)
        {
            switch (value)
            {
                case SymbolValue symbol when scores is null || Same(symbol, scores):
                    scores ??= symbol;
                    labels ??= symbol.Labels;
                    break;
                case SymbolValue:
                    throw site.Refuse($"is a second result beside {(chosen is null ? "the first output" : "the class")}", "keep one output of the graph", name);
                case NumberValue or TextValue:
                    throw site.Refuse("does not depend on the inputs", "remove it from the graph's outputs", name);
            }
        }

        return scores is null
            ? throw site.Refuse("is missing: the graph has none", "export the whole network", "")
            : (labels is null ? scores : scores.WithLabels(labels), chosen);
    }

    // Probabilities and the class chosen by them stand on the same numbers.
    private static bool Same(SymbolValue a, SymbolValue b) =>
        a.Stage == b.Stage && a.Elements.Length == b.Elements.Length
        && (ReferenceEquals(a.Elements, b.Elements) || (a.IsStage && b.IsStage));

    private sealed class OutputSite(WorkBudget budget, (string Name, Value Value)[] outputs) : INodeSite
    {
        public WorkBudget Budget { get; } = budget;

        public InputRefusedException Refuse(string what, string advice) =>
            Refuse(what, advice, outputs.Length > 0 ? outputs[0].Name : "");

        internal InputRefusedException Refuse(string what, string advice, string name) =>
            new($"{Budget.File}: the output {Words.Quote(name)} {what}; {advice}.");
    }
}
