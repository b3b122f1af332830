using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Onnx;

/// <summary>
/// Walks a graph from its inputs to its outputs. Every tensor is either known from the file or a weighted sum of the
/// inputs, or of the last layer, so that it does not matter in how many nodes a layer is written.
/// </summary>
internal sealed class OnnxFolder
{
    private readonly OnnxGraph _graph;
    private readonly WorkBudget _budget;
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxNode> _makers = new(StringComparer.Ordinal);
    private readonly long _opset;

    internal OnnxFolder(OnnxGraph graph, WorkBudget budget)
    {
        _graph = graph;
        _budget = budget;
        _opset = Opset();
    }

    /// <summary>Sentences for the person.</summary>
    internal List<string> Notes { get; } = [];

    /// <summary>Names of the inputs; null when the file has none worth the name.</summary>
    internal string[]? InputNames { get; private set; }

    /// <summary>Ranges of the inputs out of a scaler, null when there is none.</summary>
    internal (double Minimum, double Maximum)[]? Ranges { get; private set; }

    /// <summary>How many inputs the network takes.</summary>
    internal int InputWidth { get; private set; }

    /// <summary>The values of all outputs of the graph.</summary>
    internal (string Name, Value Value)[] Fold()
    {
        RefuseDuplicates();
        SetInputs();
        HashSet<OnnxNode> needed = Needed();
        foreach (OnnxNode node in _graph.Nodes)
        {
            if (needed.Contains(node))
            {
                Run(node);
            }
        }

        return [.. _graph.Outputs.Select(o => (o.Name, Find(o.Name)
            ?? throw Refuse($"names the output {Words.Quote(o.Name)}, which no node makes", "export it again")))];
    }

    private InputRefusedException Refuse(string what, string advice) => new($"{_budget.File} {what}; {advice}.");

    private long Opset()
    {
        long opset = _graph.Opsets.GetValueOrDefault("", 0);
        bool classicalOnly = opset == 0 && _graph.Opsets.ContainsKey(OnnxOperators.ClassicalDomain);
        return opset >= OnnxLimits.OldestOpset || classicalOnly
            ? opset
            : throw Refuse(
                opset == 0 ? "does not say which version of ONNX's operators it uses (opset)" : $"uses version {opset} of ONNX's operators (opset)",
                $"export it for opset {OnnxLimits.OldestOpset} or later");
    }

    private void RefuseDuplicates()
    {
        foreach (OnnxNode node in _graph.Nodes)
        {
            foreach (string output in node.Outputs)
            {
                if (output.Length > 0 && (!_makers.TryAdd(output, node) || _graph.Initialisers.ContainsKey(output)))
                {
                    throw Refuse($"has two things that make {Words.Quote(output)}, one of them {NodeContext.Describe(node)}", "export it again");
                }
            }
        }
    }

    private void SetInputs()
    {
        // Old files list their weights among the inputs too.
        OnnxValueInfo[] inputs = [.. _graph.Inputs.Where(i => !_graph.Initialisers.ContainsKey(i.Name))];
        if (inputs.Length == 0)
        {
            throw Refuse("has no input", "export the whole network");
        }

        int[][] shapes = Array.ConvertAll(inputs, InputShape);
        long width = shapes.Sum(s => (long)Shapes.Count(s));
        if (width is < 1 or > WorkBudget.WidestLayer)
        {
            throw Refuse($"has {width} inputs, and a board takes 1 to {WorkBudget.WidestLayer}", "train a network with fewer inputs");
        }

        InputWidth = (int)width;
        Stage stage = Stage.OfInputs(InputWidth);
        int from = 0;
        List<string> names = [];
        for (int i = 0; i < inputs.Length; i++)
        {
            int count = Shapes.Count(shapes[i]);
            Affine[] elements = [.. Enumerable.Range(from, count).Select(Affine.Of)];
            if (_makers.ContainsKey(inputs[i].Name) || !_values.TryAdd(inputs[i].Name, new SymbolValue(shapes[i], stage, elements)))
            {
                throw Refuse($"has two things with the name {Words.Quote(inputs[i].Name)}, one of them an input", "export it again");
            }

            names.AddRange(Enumerable.Range(1, count).Select(k => count == 1 ? inputs[i].Name : $"{inputs[i].Name}_{k}"));
            from += count;
        }

        // One tensor for all inputs is named after the exporter's habits, not after what is measured.
        InputNames = inputs.Length > 1 ? [.. names] : null;
    }

