using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;
using NeuralEdge.Learning.Import.Onnx.Parsing;

namespace NeuralEdge.Learning.Import.Onnx;

/// <summary>
/// Walks a graph from its inputs to its outputs. Every tensor is either known from the file or a weighted sum of the
/// inputs, or of the last layer, so that it does not matter in how many nodes a layer is written.
/// </summary>
internal sealed class OnnxGraphConverter(OnnxGraph graph, ConversionContext file)
{
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxNode> _makers = new(StringComparer.Ordinal);
    private readonly HashSet<OnnxNode> _done = [];

    /// <summary>Names of the inputs; null when the file has none worth the name.</summary>
    internal string[]? InputNames { get; private set; }

    /// <summary>The values of outputs of the graph.</summary>
    /// <param name="output">The only one that is wanted; null for all.</param>
    internal (string Name, Value Value)[] Convert(string? output)
    {
        long opset = Opset();
        graph.Nodes = new FunctionCalls(graph, file.Budget).Expand();
        FindMakers();
        string[] wanted = Wanted(output);
        (List<OnnxNode> needed, HashSet<string> tensors) = Needed(wanted);
        foreach (OnnxNode node in needed.Where(n => n.Inputs.TrueForAll(i => i.Length == 0 || Find(i) is not null)))
        {
            Run(node, opset);
        }

        SetInputs(needed, tensors);
        foreach (OnnxNode node in needed.Where(n => !_done.Contains(n)))
        {
            Run(node, opset);
        }

        return [.. wanted.Select(name => (name, Find(name)
            ?? throw Refuse($"names the output {ForeignName.Quote(name)}, which no node makes", "export it again")))];
    }

    private InputRefusedException Refuse(string what, string advice) => new($"{file.Budget.File} {what}; {advice}.");

    private long Opset()
    {
        long opset = graph.Opsets.GetValueOrDefault("", 0);
        bool classicalOnly = opset == 0 && graph.Opsets.ContainsKey(OnnxOperator.ClassicalDomain);
        return opset >= OnnxLimits.OldestOpset || classicalOnly
            ? opset
            : throw Refuse(
                opset == 0 ? "does not say which version of ONNX's operators it uses (opset)" : $"uses version {opset} of ONNX's operators (opset)",
                $"export it for opset {OnnxLimits.OldestOpset} or later");
    }

    private void FindMakers()
    {
        foreach (OnnxNode node in graph.Nodes)
        {
            foreach (string output in node.Outputs)
            {
                if (output.Length > 0 && (!_makers.TryAdd(output, node) || graph.Initialisers.ContainsKey(output)))
                {
                    throw Refuse($"has two things that make {ForeignName.Quote(output)}, one of them {NodeContext.Describe(node)}", "export it again");
                }
            }
        }
    }

    private string[] Wanted(string? output)
    {
        string[] names = [.. graph.Outputs.Select(o => o.Name)];
        if (output is null)
        {
            string[] passed = [.. names.Where(IsPassedThrough)];
            if (passed.Length == 0 || passed.Length == names.Length)
            {
                return names;
            }

            file.Notes.AddRange(passed.Select(name => $"The output {ForeignName.Quote(name)} is an input that is passed through and is left out."));
            return [.. names.Except(passed)];
        }

        return names.Contains(output, StringComparer.Ordinal)
            ? [output]
            : throw Refuse($"has no output {ForeignName.Quote(output)}", $"its outputs are {string.Join(", ", names.Take(12).Select(ForeignName.Quote))}, so give --output one of these");
    }

    // As the state of a recurrent network is whose exporter always writes one.
    private bool IsPassedThrough(string name)
    {
        for (int steps = 0; steps < OnnxLimits.DeepestCalls && _makers.TryGetValue(name, out OnnxNode? node); steps++)
        {
            if (node.Operator is not ("Identity" or "Cast" or "Dropout" or "Reshape" or "Flatten" or "Squeeze" or "Unsqueeze") || node.Inputs.Count == 0)
            {
                return false;
            }

            name = node.Inputs[0];
        }

        return graph.Inputs.Exists(i => i.Name == name) && !graph.Initialisers.ContainsKey(name);
    }

