using NeuralEdge.Conversion.FloatModels;
using static NeuralEdge.Tests.Import.Onnx.OnnxWriter;

namespace NeuralEdge.Tests.Import.Onnx.Graphs;

/// <summary>A graph while it is written, and the value that has got furthest.</summary>
internal sealed class RandomGraph(long seed)
{
    private readonly PortableRandom _random = new(seed);
    private readonly List<string> _story = [];
    private int _names;

    /// <summary>The file.</summary>
    internal OnnxWriter Writer { get; } = new(13);

    /// <summary>The value that comes next into a node.</summary>
    internal string Value { get; set; } = "";

    /// <summary>Its shape for one row; the first size is the batch.</summary>
    internal int[] Shape { get; set; } = [];

    /// <summary>How far OnnxRuntime may be off by the integers that the graph rounds to.</summary>
    internal double Slack { get; set; }

    /// <summary>Numbers of one row, but for the batch.</summary>
    internal int Width => Shape.Aggregate(1, (a, b) => a * b);

    /// <summary>What has been written, in words.</summary>
    internal string Story => string.Join(", ", _story);

    /// <summary>The outputs that are numbers; the network has them side by side.</summary>
    internal List<string> Outputs { get; } = [];

    /// <summary>The output that is a class, if there is one.</summary>
    internal string? Label { get; set; }

    /// <summary>Numbers of the network's input.</summary>
    internal int Inputs { get; set; }

    internal int Pick(int limit) => _random.Next(limit);

    internal bool Chance(int percent) => _random.Next(100) < percent;

    internal double Number(double size) => (float)(((2 * _random.NextDouble()) - 1) * size);

    internal double[] Numbers(int count, double size) => [.. Enumerable.Range(0, count).Select(_ => Number(size))];

    /// <summary>Numbers that are no smaller than a quarter of the size.</summary>
    internal double[] Positive(int count, double size) => [.. Enumerable.Range(0, count).Select(_ => (double)(float)(size * (0.25 + (0.75 * _random.NextDouble()))))];

    internal string Name(string kind = "v") => $"{kind}{_names++}";

    internal string Floats(long[] shape, double[] values, Form form = Form.RawFloat)
    {
        string name = Name("c");
        Writer.Floats(name, shape, values, form);
        return name;
    }

    internal string Longs(params long[] values)
    {
        string name = Name("l");
        Writer.Longs(name, [values.Length], values);
        return name;
    }

    /// <summary>A node of one result.</summary>
    internal string Node(string operation, string inputs, params ProtoWriter[] attributes) => NodeOf("", operation, inputs, attributes);

    internal string NodeOf(string domain, string operation, string inputs, params ProtoWriter[] attributes)
    {
        string name = Name();
        Writer.NodeOf(domain, operation, inputs, name, attributes);
        return name;
    }

    /// <summary>Goes on with a node of the value.</summary>
    internal void Then(string operation, string more = "", params ProtoWriter[] attributes) => Value = Node(operation, $"{Value} {more}", attributes);

    internal void Say(string what) => _story.Add(what);

    /// <summary>One of several ways to go on.</summary>
    internal void OneOf(params (string Name, Action<RandomGraph> Write)[] ways)
    {
        (string name, Action<RandomGraph> write) = ways[Pick(ways.Length)];
        Say(name);
        write(this);
    }
}
