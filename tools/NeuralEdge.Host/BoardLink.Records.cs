using System.Text;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Storage;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Host;

/// <content>What a board keeps about itself.</content>
public sealed partial class BoardLink
{
    /// <summary>Gives the board a name and a place, which it keeps in flash.</summary>
    /// <param name="name">The name, ASCII, at most 32 characters; empty for that of the firmware. Null: as it is.</param>
    /// <param name="place">Where it is, in the same way.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>The board's state afterwards.</returns>
    /// <exception cref="InputRefusedException">The board could not keep one of them.</exception>
    /// <exception cref="BoardLinkException">The link or the board failed.</exception>
    public BoardReport SetName(string? name, string? place, CancellationToken cancellation = default)
    {
        ThrowIfNoText("name", name);
        ThrowIfNoText("place", place);
        BoardReport before = Info(cancellation);
        byte[] data = [.. Text(name ?? before.Name), .. Text(place ?? before.Place)];
        BoardReport after = Recovering(
            () =>
            {
                _line.Exchange(LinkRequest.Name, data, _times.FlashAnswer, cancellation);
                return Info(cancellation);
            },
            cancellation);
        return (name is null or "" || after.Name == name) && (place is null || after.Place == place)
            ? after
            : throw new BoardLinkException($"The board at {Port} took the name, but does not show it: restart it and repeat the command.");
    }

    /// <summary>How the board corrects an ADC channel.</summary>
    /// <param name="channel">A channel that the board allows.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="BoardLinkException">The link or the board failed, or its firmware is too old.</exception>
    public AdcCorrection GetCorrection(int channel, CancellationToken cancellation = default) =>
        Recovering(() => AdcCorrection.Read(_line.Exchange(LinkRequest.Correction, [(byte)channel], _times.Answer, cancellation), Port), cancellation);

    /// <summary>Has the board correct an ADC channel by two measurements, which it keeps in flash.</summary>
    /// <param name="channel">A channel that the board allows.</param>
    /// <param name="points">What was measured; null takes the correction away.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>What holds afterwards.</returns>
    /// <exception cref="InputRefusedException">The measurements make no correction.</exception>
    /// <exception cref="BoardLinkException">The link or the board failed, or its firmware is too old.</exception>
    public AdcCorrection Correct(int channel, CorrectionPoints? points, CancellationToken cancellation = default)
    {
        points?.Require();
        byte[] data = [(byte)channel, .. points?.Write() ?? []];
        AdcCorrection after = Recovering(
            () =>
            {
                _line.Exchange(LinkRequest.Correct, data, _times.FlashAnswer, cancellation);
                return GetCorrection(channel, cancellation);
            },
            cancellation);
        return after.IsKept == points is not null
            ? after
            : throw new BoardLinkException($"The board at {Port} took the correction, but does not show it: restart it and repeat the command.");
    }

    private static byte[] Text(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    private static void ThrowIfNoText(string what, string? text)
    {
        if (text is not null && (text.Length > NameRecord.MaxText || text.Any(letter => letter is < ' ' or > '~')))
        {
            throw new InputRefusedException($"The {what} {NumberText.Quote(text)} does not fit: a board keeps {NameRecord.MaxText} letters, digits and signs of plain ASCII, so no letters like \u00E4 or \u00E9.");
        }
    }
}
