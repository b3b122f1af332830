using Google.Protobuf;
using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Onnx.Parsing;

/// <summary>
/// From bytes to the messages that matter. Field numbers are those of ONNX's IR specification; unknown fields are
/// passed over, as Protocol Buffers ask.
/// </summary>
internal sealed class OnnxParser(byte[] file, WorkBudget budget)
{
    private readonly OnnxTensorParser _tensors = new(budget);
    private int _nodes;

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="InputRefusedException">It is no ONNX model, or it is larger than any dense network.</exception>
    internal OnnxGraph Parse()
    {
        try
        {
            return ReadModel(new MessageReader(file, budget));
        }
        catch (InvalidProtocolBufferException)
        {
            throw Refuse("is no whole ONNX file (its Protocol Buffers end too early or are broken)", "copy or export it again");
        }
    }

    private OnnxGraph ReadModel(MessageReader model)
    {
        OnnxGraph graph = new();
        bool hasGraph = false;
        while (model.Next())
        {
            switch (model.Field)
            {
                case 7:
                    hasGraph = !hasGraph ? true : throw Refuse("holds two graphs", "export it again");
                    ReadGraph(model.Message(), graph);
                    break;
                case 8:
                    ReadOpset(model.Message(), graph.Opsets);
                    break;
                case 25:
                    OnnxFunction function = ReadFunction(model.Message());
                    OnnxLimits.Require(budget, graph.Functions.Count + 1, OnnxLimits.MostFunctions, "functions");
                    if (!graph.Functions.TryAdd((function.Domain, function.Name), function))
                    {
                        throw Refuse($"has two functions with the name {ForeignName.Quote(function.Name)}", "export it again");
                    }

                    break;
            }
        }

        return hasGraph ? graph : throw Refuse("is no ONNX model (there is no graph in it)", "give the file that your training tool exported");
    }

    private InputRefusedException Refuse(string what, string advice) => new($"{budget.File} {what}; {advice}.");

    private OnnxFunction ReadFunction(MessageReader message)
    {
        OnnxFunction function = new();
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: function.Name = message.Text(); break;
                case 4:
                    function.Inputs.Add(message.Text());
                    OnnxLimits.Require(budget, function.Inputs.Count, OnnxLimits.MostValuesOfNode, "inputs of one function");
                    break;
                case 5:
                    function.Outputs.Add(message.Text());
                    OnnxLimits.Require(budget, function.Outputs.Count, OnnxLimits.MostValuesOfNode, "outputs of one function");
                    break;
                case 7: function.Nodes.Add(ReadCountedNode(message.Message())); break;
                case 9: ReadOpset(message.Message(), function.Opsets); break;
                case 10: function.Domain = message.Text(); break;
                case 11:
                    (string name, OnnxAttribute attribute) = ReadAttribute(message.Message());
                    function.Defaults[name] = attribute;
                    OnnxLimits.Require(budget, function.Defaults.Count, OnnxLimits.MostAttributes, "attributes of one function");
                    break;
            }
        }

        function.Domain = function.Domain == "ai.onnx" ? "" : function.Domain;
        return function;
    }

    private void ReadOpset(MessageReader message, Dictionary<string, long> opsets)
    {
        string domain = "";
        long version = 0;
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: domain = message.Text(); break;
                case 2: version = message.Integer(); break;
            }
        }

        opsets[domain == "ai.onnx" ? "" : domain] = version;
        OnnxLimits.Require(budget, opsets.Count, OnnxLimits.MostAttributes, "operator sets");
    }

    private void ReadGraph(MessageReader message, OnnxGraph graph)
    {
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    graph.Nodes.Add(ReadCountedNode(message.Message()));
                    break;
                case 5:
                    OnnxTensor tensor = _tensors.Read(message.Message());
                    if (!graph.Initialisers.TryAdd(tensor.Name, tensor))
                    {
                        throw Refuse($"has two initialisers with the name {ForeignName.Quote(tensor.Name)}", "export it again");
                    }

                    break;
                case 11:
                    graph.Inputs.Add(OnnxValueInfoParser.Read(message.Message(), budget));
                    OnnxLimits.Require(budget, graph.Inputs.Count, OnnxLimits.MostTensors, "inputs");
                    break;
                case 12:
                    graph.Outputs.Add(OnnxValueInfoParser.Read(message.Message(), budget));
                    OnnxLimits.Require(budget, graph.Outputs.Count, OnnxLimits.MostValuesOfNode, "outputs");
                    break;
                case 15:
                    throw Refuse("holds sparse initialisers", "export it with dense weights");
            }
        }
    }

    private OnnxNode ReadCountedNode(MessageReader message)
    {
        OnnxLimits.Require(budget, ++_nodes, OnnxLimits.MostNodes, "nodes");
        return ReadNode(message);
    }

    private OnnxNode ReadNode(MessageReader message)
    {
        OnnxNode node = new();
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    node.Inputs.Add(message.Text());
                    OnnxLimits.Require(budget, node.Inputs.Count, OnnxLimits.MostValuesOfNode, "inputs of one node");
                    break;
                case 2:
                    node.Outputs.Add(message.Text());
                    OnnxLimits.Require(budget, node.Outputs.Count, OnnxLimits.MostValuesOfNode, "outputs of one node");
                    break;
                case 3: node.Name = message.Text(); break;
                case 4: node.Operator = message.Text(); break;
                case 5:
                    (string name, OnnxAttribute attribute) = ReadAttribute(message.Message());
                    if (!node.Attributes.TryAdd(name, attribute))
                    {
                        throw Refuse($"has a node {ForeignName.Quote(node.Name)} with two attributes {ForeignName.Quote(name)}", "export it again");
                    }

                    OnnxLimits.Require(budget, node.Attributes.Count, OnnxLimits.MostAttributes, "attributes of one node");
                    break;
                case 7: node.Domain = message.Text(); break;
            }
        }

        node.Domain = node.Domain == "ai.onnx" ? "" : node.Domain;
        return node;
    }

    private (string Name, OnnxAttribute Attribute) ReadAttribute(MessageReader message)
    {
        string name = "";
        OnnxAttribute attribute = new();
        NumberList floats = new(budget);
        NumberList integers = new(budget);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: name = message.Text(); break;
                case 2: (attribute.HasFloat, attribute.Float) = (true, message.Single()); break;
                case 3: (attribute.HasInteger, attribute.Integer) = (true, message.Integer()); break;
                case 4: attribute.Text = message.Text(); break;
                case 5: attribute.Tensor = _tensors.Read(message.Message()); break;
                case 6 or 11: attribute.HasGraph = true; break;
                case 7: message.AddSingles(floats); break;
                case 8: message.AddIntegers(integers); break;
                case 9:
                    attribute.Texts.Add(message.Text());
                    OnnxLimits.Require(budget, attribute.Texts.Count, OnnxLimits.MostTexts, "texts in one attribute");
                    break;
                case 21: attribute.Reference = message.Text(); break;
            }
        }

        attribute.Floats = floats.ToArray();
        attribute.Integers = integers.ToArray();
        return (name, attribute);
    }
}
