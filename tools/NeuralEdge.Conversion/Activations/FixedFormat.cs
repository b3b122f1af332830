namespace NeuralEdge.Conversion.Activations;

/// <summary>Formats of an activation with ends, the same for every neuron (FORMAT.md, sections 2.1 and 2.3).</summary>
/// <param name="InputBits">Fraction bits of the pre-activation.</param>
/// <param name="OutputBits">Fraction bits of the activation.</param>
/// <param name="TableOne">What 1.0 is in a table of the profile fast.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="LargestError">Largest error of the board's function, in steps of the activation.</param>
internal sealed record FixedFormat(int InputBits, int OutputBits, int TableOne, double Low, double High, double LargestError)
{
    /// <summary>True for an integer activation at an end of its range.</summary>
    /// <param name="y">The activation.</param>
    /// <param name="fromTable">True when it comes from a table of the profile fast.</param>
    internal bool IsEnd(int y, bool fromTable)
    {
        int one = fromTable ? TableOne : 1 << OutputBits;
        return y == (int)(Low * one) || y == (int)(High * one);
    }
}