    private void SetInputs(List<OnnxNode> needed, HashSet<string> tensors)
    {
        // Old files list their weights among the inputs too.
        OnnxValueInfo[] all = [.. graph.Inputs.Where(i => !graph.Initialisers.ContainsKey(i.Name))];
        OnnxValueInfo[] used = [.. all.Where(i => tensors.Contains(i.Name))];
        if (used.Length > 0 && used.Length < all.Length)
        {
            string names = string.Join(", ", all.Except(used).Take(12).Select(i => ForeignName.Quote(i.Name)));
            file.Notes.Add($"{(all.Length - used.Length == 1 ? "The input" : "The inputs")} {names} {(all.Length - used.Length == 1 ? "feeds" : "feed")} no result and {(all.Length - used.Length == 1 ? "is" : "are")} left out.");
        }

        InputWidths widths = new(needed, name => Find(name) as ConstantValue);
        OnnxInputs inputs = new(used.Length > 0 ? used : all, file.Budget.File, widths.Of);
        foreach ((string name, AffineValue value) in inputs.Values)
        {
            if (_makers.ContainsKey(name) || !_values.TryAdd(name, value))
            {
                throw Refuse($"has two things with the name {ForeignName.Quote(name)}, one of them an input", "export it again");
            }
        }

        InputNames = inputs.Names;
    }

    private (List<OnnxNode> Nodes, HashSet<string> Tensors) Needed(string[] outputs)
    {
        HashSet<OnnxNode> needed = [];
        HashSet<string> tensors = new(StringComparer.Ordinal);
        Stack<string> open = new(outputs);
        while (open.TryPop(out string? name))
        {
            tensors.Add(name);
            if (_makers.TryGetValue(name, out OnnxNode? node) && needed.Add(node))
            {
                foreach (string input in node.Inputs)
                {
                    open.Push(input);
                }
            }
        }

        return ([.. graph.Nodes.Where(needed.Contains)], tensors);
    }

    private void Run(OnnxNode node, long opset)
    {
        OnnxOperator operation = OnnxOperators.Find(node) ?? throw UnknownOperators.Refuse(node, file.Budget);
        Value?[] inputs = [.. node.Inputs.Select(name => name.Length == 0 ? null : Find(name)
            ?? throw new InputRefusedException(
                $"{file.Budget.File}: {NodeContext.Describe(node)} takes {ForeignName.Quote(name)}, which {(_makers.ContainsKey(name) ? "is made only after it or out of itself" : "nothing makes")}; export it again."))];
        file.Budget.Steps(64);
        long version = node.Opsets?.GetValueOrDefault("", opset) ?? opset;
        Value[] results = operation.EvaluateAll(new NodeContext(node, inputs, version, file, TypeOf));
        for (int i = 0; i < Math.Min(results.Length, node.Outputs.Count); i++)
        {
            if (node.Outputs[i].Length > 0)
            {
                _values[node.Outputs[i]] = results[i];
            }
        }

        _done.Add(node);
    }

    // Integers are real numbers here, and only their ends tell their types apart.
    private long? TypeOf(string name) => graph.Initialisers.TryGetValue(name, out OnnxTensor? tensor) ? tensor.Type
        : _makers.TryGetValue(name, out OnnxNode? maker)
            ? maker.Operator switch
            {
                "Constant" => maker.Attributes.GetValueOrDefault("value")?.Tensor?.Type,
                "Cast" => maker.Attributes.GetValueOrDefault("to")?.Integer,
                "Identity" when maker.Inputs.Count > 0 && maker.Inputs[0] != name && graph.Initialisers.TryGetValue(maker.Inputs[0], out OnnxTensor? same) => same.Type,
                _ => null,
            }
            : null;

    private Value? Find(string name)
    {
        if (_values.TryGetValue(name, out Value? value))
        {
            return value;
        }

        return graph.Initialisers.TryGetValue(name, out OnnxTensor? tensor)
            ? TensorDecoder.Read(tensor, file.Budget, $"the initialiser {ForeignName.Quote(name)}", file.Others)
            : null;
    }
}
