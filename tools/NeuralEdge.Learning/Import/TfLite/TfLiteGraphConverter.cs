using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;
using NeuralEdge.Learning.Import.TfLite.Parsing;

namespace NeuralEdge.Learning.Import.TfLite;

/// <summary>
/// Walks the operators in their order. Quantised tensors are taken as the real numbers they stand for; the rounding
/// of what is computed between them is not imitated, because the board has a finer one of its own.
/// </summary>
internal sealed class TfLiteGraphConverter(TfLiteGraph graph, WorkBudget budget, List<string> notes)
{
    private readonly TfLiteValues _values = new(graph, budget);

    /// <summary>The range that quantisation gives all elements of the input; null when it gives none.</summary>
    internal (double Minimum, double Maximum)? InputRange => _values.InputRange;

    /// <summary>True when weights or activations are 8-bit.</summary>
    internal bool IsQuantised => _values.IsQuantised;

    /// <summary>What the file says of the distribution of its inputs.</summary>
    internal InputScalers Scalers => _values.Scalers;

    /// <summary>The step of an 8-bit output, 0 when it is float.</summary>
    internal double OutputStep { get; private set; }

    /// <summary>Names of the inputs; null when there is one tensor for all.</summary>
    internal string[]? InputNames { get; private set; }

    /// <summary>The network's outputs by their names.</summary>
    /// <param name="wanted">The only one that is wanted; null for all.</param>
    internal (string Name, Value Value)[] Convert(string? wanted)
    {
        if (graph.Inputs.Length == 0 || graph.Outputs.Length == 0)
        {
            throw Refuse($"has {graph.Inputs.Length} inputs and {graph.Outputs.Length} outputs", "export the whole network");
        }

        int[] outputs = Wanted(wanted);
        TfLiteNode[] nodes = [.. Enumerable.Range(0, graph.Nodes.Length).Select(i => new TfLiteNode(graph, i, TfLiteOperators.NameOf, _values, budget))];
        (bool[] needed, HashSet<int> tensors) = Needed(nodes, outputs);
        SetInputs(tensors);
        for (int i = 0; i < nodes.Length; i++)
        {
            if (needed[i])
            {
                Run(nodes[i]);
            }
        }

        if (graph.Inputs.Length == 1)
        {
            _values.InputRange = graph.Tensors[graph.Inputs[0]].Range ?? _values.InputRange;
        }

        OutputStep = graph.Tensors[outputs[0]] is { IsQuantised: true } stepped ? stepped.Scales[0] : 0;
        return [.. outputs.Select(o => (graph.Tensors[o].Name, _values[o]
            ?? throw Refuse($"computes nothing for its output {ForeignName.Quote(graph.Tensors[o].Name)}", "export the whole network")))];
    }

    private InputRefusedException Refuse(string what, string advice) => new($"{budget.File} {what}; {advice}.");

    private int RequireTensor(int index, string what) => index >= 0 && index < graph.Tensors.Length
        ? index
        : throw Refuse($"names tensor {index} as its {what}, and there are {graph.Tensors.Length}", "export it again");

    private int[] Wanted(string? wanted)
    {
        int[] outputs = Array.ConvertAll(graph.Outputs, o => RequireTensor(o, "output"));
        int[] chosen = wanted is null ? outputs : [.. outputs.Where(o => graph.Tensors[o].Name == wanted).Take(1)];
        return chosen.Length > 0
            ? chosen
            : throw Refuse($"has no output {ForeignName.Quote(wanted!)}", $"its outputs are {string.Join(", ", outputs.Take(12).Select(o => ForeignName.Quote(graph.Tensors[o].Name)))}, so give --output one of these");
    }

    private void SetInputs(HashSet<int> tensors)
    {
        int[] all = Array.ConvertAll(graph.Inputs, i => RequireTensor(i, "input"));
        int[] used = all.Length == 1 ? all : [.. all.Where(tensors.Contains).Distinct()];
        foreach (int left in all.Except(used))
        {
            notes.Add($"The input {ForeignName.Quote(graph.Tensors[left].Name)} feeds no result and is left out.");
        }

        int[][] shapes = Array.ConvertAll(used, i => (int[])[.. graph.Tensors[i].Shape.Select((s, d) => d == 0 && graph.Tensors[i].Shape.Length > 1 ? 1 : s)]);
        long width = shapes.Sum(s => (long)TensorShape.Count(s));
        if (width is < 1 or > NetworkLimits.WidestLayer || shapes.Any(s => TensorShape.Count(s) < 1) || used.Any(i => graph.Tensors[i].BytesOfElement == 0))
        {
            TfLiteTensor tensor = graph.Tensors[all[0]];
            throw Refuse(
                $"has the input {ForeignName.Quote(tensor.Name)} of the type {tensor.TypeName} and the shape {TensorShape.Text(tensor.Shape)}",
                $"a board takes 1 to {NetworkLimits.WidestLayer} numbers, so export a network of that size");
        }

        LayerOutputs layer = LayerOutputs.InputLayer((int)width);
        List<string> names = [];
        for (int i = 0; i < used.Length; i++)
        {
            int count = TensorShape.Count(shapes[i]);
            _values[used[i]] = new AffineValue(shapes[i], layer, [.. Enumerable.Range(names.Count, count).Select(AffineForm.Of)]);
            string name = graph.Tensors[used[i]].Name;
            names.AddRange(Enumerable.Range(1, count).Select(k => count == 1 ? name : $"{name}_{k}"));
        }

        InputNames = used.Length > 1 ? [.. names] : null;
    }

    private static (bool[] Nodes, HashSet<int> Tensors) Needed(TfLiteNode[] nodes, int[] outputs)
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
        HashSet<int> tensors = [];
        Stack<int> open = new(outputs);
        while (open.TryPop(out int tensor))
        {
            tensors.Add(tensor);
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

        return (needed, tensors);
    }

    private void Run(TfLiteNode node)
    {
        if (node.Outputs.Length == 0)
        {
            throw node.Refuse("makes nothing", "export it again");
        }

        int output = RequireTensor(node.Outputs[0], "result");
        TfLiteOperator operation = TfLiteOperators.Find(node.Operator) ?? throw Unknown(node);
        _values.IsQuantised |= graph.Tensors[output].Type is TfLiteTensor.Int8 or TfLiteTensor.UInt8;
        _values[output] = operation.Evaluate(node);
    }

    private static InputRefusedException Unknown(TfLiteNode node) => TfLiteOperators.NameOf(node.Operator) switch
    {
        "LSTM" or "UNIDIRECTIONAL_SEQUENCE_LSTM" or "WHILE" => node.Refuse(
            "is recurrent, and a board keeps no state from one row to the next",
            "compute features over the window, such as mean, deviation and range, and train a small dense network on them with neuraledge train"),
        "MAX_POOL_2D" => node.Refuse(
            "takes the largest of several values",
            "train with average pooling or with a stride, which become part of the weights, or a network of dense layers"),
        "BATCH_MATMUL" => node.Refuse(
            "multiplies two values that both depend on the inputs",
            "train a small dense network on features of the sequence with neuraledge train"),
        _ => node.Refuse(
            "is nothing that dense networks for a board have",
            "export a network of dense layers, tanh, sigmoid, relu, relu6, leaky relu and softmax"),
    };
}
