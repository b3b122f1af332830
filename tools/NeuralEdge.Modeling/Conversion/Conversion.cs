using NeuralEdge.Modeling.Files;
using NeuralEdge.Modeling.FloatModels;
using NeuralEdge.Modeling.Quantisation;

namespace NeuralEdge.Modeling.Conversion;

/// <summary>A converted model, and what it was made of.</summary>
/// <param name="File">The model file.</param>
/// <param name="Network">Its integers with their scales.</param>
/// <param name="Request">What was converted.</param>
/// <param name="Profile">What it aims at.</param>
public sealed record Conversion(ModelFile File, QuantisedNetwork Network, ConversionRequest Request, Profile Profile)
{
    /// <summary>The model in real numbers.</summary>
    public FloatModel Model => Request.Model;
}
