using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Parsing;

namespace NeuralEdge.Learning.Import.Onnx;

/// <summary>Puts the nodes of the file's own functions where the functions are called.</summary>
internal sealed class FunctionCalls(OnnxGraph graph, WorkBudget budget)
{
    private readonly List<OnnxNode> _nodes = [];
    private int _calls;

    /// <summary>The nodes of the graph without calls.</summary>
    internal List<OnnxNode> Expand()
    {
        if (graph.Functions.Count == 0)
        {
            return graph.Nodes;
        }

        foreach (OnnxNode node in graph.Nodes)
        {
            Add(node, 0);
        }

        return _nodes;
    }

    private void Add(OnnxNode node, int depth)
    {
        if (!graph.Functions.TryGetValue((node.Domain, node.Operator), out OnnxFunction? function))
        {
            OnnxLimits.Require(budget, _nodes.Count + 1, OnnxLimits.MostNodes, "nodes, its functions written out");
            budget.Cells(64);
            _nodes.Add(node);
            return;
        }

        if (depth >= OnnxLimits.DeepestCalls)
        {
            throw Refuse(function, $"is called {depth + 1} deep, or by itself", "export with functions inlined");
        }

        if (node.Inputs.Count > function.Inputs.Count || node.Outputs.Count > function.Outputs.Count)
        {
            throw Refuse(function, "is called with more inputs or outputs than it has", "export it again");
        }

        // Functions that only call each other make no nodes, but cost time all the same.
        budget.Cells(64 + node.Inputs.Count + node.Outputs.Count);

        // Names inside mean something else than the same names outside.
        string inside = $"{function.Name}#{++_calls}/";
        Dictionary<string, string> names = new(StringComparer.Ordinal) { [""] = "" };
        for (int i = 0; i < function.Inputs.Count; i++)
        {
            names[function.Inputs[i]] = i < node.Inputs.Count ? node.Inputs[i] : "";
        }

        for (int i = 0; i < function.Outputs.Count; i++)
        {
            string outside = i < node.Outputs.Count ? node.Outputs[i] : "";
            if (names.TryGetValue(function.Outputs[i], out string? passed) && outside.Length > 0)
            {
                Add(new OnnxNode { Name = node.Name, Operator = "Identity", Inputs = { passed }, Outputs = { outside } }, depth + 1);
            }
            else if (outside.Length > 0)
            {
                names[function.Outputs[i]] = outside;
            }
        }

        foreach (OnnxNode inner in function.Nodes)
        {
            Add(Renamed(inner, inside, names, node, function), depth + 1);
        }
    }

    private OnnxNode Renamed(OnnxNode inner, string inside, Dictionary<string, string> names, OnnxNode call, OnnxFunction function)
    {
        budget.Cells(64 + (4L * (inner.Inputs.Count + inner.Outputs.Count + inner.Attributes.Count)));
        OnnxNode copy = new()
        {
            Name = inner.Name.Length > 0 ? Shortened(call.Name.Length > 0 ? call.Name : function.Name) + "/" + Shortened(inner.Name) : "",
            Operator = inner.Operator,
            Domain = inner.Domain,
            Opsets = function.Opsets,
        };
        copy.Inputs.AddRange(inner.Inputs.Select(NameOf));
        copy.Outputs.AddRange(inner.Outputs.Select(NameOf));
        foreach ((string name, OnnxAttribute attribute) in inner.Attributes)
        {
            OnnxAttribute? meant = attribute.Reference is string reference
                ? call.Attributes.GetValueOrDefault(reference) ?? function.Defaults.GetValueOrDefault(reference)
                : attribute;
            if (meant is not null)
            {
                copy.Attributes[name] = meant;
            }
        }

        return copy;

        string NameOf(string name) => names.TryGetValue(name, out string? outside) ? outside : inside + name;
    }

    private static string Shortened(string name) => name.Length <= OnnxLimits.LongestText / 16 ? name : name[..(OnnxLimits.LongestText / 16)];

    private InputRefusedException Refuse(OnnxFunction function, string what, string advice) =>
        new($"{budget.File}: the function {ForeignName.Quote(function.Name)} {what}; {advice}.");
}