    // One row at a time: the first of several dimensions is the batch, whatever size it was exported with.
    private int[] InputShape(OnnxValueInfo input)
    {
        string what = $"has the input {Words.Quote(input.Name)}";
        if (!TensorReader.IsNumber(input.ElementType))
        {
            throw Refuse($"{what} of the type {TensorReader.NameOf(input.ElementType)}", "a board takes numbers, so export a network with float inputs");
        }

        if (input.Shape is null)
        {
            throw Refuse($"{what} without a shape", "export it with the number of inputs, such as [N,4]");
        }

        int[] shape = new int[input.Shape.Length];
        for (int d = 0; d < shape.Length; d++)
        {
            long size = d == 0 && shape.Length > 1 ? 1 : input.Shape[d];
            shape[d] = size is >= 1 and <= Shapes.MostElements
                ? (int)size
                : throw Refuse(
                    $"{what} with {(size == -1 ? "no fixed size" : $"the size {size}")} in dimension {d} of {shape.Length}",
                    "export it with a fixed number of inputs; only the first of several dimensions, the rows, may be open");
        }

        return Shapes.Count(shape) is > 0 and <= WorkBudget.WidestLayer
            ? shape
            : throw Refuse($"{what} of the shape {Words.Shape(shape)}, and a board takes 1 to {WorkBudget.WidestLayer} inputs", "train a network with fewer inputs");
    }

    private HashSet<OnnxNode> Needed()
    {
        HashSet<OnnxNode> needed = [];
        Stack<string> open = new(_graph.Outputs.Select(o => o.Name));
        while (open.TryPop(out string? name))
        {
            if (_makers.TryGetValue(name, out OnnxNode? node) && needed.Add(node))
            {
                foreach (string input in node.Inputs)
                {
                    open.Push(input);
                }
            }
        }

        return needed;
    }

    private void Run(OnnxNode node)
    {
        OnnxOperator operation = OnnxOperators.Find(node) ?? throw new InputRefusedException(
            $"{_budget.File}: {NodeContext.Describe(node)} is an operator{(node.Domain is "" or OnnxOperators.ClassicalDomain ? "" : $" of the domain {Words.Quote(node.Domain)}")} that dense networks for a board do not have; export a network of dense layers, tanh, sigmoid, relu, leaky relu and softmax.");
        Value?[] inputs = [.. node.Inputs.Select(name => name.Length == 0 ? null : Find(name)
            ?? throw new InputRefusedException(
                $"{_budget.File}: {NodeContext.Describe(node)} takes {Words.Quote(name)}, which {(_makers.ContainsKey(name) ? "is made only after it or out of itself" : "nothing makes")}; export it again."))];
        NodeContext context = new(node, inputs, _opset, _budget, Notes);
        if (Ranges is null)
        {
            foreach (SymbolValue x in inputs.OfType<SymbolValue>())
            {
                Ranges = node.Operator is "MatMul" or "Gemm" or "Conv" or "Tanh" or "Sigmoid" or "Relu" or "LinearRegressor" ? ImportedInputs.RangesOfScaler(x) : null;
            }
        }

        _budget.Steps(64);
        Value result = operation(context);
        if (node.Outputs.Count > 0 && node.Outputs[0].Length > 0)
        {
            _values[node.Outputs[0]] = result;
        }
    }

    private Value? Find(string name)
    {
        if (_values.TryGetValue(name, out Value? value))
        {
            return value;
        }

        return _graph.Initialisers.TryGetValue(name, out OnnxTensor? tensor)
            ? TensorReader.Read(tensor, _budget, $"the initialiser {Words.Quote(name)}")
            : null;
    }
}
