using System.Buffers.Binary;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;

namespace NeuralEdge.Host;

/// <summary>How a board corrects an ADC channel: corrected = True + (count - Measured) * Gain.</summary>
/// <param name="Source">Whose it is.</param>
/// <param name="Gain">Slope.</param>
/// <param name="Measured">The count that stands for <paramref name="True"/>.</param>
/// <param name="True">What it should be.</param>
public sealed record AdcCorrection(int Source, double Gain, int Measured, int True)
{
    /// <summary>True when it was measured over the link and is kept in the board's flash.</summary>
    public bool IsKept => Source == LinkProtocol.CorrectionKept;

    /// <summary>True when there is any, of whatever source.</summary>
    public bool IsAny => Source != 0;

    /// <summary>The count of the ADC itself for one that the board has corrected.</summary>
    /// <param name="corrected">The corrected count.</param>
    public double Undo(double corrected) => ((corrected - True) / Gain) + Measured;

    /// <summary>Reads the reply to CORRECTION.</summary>
    /// <exception cref="BoardLinkException">It is too short, or says what cannot be.</exception>
    internal static AdcCorrection Read(ReadOnlySpan<byte> reply, string port)
    {
        double gain = reply.Length < 8 ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(reply[2..]) / (double)(1 << AdcChannelSettings.GainFractionBits);
        return gain > 0
            ? new AdcCorrection(reply[1], gain, BinaryPrimitives.ReadUInt16LittleEndian(reply[4..]), BinaryPrimitives.ReadUInt16LittleEndian(reply[6..]))
            : throw new BoardLinkException($"The board at {port} answered CORRECTION in a form this program does not know: update neuraledge.");
    }
}
