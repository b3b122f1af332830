using System.Buffers.Binary;

namespace NeuralEdge.Tests.Import.Onnx;

/// <summary>Composes small ONNX models for tests.</summary>
internal sealed class OnnxWriter
{
    private readonly ProtoWriter _graph = new();
    private readonly Dictionary<string, long> _opsets = [];
    private readonly List<ProtoWriter> _written = [];
    private readonly List<ProtoWriter> _functions = [];
    private int _nodes;

    internal OnnxWriter(long opset = 13)
    {
        _opsets[""] = opset;
    }

    /// <summary>How numbers of initialisers are stored.</summary>
    internal enum Form
    {
        RawFloat,
        TypedFloat,
        RawDouble,
        TypedDouble,
        RawFloat16,
        TypedFloat16,
        RawBFloat16,
        UnpackedFloat,
    }

    internal OnnxWriter Opset(string domain, long version)
    {
        _opsets[domain] = version;
        return this;
    }

    /// <summary>An input; negative sizes are symbolic.</summary>
    internal OnnxWriter Input(string name, params long[] shape) => Value(11, name, 1, shape);

    internal OnnxWriter Input(string name, int type, long[] shape) => Value(11, name, type, shape);

    internal OnnxWriter Output(string name, params long[] shape) => Value(12, name, 1, shape);

    internal OnnxWriter Output(string name, int type, long[] shape) => Value(12, name, type, shape);

    internal OnnxWriter Floats(string name, long[] shape, double[] values, Form form = Form.RawFloat)
    {
        _graph.Message(5, Tensor(name, shape, values, form));
        return this;
    }

    internal OnnxWriter Longs(string name, long[] shape, params long[] values)
    {
        _graph.Message(5, LongTensor(name, shape, values));
        return this;
    }

    /// <summary>An initialiser of integers, or of truth values, of one or four bytes: 2 uint8, 3 int8, 6 int32, 9 bool.</summary>
    internal OnnxWriter Integers(string name, int type, long[] shape, params int[] values)
    {
        byte[] raw = type == 6 ? [.. values.SelectMany(BitConverter.GetBytes)] : [.. values.Select(v => unchecked((byte)v))];
        _graph.Message(5, new ProtoWriter().Integers(1, shape).Integer(2, type).Text(8, name).Bytes(9, raw));
        return this;
    }

    /// <summary>An input of floats whose shape the file does not say.</summary>
    internal OnnxWriter InputWithoutShape(string name) =>
        With(11, new ProtoWriter().Text(1, name).Message(2, new ProtoWriter().Message(1, new ProtoWriter().Integer(1, 1))));

    /// <summary>A function of the file: its nodes are written like a graph's.</summary>
    internal OnnxWriter Function(string domain, string name, string inputs, string outputs, OnnxWriter body, params string[] attributes)
    {
        ProtoWriter function = new ProtoWriter().Text(1, name);
        foreach (string input in inputs.Split(' '))
        {
            function.Text(4, input);
        }

        foreach (string output in outputs.Split(' '))
        {
            function.Text(5, output);
        }

        foreach (string attribute in attributes)
        {
            function.Text(6, attribute);
        }

        foreach (ProtoWriter node in body._written)
        {
            function.Message(7, node);
        }

        foreach ((string of, long version) in body._opsets)
        {
            function.Message(9, new ProtoWriter().Text(1, of).Integer(2, version));
        }

        _functions.Add(function.Text(10, domain));
        return Opset(domain, 1);
    }

    internal OnnxWriter Texts(string name, params string[] values)
    {
        ProtoWriter tensor = new ProtoWriter().Integers(1, [values.Length]).Integer(2, 8).Text(8, name);
        foreach (string value in values)
        {
            tensor.Text(6, value);
        }

        _graph.Message(5, tensor);
        return this;
    }

    internal OnnxWriter External(string name, long[] shape, string location, params (string Key, string Value)[] more)
    {
        ProtoWriter tensor = new ProtoWriter().Integers(1, shape).Integer(2, 1).Text(8, name);
        foreach ((string key, string value) in more.Prepend(("location", location)))
        {
            tensor.Message(13, new ProtoWriter().Text(1, key).Text(2, value));
        }

        _graph.Message(5, tensor.Integer(14, 1));
        return this;
    }

    /// <summary>A field of the graph that the other methods would not write.</summary>
    internal OnnxWriter With(int field, ProtoWriter message)
    {
        _graph.Message(field, message);
        return this;
    }

    /// <summary>A node; inputs and outputs separated by blanks, "-" for one left out.</summary>
    internal OnnxWriter Node(string operation, string inputs, string outputs, params ProtoWriter[] attributes) =>
        NodeOf("", operation, inputs, outputs, attributes);

