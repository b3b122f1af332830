using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Onnx.Parsing;

/// <summary>
/// From bytes to the messages that matter. Field numbers are those of ONNX's IR specification; unknown fields are
/// passed over, as Protocol Buffers ask.
/// </summary>
internal sealed class OnnxParser(byte[] file, WorkBudget budget)
{
    private bool _hasGraph;
    private int _tensors;

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="InputRefusedException">It is no ONNX model, or it is larger than any dense network.</exception>
    internal OnnxGraph Parse()
    {
        OnnxGraph graph = new();
        WireReader model = new(file, budget.File);
        while (model.Next())
        {
            switch (model.Field)
            {
                case 7:
                    _hasGraph = !_hasGraph ? true : throw Refuse("holds two graphs", "export it again");
                    ReadGraph(model.Bytes(), graph);
                    break;
                case 8:
                    ReadOpset(model.Bytes(), graph);
                    break;
            }
        }

        return _hasGraph ? graph : throw Refuse("is no ONNX model (there is no graph in it)", "give the file that your training tool exported");
    }

    private InputRefusedException Refuse(string what, string advice) => new($"{budget.File} {what}; {advice}.");

    private void Limit(int count, int most, string things)
    {
        if (count > most)
        {
            throw Refuse($"has more than {most} {things}", "export a plain dense network");
        }
    }

    private void ReadOpset(ReadOnlySpan<byte> bytes, OnnxGraph graph)
    {
        WireReader message = new(bytes, budget.File);
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

        graph.Opsets[domain == "ai.onnx" ? "" : domain] = version;
        Limit(graph.Opsets.Count, OnnxLimits.MostAttributes, "operator sets");
    }

