using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Models;

/// <summary>
/// The example of FORMAT.md 2.4: x 0..1000 from ADC channel 0, y = min(50 x, 32767), output 3 y + bias. From x = 656 on the ceiling
/// is met; GPIO18 is on from an output of 60000 on.
/// </summary>
internal static class CeilingModel
{
    /// <summary>Writes the file.</summary>
    /// <param name="hasCeiling">False: the same layers in arithmetic 0.</param>
    /// <param name="bias">Bias of the last layer.</param>
    /// <param name="isFault">True when a value that meets its ceiling is a fault.</param>
    /// <param name="maxOnMs">Longest time on of the pin in milliseconds; with 0 the file has no safeguards.</param>
    internal static byte[] Write(bool hasCeiling = true, int bias = 7, bool isFault = false, int maxOnMs = 0)
    {
        QuantisedLayer hidden = new(Activation.Relu, 0, 2, 0, [new([100], 0, 1, 1, 2)], HasCeiling: hasCeiling);
        QuantisedLayer last = new(Activation.Linear, 0, 2, 0, [new([3], bias, 0, 1, 1)]);
        QuantisedNetwork network = new([new RawInput(0, 1000, 1, 0)], [hidden, last]);
        ModelSignature signature = new(ModelTask.Regression, [new ModelInput("x", "", 1, 0, 0, 1000)], [new ModelOutput("y", "", 1, 0)]);
        OutputBinding[] outputs = [new OutputBinding(OutputBinding.RuleThreshold, 18, false, 60000, 50000, 0, 0)];
        Safeguards safeguards = new(1, outputs);
        safeguards.SetOutput(0, maxOnMs, 0, 0);
        Bindings bindings = new(100, [new InputBinding(InputBinding.SourceAdc, 0, 0, 0)], outputs, isFault, safeguards);
        return ModelWriter.Write(network, bindings, [([0], [bias])], signature);
    }
}
