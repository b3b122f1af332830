using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Functions;

namespace NeuralEdge.Learning.Import.Folding;

/// <summary>The result of a network, of all outputs that its file has.</summary>
/// <param name="Scores">The numbers.</param>
/// <param name="Labels">Their names, null when the file gives none.</param>
/// <param name="Classifies">True when the largest of them is a class.</param>
/// <param name="Node">The words to refuse it.</param>
internal sealed record ChosenOutput(AffineValue Scores, string[]? Labels, bool Classifies, INodeContext Node);

/// <summary>
/// Finds what is meant among several outputs: scores and the class that they choose, probabilities and what they are made
/// of, and whatever is only passed through.
/// </summary>
internal sealed class OutputChoice
{
    private readonly WorkBudget _budget;
    private readonly InputScalers _scalers;
    private readonly List<string> _notes;
    private readonly (string Name, Value Value)[] _outputs;

    /// <summary>A choice among outputs.</summary>
    /// <param name="budget">What the file may still cost.</param>
    /// <param name="scalers">What the file says of the distribution of its inputs.</param>
    /// <param name="notes">Is told what is left out.</param>
    /// <param name="outputs">The outputs by their names.</param>
    internal OutputChoice(WorkBudget budget, InputScalers scalers, List<string> notes, (string Name, Value Value)[] outputs)
    {
        (_budget, _scalers, _notes) = (budget, scalers, notes);
        _outputs = [.. outputs.Select(o => (o.Name, LayerBuilder.ToLayer(Context(o.Name), o.Value)))];
    }

    internal ChosenOutput Choose()
    {
        ClassValue? chosen = _outputs.Select(o => o.Value).OfType<ClassValue>().FirstOrDefault();
        if (Array.Find(_outputs, o => o.Value is ConstantValue or TextValue) is (string constant, not null))
        {
            throw Refuse(constant, "does not depend on the inputs", "remove it from the graph's outputs");
        }

        List<(string Name, AffineValue Value)> results = [.. _outputs.Where(o => o.Value is AffineValue).Select(o => (o.Name, (AffineValue)o.Value))];
        LeaveOut(results, r => results.Exists(o => o.Value != r.Value && IsSoftmaxOf(o.Value, r.Value)), "is what the probabilities are made of");
        if (chosen is null && results.Count == 0)
        {
            throw Refuse("", "is missing: the graph has none", "export the whole network");
        }

        if (chosen is null && results.Count > 1 && results.TrueForAll(r => r.Value.Source == results[0].Value.Source && !r.Value.Source.IsSoftmax && !r.Value.IsUnchanged) && !results.TrueForAll(r => IsSame(r.Value, results[0].Value)))
        {
            return SideBySide(results);
        }

        (string name, AffineValue scores) = results.Count > 0 ? results[0] : ("", chosen!.Scores);
        if (results.FindIndex(r => !IsSame(r.Value, scores)) is int other and > 0)
        {
            throw Refuse(results[other].Name, $"is a second result beside {ForeignName.Quote(name)}", Advice(results.Select(r => r.Name)));
        }

        if (chosen is not null && !IsSame(scores, chosen.Scores) && !IsSoftmaxOf(scores, chosen.Scores) && !RisesWith(scores, chosen.Scores))
        {
            throw Refuse(name, "is a second result beside the class", Advice(_outputs.Select(o => o.Name)));
        }

        string[]? labels = results.Select(r => r.Value.Labels).FirstOrDefault(l => l is not null) ?? (chosen is { Named: true } ? chosen.Labels : null);
        return new ChosenOutput(scores, labels, chosen is not null || labels is not null, Context(name.Length > 0 || _outputs.Length == 0 ? name : _outputs[0].Name));
    }

    // Several heads of one layer are one last layer.
    private ChosenOutput SideBySide(List<(string Name, AffineValue Value)> results)
    {
        OutputContext node = Context(results[0].Name);
        AffineForm[] all = [.. results.SelectMany(r => r.Value.Elements)];
        NetworkLimits.RequireWidth(node, all.Length);
        string[] names = [.. results.SelectMany(r => r.Value.Labels ?? Numbered(r.Name, r.Value.Count))];
        _notes.Add($"The outputs {string.Join(", ", results.Take(12).Select(r => ForeignName.Quote(r.Name)))} are taken side by side; --output takes one of them.");
        return new ChosenOutput(new AffineValue([1, all.Length], results[0].Value.Source, all), names, false, node);
    }

    private static IEnumerable<string> Numbered(string name, int count) => Enumerable.Range(1, count).Select(k => count == 1 ? name : $"{name}_{k}");

    private static string Advice(IEnumerable<string> names) =>
        $"choose one with --output {string.Join(" or --output ", names.Take(6).Select(n => ForeignName.Quote(n)[1..^1]))}";

    private void LeaveOut(List<(string Name, AffineValue Value)> results, Predicate<(string Name, AffineValue Value)> which, string why)
    {
        for (int i = results.Count - 1; i >= 0; i--)
        {
            if (which(results[i]))
            {
                _notes.Add($"The output {ForeignName.Quote(results[i].Name)} {why} and is left out.");
                results.RemoveAt(i);
            }
        }
    }

    // Probabilities and the class chosen by them stand on the same numbers.
    private static bool IsSame(AffineValue a, AffineValue b) =>
        a.Source == b.Source && a.Elements.Length == b.Elements.Length
        && a.Elements.Zip(b.Elements, AreSame).All(same => same);

    private static bool IsSoftmaxOf(AffineValue probabilities, AffineValue scores) =>
        probabilities.Source.IsSoftmax && probabilities.IsUnchanged && StandsOn(probabilities, scores);

    // Each is a rising function of its own score, the same for all: the largest is the same.
    private static bool RisesWith(AffineValue values, AffineValue scores) =>
        values.IsUnchanged
        && values.Source.Function is AppliedScalar { X: VariableScalar, Function: UnaryFunction.Sigmoid or UnaryFunction.Tanh or UnaryFunction.Softplus }
        && StandsOn(values, scores);

    private static bool StandsOn(AffineValue values, AffineValue scores) =>
        values.Source.Previous == scores.Source && values.Count == scores.Count
        && scores.Elements.Select((s, k) => AreSame(values.Source.SumOf(k), s)).All(same => same);

    private static bool AreSame(AffineForm a, AffineForm b)
    {
        if (a.Offset != b.Offset)
        {
            return false;
        }

        int width = 1 + a.Indices.Concat(b.Indices).DefaultIfEmpty(-1).Max();
        return a.Row(width).AsSpan().SequenceEqual(b.Row(width));
    }

    private OutputContext Context(string name) => new(_budget, _scalers, name);

    private InputRefusedException Refuse(string name, string what, string advice) => Context(name).Refuse(what, advice);

    private sealed class OutputContext(WorkBudget budget, InputScalers scalers, string name) : INodeContext
    {
        public WorkBudget Budget => budget;

        public InputScalers Scalers => scalers;

        public InputRefusedException Refuse(string what, string advice) =>
            new($"{Budget.File}: the output {ForeignName.Quote(name)} {what}; {advice}.");
    }
}