    private void ReadGraph(ReadOnlySpan<byte> bytes, OnnxGraph graph)
    {
        WireReader message = new(bytes, budget.File);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    Limit(graph.Nodes.Count + 1, OnnxLimits.MostNodes, "nodes");
                    graph.Nodes.Add(ReadNode(message.Bytes()));
                    break;
                case 5:
                    OnnxTensor tensor = ReadTensor(message.Bytes());
                    if (!graph.Initialisers.TryAdd(tensor.Name, tensor))
                    {
                        throw Refuse($"has two initialisers with the name {ForeignName.Quote(tensor.Name)}", "export it again");
                    }

                    break;
                case 11:
                    graph.Inputs.Add(ReadValueInfo(message.Bytes()));
                    Limit(graph.Inputs.Count, OnnxLimits.MostTensors, "inputs");
                    break;
                case 12:
                    graph.Outputs.Add(ReadValueInfo(message.Bytes()));
                    Limit(graph.Outputs.Count, OnnxLimits.MostValuesOfNode, "outputs");
                    break;
                case 15:
                    throw Refuse("holds sparse initialisers", "export it with dense weights");
            }
        }
    }

    private OnnxNode ReadNode(ReadOnlySpan<byte> bytes)
    {
        OnnxNode node = new();
        WireReader message = new(bytes, budget.File);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    node.Inputs.Add(message.Text());
                    Limit(node.Inputs.Count, OnnxLimits.MostValuesOfNode, "inputs of one node");
                    break;
                case 2:
                    node.Outputs.Add(message.Text());
                    Limit(node.Outputs.Count, OnnxLimits.MostValuesOfNode, "outputs of one node");
                    break;
                case 3: node.Name = message.Text(); break;
                case 4: node.Operator = message.Text(); break;
                case 5:
                    (string name, OnnxAttribute attribute) = ReadAttribute(message.Bytes());
                    if (!node.Attributes.TryAdd(name, attribute))
                    {
                        throw Refuse($"has a node {ForeignName.Quote(node.Name)} with two attributes {ForeignName.Quote(name)}", "export it again");
                    }

                    Limit(node.Attributes.Count, OnnxLimits.MostAttributes, "attributes of one node");
                    break;
                case 7: node.Domain = message.Text(); break;
            }
        }

        node.Domain = node.Domain == "ai.onnx" ? "" : node.Domain;
        return node;
    }

    private (string Name, OnnxAttribute Attribute) ReadAttribute(ReadOnlySpan<byte> bytes)
    {
        string name = "";
        OnnxAttribute attribute = new();
        NumberList floats = new(budget);
        NumberList integers = new(budget);
        WireReader message = new(bytes, budget.File);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: name = message.Text(); break;
                case 2: (attribute.HasFloat, attribute.Float) = (true, message.Single()); break;
                case 3: (attribute.HasInteger, attribute.Integer) = (true, message.Integer()); break;
                case 4: attribute.Text = message.Text(); break;
                case 5: attribute.Tensor = ReadTensor(message.Bytes()); break;
                case 6 or 11: attribute.HasGraph = true; break;
                case 7: message.AddSingles(floats); break;
                case 8: message.AddIntegers(integers); break;
                case 9:
                    attribute.Texts.Add(message.Text());
                    Limit(attribute.Texts.Count, OnnxLimits.MostTexts, "texts in one attribute");
                    break;
                case 21: attribute.IsReference = true; break;
            }
        }

        attribute.Floats = floats.ToArray();
        attribute.Integers = integers.ToArray();
        return (name, attribute);
    }

    private OnnxTensor ReadTensor(ReadOnlySpan<byte> bytes)
    {
        Limit(++_tensors, OnnxLimits.MostTensors, "tensors");
        OnnxTensor tensor = new();
        NumberList shape = new(budget);
        Dictionary<int, NumberList> typed = [];
        WireReader message = new(bytes, budget.File);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: message.AddIntegers(shape); break;
                case 2: tensor.Type = message.Integer(); break;
                case 3: tensor.IsSegment = true; break;
                case 4: message.AddSingles(Typed(typed, 4)); break;
                case 5 or 7 or 11: message.AddIntegers(Typed(typed, message.Field)); break;
                case 6:
                    tensor.Texts.Add(message.Text());
                    Limit(tensor.Texts.Count, OnnxLimits.MostTexts, "texts in one tensor");
                    break;
                case 8: tensor.Name = message.Text(); break;
                case 9:
                    ReadOnlySpan<byte> raw = message.Bytes();
                    budget.Cells(raw.Length / 8);
                    tensor.Raw = raw.ToArray();
                    break;
                case 10: message.AddDoubles(Typed(typed, 10)); break;
                case 13: tensor.IsExternal = true; break;
                case 14: tensor.IsExternal |= message.Integer() != 0; break;
            }
        }

        tensor.Shape = shape.ToArray();
        foreach ((int field, NumberList list) in typed)
        {
            tensor.Typed.Add(field, list.ToArray());
        }

        return tensor;
    }

    private NumberList Typed(Dictionary<int, NumberList> typed, int field)
    {
        if (!typed.TryGetValue(field, out NumberList? list))
        {
            typed.Add(field, list = new NumberList(budget));
        }

        return list;
    }

    private OnnxValueInfo ReadValueInfo(ReadOnlySpan<byte> bytes)
    {
        string name = "";
        long type = 0;
        long[]? shape = null;
        WireReader message = new(bytes, budget.File);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: name = message.Text(); break;
                case 2: (type, shape) = ReadType(message.Bytes()); break;
            }
        }

        return new OnnxValueInfo(name, type, shape);
    }

    private (long Type, long[]? Shape) ReadType(ReadOnlySpan<byte> bytes)
    {
        long type = 0;
        long[]? shape = null;
        WireReader message = new(bytes, budget.File);
        while (message.Next())
        {
            if (message.Field != 1)
            {
                // A sequence, a map or an optional: only outputs of classifiers are, and their type is not needed.
                continue;
            }

            WireReader tensor = new(message.Bytes(), budget.File);
            while (tensor.Next())
            {
                switch (tensor.Field)
                {
                    case 1: type = tensor.Integer(); break;
                    case 2: shape = ReadShape(tensor.Bytes()); break;
                }
            }
        }

        return (type, shape);
    }

    private long[] ReadShape(ReadOnlySpan<byte> bytes)
    {
        List<long> sizes = [];
        WireReader message = new(bytes, budget.File);
        while (message.Next())
        {
            if (message.Field != 1)
            {
                continue;
            }

            long size = -1;
            WireReader dimension = new(message.Bytes(), budget.File);
            while (dimension.Next())
            {
                size = dimension.Field == 1 ? dimension.Integer() : size;
            }

            sizes.Add(size);
            Limit(sizes.Count, TensorShape.MostDimensions, "dimensions of one input or output");
        }

        return [.. sizes];
    }
}
