using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Parsing;

namespace NeuralEdge.Learning.Import.Onnx;

/// <summary>The inputs of a graph, one row of them, side by side.</summary>
internal sealed class OnnxInputs
{
    private readonly string _file;

    /// <summary>Reads names and shapes.</summary>
    /// <exception cref="InputRefusedException">There are none, their sizes are open, or there are more than a board takes.</exception>
    internal OnnxInputs(OnnxGraph graph, string file)
    {
        _file = file;

        // Old files list their weights among the inputs too.
        OnnxValueInfo[] inputs = [.. graph.Inputs.Where(i => !graph.Initialisers.ContainsKey(i.Name))];
        if (inputs.Length == 0)
        {
            throw Refuse("has no input", "export the whole network");
        }

        int[][] shapes = Array.ConvertAll(inputs, Shape);
        long width = shapes.Sum(s => (long)TensorShape.Count(s));
        if (width is < 1 or > NetworkLimits.WidestLayer)
        {
            throw Refuse($"has {width} inputs, and a board takes 1 to {NetworkLimits.WidestLayer}", "train a network with fewer inputs");
        }

        LayerOutputs layer = LayerOutputs.InputLayer((int)width);
        int from = 0;
        List<string> names = [];
        for (int i = 0; i < inputs.Length; i++)
        {
            int count = TensorShape.Count(shapes[i]);
            AffineForm[] elements = [.. Enumerable.Range(from, count).Select(AffineForm.Of)];
            Values.Add((inputs[i].Name, new AffineValue(shapes[i], layer, elements)));
            names.AddRange(Enumerable.Range(1, count).Select(k => count == 1 ? inputs[i].Name : $"{inputs[i].Name}_{k}"));
            from += count;
        }

        // One tensor for all inputs is named after the exporter's habits, not after what is measured.
        Names = inputs.Length > 1 ? [.. names] : null;
    }

    /// <summary>The tensors by their names.</summary>
    internal List<(string Name, AffineValue Value)> Values { get; } = [];

    /// <summary>One for each number; null when the file has none worth the name.</summary>
    internal string[]? Names { get; }

    // One row at a time: the first of several dimensions is the batch, whatever size it was exported with.
    private int[] Shape(OnnxValueInfo input)
    {
        string what = $"has the input {ForeignName.Quote(input.Name)}";
        if (!TensorDecoder.IsNumber(input.ElementType))
        {
            throw Refuse($"{what} of the type {TensorDecoder.NameOf(input.ElementType)}", "a board takes numbers, so export a network with float inputs");
        }

        if (input.Shape is null)
        {
            throw Refuse($"{what} without a shape", "export it with the number of inputs, such as [N,4]");
        }

        int[] shape = new int[input.Shape.Length];
        for (int d = 0; d < shape.Length; d++)
        {
            long size = d == 0 && shape.Length > 1 ? 1 : input.Shape[d];
            shape[d] = size is >= 1 and <= TensorShape.MostElements
                ? (int)size
                : throw Refuse(
                    $"{what} with {(size == -1 ? "no fixed size" : $"the size {size}")} in dimension {d} of {shape.Length}",
                    "export it with a fixed number of inputs; only the first of several dimensions, the rows, may be open");
        }

        return TensorShape.Count(shape) is > 0 and <= NetworkLimits.WidestLayer
            ? shape
            : throw Refuse($"{what} of the shape {TensorShape.Text(shape)}, and a board takes 1 to {NetworkLimits.WidestLayer} inputs", "train a network with fewer inputs");
    }

    private InputRefusedException Refuse(string what, string advice) => new($"{_file} {what}; {advice}.");
}
