using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.TfLite;

/// <summary>One operator while it is folded, and the words to refuse it.</summary>
internal sealed class TfLiteNode : INodeSite
{
    private readonly string _description;

    internal TfLiteNode(TfLiteGraph graph, int index, WorkBudget budget)
    {
        FlatTable table = graph.Nodes[index];
        Budget = budget;
        Inputs = table.Ints(1, TfLiteLimits.MostValuesOfOperator, "inputs of one operator");
        Outputs = table.Ints(2, TfLiteLimits.MostValuesOfOperator, "outputs of one operator");
        Options = table.Table(4);
        int code = table.Int(0, 0);
        Operator = code >= 0 && code < graph.Operators.Length ? graph.Operators[code] : -1;
        string makes = Outputs.Length > 0 && Outputs[0] >= 0 && Outputs[0] < graph.Tensors.Length
            ? $", which makes {Words.Quote(graph.Tensors[Outputs[0]].Name)},"
            : "";
        _description = $"operator {index} ({TfLiteOperators.NameOf(Operator)}){makes}";
    }

    public WorkBudget Budget { get; }

    /// <summary>Its kind; -1 when the file names none.</summary>
    internal int Operator { get; }

    internal int[] Inputs { get; }

    internal int[] Outputs { get; }

    internal FlatTable? Options { get; }

    public InputRefusedException Refuse(string what, string advice) => new($"{Budget.File}: {_description} {what}; {advice}.");
}
