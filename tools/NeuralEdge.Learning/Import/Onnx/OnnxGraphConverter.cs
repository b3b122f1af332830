using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;
using NeuralEdge.Learning.Import.Onnx.Parsing;

namespace NeuralEdge.Learning.Import.Onnx;

/// <summary>
/// Walks a graph from its inputs to its outputs. Every tensor is either known from the file or a weighted sum of the
/// inputs, or of the last layer, so that it does not matter in how many nodes a layer is written.
/// </summary>
internal sealed class OnnxGraphConverter(OnnxGraph graph, WorkBudget budget)
{
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxNode> _makers = new(StringComparer.Ordinal);

    /// <summary>Sentences for the person.</summary>
    internal List<string> Notes { get; } = [];

    /// <summary>Names of the inputs; null when the file has none worth the name.</summary>
    internal string[]? InputNames { get; private set; }

    /// <summary>Ranges of the inputs out of a scaler, null when there is none.</summary>
    internal (double Minimum, double Maximum)[]? Ranges { get; private set; }

    /// <summary>The values of all outputs of the graph.</summary>
    internal (string Name, Value Value)[] Convert()
    {
        long opset = Opset();
        FindMakers();
        SetInputs();
        HashSet<OnnxNode> needed = Needed();
        foreach (OnnxNode node in graph.Nodes)
        {
            if (needed.Contains(node))
            {
                Run(node, opset);
            }
        }

        return [.. graph.Outputs.Select(o => (o.Name, Find(o.Name)
            ?? throw Refuse($"names the output {ForeignName.Quote(o.Name)}, which no node makes", "export it again")))];
    }

    private InputRefusedException Refuse(string what, string advice) => new($"{budget.File} {what}; {advice}.");

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

    private void SetInputs()
    {
        OnnxInputs inputs = new(graph, budget.File);
        foreach ((string name, AffineValue value) in inputs.Values)
        {
            if (_makers.ContainsKey(name) || !_values.TryAdd(name, value))
            {
                throw Refuse($"has two things with the name {ForeignName.Quote(name)}, one of them an input", "export it again");
            }
        }

        InputNames = inputs.Names;
    }

    private HashSet<OnnxNode> Needed()
    {
        HashSet<OnnxNode> needed = [];
        Stack<string> open = new(graph.Outputs.Select(o => o.Name));
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

    private void Run(OnnxNode node, long opset)
    {
        OnnxOperator operation = OnnxOperators.Find(node) ?? throw new InputRefusedException(
            $"{budget.File}: {NodeContext.Describe(node)} is an operator{(node.Domain is "" or OnnxOperator.ClassicalDomain ? "" : $" of the domain {ForeignName.Quote(node.Domain)}")} that dense networks for a board do not have; export a network of dense layers, tanh, sigmoid, relu, leaky relu and softmax.");
        Value?[] inputs = [.. node.Inputs.Select(name => name.Length == 0 ? null : Find(name)
            ?? throw new InputRefusedException(
                $"{budget.File}: {NodeContext.Describe(node)} takes {ForeignName.Quote(name)}, which {(_makers.ContainsKey(name) ? "is made only after it or out of itself" : "nothing makes")}; export it again."))];
        if (operation.TakesScaledInputs)
        {
            Ranges ??= inputs.OfType<AffineValue>().Select(ScalerRanges.Of).FirstOrDefault(ranges => ranges is not null);
        }

        budget.Steps(64);
        Value result = operation.Evaluate(new NodeContext(node, inputs, opset, budget, Notes));
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

        return graph.Initialisers.TryGetValue(name, out OnnxTensor? tensor)
            ? TensorDecoder.Read(tensor, budget, $"the initialiser {ForeignName.Quote(name)}")
            : null;
    }
}
