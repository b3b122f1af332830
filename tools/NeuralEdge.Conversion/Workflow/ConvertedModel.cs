using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;

namespace NeuralEdge.Conversion.Workflow;

/// <summary>A converted model, and what it was made of.</summary>
/// <param name="File">The model file.</param>
/// <param name="Network">Its integers with their scales.</param>
/// <param name="Request">What was converted.</param>
public sealed record ConvertedModel(ModelFile File, QuantisedNetwork Network, ConversionRequest Request)
{
    /// <summary>The model in real numbers.</summary>
    public FloatModel Model => Request.Model;

    /// <summary>What it aims at.</summary>
    public Profile Profile => Request.Profile;
}
