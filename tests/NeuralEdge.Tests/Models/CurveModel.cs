using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Models;

/// <summary>The example of FORMAT.md 2.5: x -1000..1000, a tabulated neuron that falls and rises, output 3 y + bias.</summary>
internal static class CurveModel
{
    /// <summary>Where the head of the tabulated layer stands.</summary>
    internal const int Layer = 36;

    /// <summary>Writes the file.</summary>
    /// <param name="bias">Bias of the last layer.</param>
    /// <param name="shift">Shift of the tabulated neuron.</param>
    /// <param name="isFlatBeyond">Whether the file says that the function ends flat.</param>
    internal static byte[] Write(int bias = 7, int shift = 1, bool isFlatBeyond = false)
    {
        ActivationCurve curve = new(isFlatBeyond);
        curve.Fill([.. Enumerable.Range(0, 513).SelectMany(i => BitConverter.GetBytes((short)(((i - 256) * (i - 256) >> 2) - 40)))], 0, 513);
        QuantisedLayer hidden = new(Activation.Tabulated, 0, 2, 0, [new([100], 0, shift, 1, 2)], Curve: curve);
        QuantisedLayer last = new(Activation.Linear, 0, 2, 0, [new([3], bias, 0, 1, 1)]);
        QuantisedNetwork network = new([new RawInput(-1000, 1000, 1, 0)], [hidden, last]);
        ModelSignature signature = new(ModelTask.Regression, [new ModelInput("x", "", 1, 0, -1000, 1000)], [new ModelOutput("y", "", 1, 0)]);
        return ModelWriter.Write(network, null, [([0], [bias - 120])], signature);
    }
}
