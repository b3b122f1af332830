using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Parsing;

namespace NeuralEdge.Learning.Import.Onnx;

/// <summary>The inputs of a graph, one row of them, side by side.</summary>
internal sealed class OnnxInputs
{
    private readonly string _file;

    /// <summary>Reads names and shapes.</summary>
    /// <param name="inputs">The inputs that the results need.</param>
    /// <param name="file">The file as refusals name it.</param>
    /// <param name="widthOf">How many numbers an input takes whose shape is open; null when nothing tells.</param>
    /// <exception cref="InputRefusedException">There are none, their sizes are open, or there are more than a board takes.</exception>
    internal OnnxInputs(OnnxValueInfo[] inputs, string file, Func<string, int?> widthOf)
    {
        _file = file;
        if (inputs.Length == 0)
        {
            throw Refuse("has no input", "export the whole network");
        }

        int[][] shapes = Array.ConvertAll(inputs, i => Shape(i, widthOf));
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

    // One row at a time: the first of several dimensions is the batch, whatever size it was exported with. A single open
    // dimension is the batch too, of one number a row, unless weights ask for more.
    private int[] Shape(OnnxValueInfo input, Func<string, int?> widthOf)
    {
        string what = $"has the input {ForeignName.Quote(input.Name)}";
        if (!TensorDecoder.IsNumber(input.ElementType))
        {
            throw Refuse($"{what} of the type {TensorDecoder.NameOf(input.ElementType)}", "a board takes numbers, so export a network with float inputs");
        }

        if (input.Shape is null)
        {
            return [1, widthOf(input.Name) ?? throw Refuse($"{what} without a shape, and no weights tell how many numbers it has", "export it with the number of inputs, such as [N,4]")];
        }

        int[] shape = new int[input.Shape.Length];
        for (int d = 0; d < shape.Length; d++)
        {
            bool isLast = d == shape.Length - 1;
            long size = d == 0 && shape.Length > 1 ? 1 : input.Shape[d];
            if (size == -1 && isLast)
            {
                size = widthOf(input.Name) ?? (shape.Length == 1 ? 1 : -1);
                size = size > 0 && shape.Length == 2 ? size : shape.Length == 1 ? size : OfLast(input.Shape, size);
            }

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

    // [N, 1, ?] is a row in a frame; where a dimension between is larger, the weights' width may be that of all.
    private static long OfLast(long[] shape, long width) => shape[1..^1].All(s => s == 1) ? width : -1;

    private InputRefusedException Refuse(string what, string advice) => new($"{_file} {what}; {advice}.");
}
