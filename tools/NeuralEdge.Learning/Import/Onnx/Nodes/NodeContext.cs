using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Parsing;

namespace NeuralEdge.Learning.Import.Onnx.Nodes;

/// <summary>One node while it is converted: its inputs as values, its attributes, and the words to refuse it.</summary>
internal sealed class NodeContext(OnnxNode node, Value?[] inputs, long opset, ConversionContext file, Func<string, long?> typeOf) : INodeContext
{
    public WorkBudget Budget => file.Budget;

    public InputScalers Scalers => file.Scalers;

    /// <summary>What becomes of the file's integers.</summary>
    internal Quantisation Quantisation => file.Quantisation;

    /// <summary>Version of the operators of ONNX's own domain.</summary>
    internal long Opset { get; } = opset;

    /// <summary>How many inputs are given, left-out ones in the middle included.</summary>
    internal int InputCount => inputs.Length;

    /// <summary>The element type of an input that the file holds as a tensor; null when it is computed or left out.</summary>
    internal long? TypeOf(int input) => input < node.Inputs.Count ? typeOf(node.Inputs[input]) : null;

    /// <summary>How many outputs the node names.</summary>
    internal int OutputCount => node.Outputs.Count;

    /// <summary>How the node is called in sentences.</summary>
    internal static string Describe(OnnxNode node) =>
        node.Name.Length > 0 ? $"node {ForeignName.Quote(node.Name)} ({Plain(node.Operator)})"
        : node.Outputs.Count > 0 ? $"the node that makes {ForeignName.Quote(node.Outputs[0])} ({Plain(node.Operator)})"
        : $"a node without name ({Plain(node.Operator)})";

    public InputRefusedException Refuse(string what, string advice) => new($"{Budget.File}: {Describe(node)} {what}; {advice}.");

    /// <summary>Something the person should know though the file is accepted.</summary>
    internal void Note(string sentence) => file.Notes.Add($"{Describe(node)}: {sentence}");

    /// <summary>Something the person should know once, however many nodes it is true of.</summary>
    internal void NoteOnce(string sentence)
    {
        if (!file.Notes.Contains(sentence))
        {
            file.Notes.Add(sentence);
        }
    }

    /// <summary>The numbers of a tensor in an attribute.</summary>
    internal Value Decode(OnnxTensor tensor, string where) => TensorDecoder.Read(tensor, Budget, where, file.Others);

    /// <summary>An input that may be left out.</summary>
    internal Value? Optional(int index) => index < inputs.Length ? inputs[index] : null;

    /// <summary>An input that must be there.</summary>
    internal Value Input(int index) =>
        Optional(index) ?? throw Refuse($"has no input {index}", "export it again");

    /// <summary>An input that must be there, with what is being put together as outputs of a layer.</summary>
    internal Value Numbers(int index) => LayerBuilder.ToLayer(this, Input(index));

    /// <summary>An input that must depend on the network's inputs.</summary>
    internal AffineValue Affine(int index) => Input(index) switch
    {
        AffineValue affine => affine,
        PointwiseValue pointwise => pointwise.ToLayer(this),
        ConstantValue or TextValue => throw Refuse("computes with constants only", "remove it from the graph, or fold constants before exporting"),
        _ => throw Elementwise.NoNumbers(this),
    };

    /// <summary>An input that must be known from the file.</summary>
    internal ConstantValue Constant(int index, string what) => Input(index) switch
    {
        ConstantValue numbers => numbers,
        TextValue => throw Refuse($"has texts as its {what}", "export it again"),
        _ => throw Refuse($"computes its {what} from the inputs", "export a network whose parameters are constants"),
    };

    /// <summary>Whole numbers from an attribute of old opsets or an input of new ones; null when left out.</summary>
    internal long[]? Integers(string attribute, int input, string what)
    {
        if (Optional(input) is not null)
        {
            return ToIntegers(Constant(input, what).Data, what);
        }

        return attribute.Length > 0 && Attribute(attribute) is { } found ? ToIntegers(found.Integers, what) : null;
    }

    /// <summary>A whole number from an attribute.</summary>
    internal long Integer(string name, long otherwise) => Attribute(name) is { HasInteger: true } found ? found.Integer : otherwise;

    /// <summary>A number from an attribute.</summary>
    internal double Float(string name, double otherwise) => Attribute(name) is { HasFloat: true } found ? Finite(found.Float, name) : otherwise;

    /// <summary>Numbers from an attribute, empty when left out.</summary>
    internal double[] Floats(string name) => Attribute(name)?.Floats ?? [];

    /// <summary>A text from an attribute.</summary>
    internal string Text(string name, string otherwise) => Attribute(name)?.Text ?? otherwise;

    /// <summary>Labels of classes from a list of texts or of whole numbers; null when there are none.</summary>
    internal string[]? Labels(string texts, string integers)
    {
        if (Attribute(texts) is { Texts.Count: > 0 } named)
        {
            return [.. named.Texts];
        }

        return Attribute(integers) is { Integers.Length: > 0 } numbered ? Array.ConvertAll(numbered.Integers, ClassValue.NumberLabel) : null;
    }

    /// <summary>An attribute, null when left out.</summary>
    internal OnnxAttribute? Attribute(string name)
    {
        OnnxAttribute? found = node.Attributes.GetValueOrDefault(name);
        return found is { Reference: not null }
            ? throw Refuse($"takes its attribute {name} from a function, and is in none", "export it again")
            : found;
    }

    /// <summary>An axis counted from the front.</summary>
    internal int Axis(long axis, int rank)
    {
        int found = TensorShape.Axis(axis, rank);
        return found >= 0 ? found : throw Refuse($"names the axis {axis} of a tensor with {rank} dimensions", "export it again");
    }

    /// <summary>A shape of whole numbers, checked against the most elements a tensor may have.</summary>
    internal int[] CheckedShape(IReadOnlyList<long> shape)
    {
        int count = shape.Count > TensorShape.MostDimensions ? -1 : TensorShape.Count(shape);
        return count >= 0
            ? [.. shape.Select(s => (int)s)]
            : throw Refuse("makes a tensor of an impossible shape", $"at most {TensorShape.MostDimensions} dimensions and {TensorShape.MostElements} numbers are read, so export a smaller network");
    }

    private double Finite(double number, string name) =>
        double.IsFinite(number) ? number : throw Refuse($"has an attribute {name} that is NaN or infinite", "export a sound model");

    private long[] ToIntegers(double[] numbers, string what)
    {
        return Array.ConvertAll(numbers, n =>
            double.IsFinite(n) && n == Math.Truncate(n) ? (long)n : throw Refuse($"has {what} that are no whole numbers", "export it again"));
    }

    private static string Plain(string text) => text.Length == 0 ? "no operator" : ForeignName.Quote(text)[1..^1];
}
