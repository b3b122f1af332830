namespace NeuralEdge.Conversion.Quantisation;

/// <summary>What a conversion aims at; all profiles are integer and bit-identical everywhere.</summary>
public enum Profile
{
    /// <summary>16-bit weights: the smallest error.</summary>
    Exact,

    /// <summary>8-bit weights: half the bytes of the exact ones.</summary>
    Compact,

    /// <summary>Three neurons in a word and activations of 9 bits by table: the highest rate.</summary>
    Fast,
}
