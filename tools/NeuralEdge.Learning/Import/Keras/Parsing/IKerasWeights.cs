using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Keras.Parsing;

/// <summary>Where the weights of the layers are in a file.</summary>
internal interface IKerasWeights
{
    /// <summary>The weights of a layer, in the order in which Keras makes them.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="names">What each is called; as many as there must be.</param>
    /// <param name="count">How many of them are read.</param>
    ConstantValue[] Read(KerasLayer layer, string[] names, int count);
}
