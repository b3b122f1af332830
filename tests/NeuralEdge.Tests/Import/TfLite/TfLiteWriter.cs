namespace NeuralEdge.Tests.Import.TfLite;

/// <summary>Composes small TensorFlow Lite models for tests.</summary>
internal sealed class TfLiteWriter
{
    internal const byte Float32 = 0;
    internal const byte Int32 = 2;
    internal const byte UInt8 = 3;
    internal const byte Int8 = 9;

    private readonly List<FlatFields> _tensors = [];
    private readonly List<FlatFields> _buffers = [[]];
    private readonly List<FlatFields> _operators = [];
    private readonly List<FlatFields> _codes = [];

    /// <summary>A tensor; returns its index.</summary>
    internal int Tensor(string name, byte type, int[] shape, byte[]? content = null, float[]? scales = null, long[]? zeros = null, int axis = 0)
    {
        FlatFields tensor = new() { [0] = shape, [1] = type, [2] = 0, [3] = name };
        if (content is not null)
        {
            tensor[2] = _buffers.Count;
            _buffers.Add(new FlatFields { [0] = content });
        }

        if (scales is not null)
        {
            FlatFields quantisation = new() { [2] = scales, [6] = axis };
            if (zeros is not null)
            {
                quantisation[3] = zeros;
            }

            tensor[4] = quantisation;
        }

        _tensors.Add(tensor);
        return _tensors.Count - 1;
    }

    internal int Floats(string name, int[] shape, IEnumerable<double> values) =>
        Tensor(name, Float32, shape, [.. values.SelectMany(v => BitConverter.GetBytes((float)v))]);

    internal TfLiteWriter Operator(int code, int[] inputs, int output, FlatFields? options = null)
    {
        FlatFields node = new() { [0] = _codes.Count, [1] = inputs, [2] = new[] { output } };
        if (options is not null)
        {
            node[3] = (byte)1;
            node[4] = options;
        }

        _operators.Add(node);
        _codes.Add(new FlatFields { [0] = (byte)Math.Min(code, 127), [3] = code });
        return this;
    }

    internal byte[] ToArray(int input, int output)
    {
        FlatFields graph = new()
        {
            [0] = _tensors.ToArray(),
            [1] = new[] { input },
            [2] = new[] { output },
            [3] = _operators.ToArray(),
        };
        return FlatWriter.Write(
            new FlatFields { [0] = 3, [1] = _codes.ToArray(), [2] = new[] { graph }, [4] = _buffers.ToArray() }, "TFL3");
    }
}
