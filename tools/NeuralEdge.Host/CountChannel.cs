using NeuralEdge.Board.Link;

namespace NeuralEdge.Host;

/// <summary>An ADC channel that is recorded.</summary>
/// <param name="Channel">ADC channel, 0 to 31.</param>
/// <param name="SamplesLog2">2^this conversions make a count, 0 to 8.</param>
public readonly record struct CountChannel(int Channel, int SamplesLog2)
{
    /// <summary>Fraction bits of its counts.</summary>
    public int FractionBits => Math.Min(SamplesLog2, LinkProtocol.MaxCountFractionBits);

    /// <summary>What an integer of the board means as a count: with its fraction, corrected by the board, limited by no model.</summary>
    /// <param name="raw">The integer.</param>
    public double ToCount(int raw) => Math.ScaleB(raw, -FractionBits);
}
