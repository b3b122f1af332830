using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;
using NeuralEdge.Learning.Import.TfLite.Parsing;

namespace NeuralEdge.Learning.Import.TfLite;

/// <summary>
/// Walks the operators in their order. Quantised tensors are taken as the real numbers they stand for; the rounding
/// of what is computed between them is not imitated, because the board has a finer one of its own.
/// </summary>
internal sealed class TfLiteGraphConverter(TfLiteGraph graph, WorkBudget budget)
{
    private readonly TfLiteValues _values = new(graph, budget);

    /// <summary>The range that quantisation gives all elements of the input; null when it gives none.</summary>
    internal (double Minimum, double Maximum)? InputRange => _values.InputRange;

    /// <summary>True when weights or activations are 8-bit.</summary>
    internal bool IsQuantised => _values.IsQuantised;

    /// <summary>The step of an 8-bit output, 0 when it is float.</summary>
    internal double OutputStep { get; private set; }

    /// <summary>The network's outputs, and the operator that makes them.</summary>
    internal (AffineValue Outputs, INodeContext Last) Convert()
    {
        if (graph.Inputs.Length != 1 || graph.Outputs.Length != 1)
        {
            throw Refuse($"has {graph.Inputs.Length} inputs and {graph.Outputs.Length} outputs", "a network with one of each can be read, so export one");
        }

        int input = RequireTensor(graph.Inputs[0], "input");
        int output = RequireTensor(graph.Outputs[0], "output");
        SetInput(input);
        TfLiteNode[] nodes = [.. Enumerable.Range(0, graph.Nodes.Length).Select(i => new TfLiteNode(graph, i, TfLiteOperators.NameOf, _values, budget))];
        bool[] needed = Needed(nodes, output);
        TfLiteNode? last = null;
        for (int i = 0; i < nodes.Length; i++)
        {
            if (needed[i])
            {
                last = nodes[i];
                Run(last);
            }
        }

        _values.InputRange = graph.Tensors[input].Range ?? _values.InputRange;
        OutputStep = graph.Tensors[output] is { IsQuantised: true } stepped ? stepped.Scales[0] : 0;
        return _values[output] is AffineValue outputs && last is not null
            ? (outputs, last)
            : throw Refuse($"computes nothing for its output {ForeignName.Quote(graph.Tensors[output].Name)}", "export the whole network");
    }

    private InputRefusedException Refuse(string what, string advice) => new($"{budget.File} {what}; {advice}.");

    private int RequireTensor(int index, string what) => index >= 0 && index < graph.Tensors.Length
        ? index
        : throw Refuse($"names tensor {index} as its {what}, and there are {graph.Tensors.Length}", "export it again");

    private void SetInput(int index)
    {
        TfLiteTensor tensor = graph.Tensors[index];
        int[] shape = [.. tensor.Shape.Select((s, d) => d == 0 && tensor.Shape.Length > 1 ? 1 : s)];
        int width = TensorShape.Count(shape);
        if (width is < 1 or > NetworkLimits.WidestLayer || tensor.BytesOfElement == 0)
        {
            throw Refuse(
                $"has the input {ForeignName.Quote(tensor.Name)} of the type {tensor.TypeName} and the shape {TensorShape.Text(tensor.Shape)}",
                $"a board takes 1 to {NetworkLimits.WidestLayer} numbers, so export a network of that size");
        }

        _values[index] = AffineValue.Of(LayerOutputs.InputLayer(width), shape);
    }

    private static bool[] Needed(TfLiteNode[] nodes, int output)
    {
        Dictionary<int, int> makers = [];
        for (int i = 0; i < nodes.Length; i++)
        {
            foreach (int made in nodes[i].Outputs)
            {
                if (!makers.TryAdd(made, i))
                {
                    throw nodes[i].Refuse($"makes tensor {made}, which an operator before it makes already", "export it again");
                }
            }
        }

        bool[] needed = new bool[nodes.Length];
        Stack<int> open = new([output]);
        while (open.TryPop(out int tensor))
        {
            if (makers.TryGetValue(tensor, out int node) && !needed[node])
            {
                needed[node] = true;
                bool first = TfLiteOperators.Find(nodes[node].Operator) is { NeedsFirstInputOnly: true };
                foreach (int input in nodes[node].Inputs.Take(first ? 1 : int.MaxValue))
                {
                    open.Push(input);
                }
            }
        }

        return needed;
    }

    private void Run(TfLiteNode node)
    {
        if (node.Outputs.Length == 0)
        {
            throw node.Refuse("makes nothing", "export it again");
        }

        int output = RequireTensor(node.Outputs[0], "result");
        TfLiteOperator operation = TfLiteOperators.Find(node.Operator) ?? throw node.Refuse(
            "is nothing that dense networks for a board have",
            "export a network of dense layers, tanh, sigmoid, relu, relu6, leaky relu and softmax");
        _values.IsQuantised |= graph.Tensors[output].Type is TfLiteTensor.Int8 or TfLiteTensor.UInt8;
        _values[output] = operation.Evaluate(node);
    }
}
