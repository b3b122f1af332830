using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace NeuralEdge.Tests.Import.Onnx;

/// <summary>Runs an ONNX file in float with a program that is not ours.</summary>
internal sealed class Oracle : IDisposable
{
    private static readonly Lazy<SessionOptions> Options = new(() => new SessionOptions
    {
        IntraOpNumThreads = 1,
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,

        // What is compared is the file as it is written, not what an optimiser makes of it.
        GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
    });

    private readonly InferenceSession _session;

    internal Oracle(byte[] file) => _session = new InferenceSession(file, Options.Value);

    public void Dispose() => _session.Dispose();

    /// <summary>The float outputs of one row; a batch of a fixed size is filled with it.</summary>
    /// <param name="row">The numbers of all inputs.</param>
    /// <param name="output">Which output.</param>
    /// <param name="open">The shape of an input that declares none, or whose sizes other than the first are open.</param>
    internal double[] Run(double[] row, string output = "y", int[]? open = null)
    {
        (List<NamedOnnxValue> inputs, int rows) = Inputs(row, open);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = _session.Run(inputs, [output]);
        float[] all = [.. results[0].AsEnumerable<float>()];
        return [.. all.Take(all.Length / rows).Select(v => (double)v)];
    }

    /// <summary>The class an ArgMax chose.</summary>
    internal long Class(double[] row, string output)
    {
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = _session.Run(Inputs(row, null).Inputs, [output]);
        return results[0].AsEnumerable<long>().First();
    }

    private (List<NamedOnnxValue> Inputs, int Rows) Inputs(double[] row, int[]? open)
    {
        List<NamedOnnxValue> inputs = [];
        int at = 0;
        int rows = 1;
        foreach ((string name, NodeMetadata input) in _session.InputMetadata)
        {
            int[] shape = open is not null && (input.Dimensions.Length == 0 || input.Dimensions.Skip(1).Any(d => d < 0)) ? open : [.. input.Dimensions.Select(d => d < 0 ? 1 : d)];
            int width = shape.Length > 1 ? shape[1..].Aggregate(1, (a, b) => a * b) : shape[0];
            rows = shape.Length > 1 ? shape[0] : 1;
            float[] values = [.. Enumerable.Range(0, rows * width).Select(k => (float)row[at + (k % width)])];
            at += width;
            inputs.Add(NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(values, shape)));
        }

        return (inputs, rows);
    }
}