    internal OnnxWriter NodeOf(string domain, string operation, string inputs, string outputs, params ProtoWriter[] attributes)
    {
        ProtoWriter node = new();
        foreach (string input in inputs.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            node.Text(1, input == "-" ? "" : input);
        }

        foreach (string output in outputs.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            node.Text(2, output);
        }

        node.Text(3, $"{operation}_{_nodes++}").Text(4, operation);
        foreach (ProtoWriter attribute in attributes)
        {
            node.Message(5, attribute);
        }

        _written.Add(domain.Length == 0 ? node : node.Text(7, domain));
        _graph.Message(1, node);
        return this;
    }

    internal byte[] ToArray()
    {
        ProtoWriter model = new ProtoWriter().Integer(1, 8).Text(2, "tests");
        model.Message(7, _graph.Text(2, "graph"));
        foreach ((string domain, long version) in _opsets)
        {
            model.Message(8, new ProtoWriter().Text(1, domain).Integer(2, version));
        }

        foreach (ProtoWriter function in _functions)
        {
            model.Message(25, function);
        }

        return model.ToArray();
    }

    internal static ProtoWriter Attribute(string name, long value) => new ProtoWriter().Text(1, name).Integer(3, value).Integer(20, 2);

    internal static ProtoWriter Attribute(string name, float value) => new ProtoWriter().Text(1, name).Single(2, value).Integer(20, 1);

    internal static ProtoWriter Attribute(string name, string value) => new ProtoWriter().Text(1, name).Text(4, value).Integer(20, 3);

    internal static ProtoWriter Attribute(string name, ProtoWriter tensor) => new ProtoWriter().Text(1, name).Message(5, tensor).Integer(20, 4);

    internal static ProtoWriter Attribute(string name, float[] values) => new ProtoWriter().Text(1, name).Singles(7, values).Integer(20, 6);

    internal static ProtoWriter Attribute(string name, long[] values) => new ProtoWriter().Text(1, name).Integers(8, values).Integer(20, 7);

    internal static ProtoWriter Attribute(string name, string[] values)
    {
        ProtoWriter attribute = new ProtoWriter().Text(1, name);
        foreach (string value in values)
        {
            attribute.Text(9, value);
        }

        return attribute.Integer(20, 8);
    }

    /// <summary>An attribute inside a function that takes its value from the call's.</summary>
    internal static ProtoWriter Reference(string name, string of, long type) => new ProtoWriter().Text(1, name).Text(21, of).Integer(20, type);

    internal static ProtoWriter LongTensor(string name, long[] shape, params long[] values) =>
        new ProtoWriter().Integers(1, shape).Integer(2, 7).Integers(7, values).Text(8, name);

    internal static ProtoWriter Tensor(string name, long[] shape, double[] values, Form form = Form.RawFloat)
    {
        ProtoWriter tensor = new ProtoWriter().Integers(1, shape).Text(8, name);
        switch (form)
        {
            case Form.RawFloat:
                return tensor.Integer(2, 1).Bytes(9, [.. values.SelectMany(v => BitConverter.GetBytes((float)v))]);
            case Form.TypedFloat:
                return tensor.Integer(2, 1).Singles(4, values.Select(v => (float)v));
            case Form.UnpackedFloat:
                tensor.Integer(2, 1);
                foreach (double value in values)
                {
                    tensor.Single(4, (float)value);
                }

                return tensor;
            case Form.RawDouble:
                return tensor.Integer(2, 11).Bytes(9, [.. values.SelectMany(BitConverter.GetBytes)]);
            case Form.TypedDouble:
                return tensor.Integer(2, 11).Bytes(10, [.. values.SelectMany(BitConverter.GetBytes)]);
            case Form.RawFloat16:
                return tensor.Integer(2, 10).Bytes(9, [.. values.SelectMany(v => BitConverter.GetBytes((Half)v))]);
            case Form.TypedFloat16:
                return tensor.Integer(2, 10).Integers(5, values.Select(v => (long)BitConverter.HalfToUInt16Bits((Half)v)));
            default:
                return tensor.Integer(2, 16).Bytes(9, [.. values.SelectMany(BFloat16)]);
        }
    }

    private OnnxWriter Value(int field, string name, int type, long[] shape)
    {
        ProtoWriter sizes = new();
        foreach (long size in shape)
        {
            sizes.Message(1, size < 0 ? new ProtoWriter().Text(2, "N") : new ProtoWriter().Integer(1, size));
        }

        ProtoWriter tensor = new ProtoWriter().Integer(1, type).Message(2, sizes);
        _graph.Message(field, new ProtoWriter().Text(1, name).Message(2, new ProtoWriter().Message(1, tensor)));
        return this;
    }

    private static byte[] BFloat16(double value)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)(BitConverter.SingleToUInt32Bits((float)value) >> 16));
        return bytes;
    }
}
