namespace NeuralEdge.Conversion.Text;

/// <summary>What the names of inputs and outputs may be.</summary>
internal static class Names
{
    /// <summary>The longest name or unit in bytes of UTF-8; the model file has one byte for the length.</summary>
    public const int MostBytes = 64;
}
