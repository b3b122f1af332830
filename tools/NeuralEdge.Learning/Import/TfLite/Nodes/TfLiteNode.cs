using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Parsing;

namespace NeuralEdge.Learning.Import.TfLite.Nodes;

/// <summary>One operator of the graph while it is converted: its inputs as values, its options, and the words to refuse it.</summary>
internal sealed class TfLiteNode : INodeContext
{
    private readonly TfLiteGraph _graph;
    private readonly FlatTable? _options;
    private readonly string _description;

    /// <summary>The operator at an index of the graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="index">Its place among the operators.</param>
    /// <param name="nameOf">The name of an operator by its number.</param>
    /// <param name="values">What the tensors hold.</param>
    /// <param name="budget">What the file may still cost.</param>
    internal TfLiteNode(TfLiteGraph graph, int index, Func<int, string> nameOf, TfLiteValues values, WorkBudget budget)
    {
        FlatTable table = graph.Nodes[index];
        _graph = graph;
        Values = values;
        Budget = budget;
        Inputs = table.Ints(1, TfLiteLimits.MostValuesOfOperator, "inputs of one operator");
        Outputs = table.Ints(2, TfLiteLimits.MostValuesOfOperator, "outputs of one operator");
        _options = table.Table(4);
        int code = table.Int(0, 0);
        Operator = code >= 0 && code < graph.Operators.Length ? graph.Operators[code] : -1;
        string makes = Outputs.Length > 0 && Outputs[0] >= 0 && Outputs[0] < graph.Tensors.Length
            ? $", which makes {ForeignName.Quote(graph.Tensors[Outputs[0]].Name)},"
            : "";
        _description = $"operator {index} ({nameOf(Operator)}){makes}";
    }

    public WorkBudget Budget { get; }

    public InputScalers Scalers => Values.Scalers;

    /// <summary>Its kind by the number of the schema; -1 when the file names none.</summary>
    internal int Operator { get; }

    /// <summary>Indices of tensors; -1 of one left out.</summary>
    internal int[] Inputs { get; }

    /// <summary>Indices of tensors.</summary>
    internal int[] Outputs { get; }

    /// <summary>What the tensors hold.</summary>
    internal TfLiteValues Values { get; }

    /// <summary>The tensor that it makes.</summary>
    internal TfLiteTensor Result => _graph.Tensors[Outputs[0]];

    public InputRefusedException Refuse(string what, string advice) => new($"{Budget.File}: {_description} {what}; {advice}.");

    /// <summary>A byte of its options.</summary>
    internal int OptionByte(int field) => _options?.Byte(field, 0) ?? 0;

    /// <summary>A 32-bit integer of its options.</summary>
    internal int OptionInt(int field) => _options?.Int(field, 0) ?? 0;

    /// <summary>A single-precision number of its options.</summary>
    internal float OptionSingle(int field) => _options?.Single(field, 0) ?? 0;

    /// <summary>What the file says of an input that must be there.</summary>
    internal TfLiteTensor Tensor(int input) => _graph.Tensors[IndexOf(input)];

    /// <summary>An input that must be there, as real numbers.</summary>
    internal Value Input(int input) => Values.Read(this, IndexOf(input));

    /// <summary>An input that must depend on the network's inputs.</summary>
    internal AffineValue Affine(int input) =>
        LayerBuilder.ToLayer(this, Input(input)) as AffineValue ?? throw Refuse("computes with constants only", "export a network without it");

    /// <summary>An input that must be known from the file.</summary>
    internal ConstantValue Constant(int input, string what) =>
        Input(input) as ConstantValue ?? throw Refuse($"computes its {what} from the inputs", "export a trained network");

    private int IndexOf(int input)
    {
        int index = input < Inputs.Length ? Inputs[input] : -1;
        return index >= 0 && index < _graph.Tensors.Length ? index : throw Refuse($"has no input {input}", "export it again");
    }
}
