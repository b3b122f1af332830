using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;

namespace NeuralEdge.Host;

/// <content>Keys: given to a board, changed and taken away.</content>
public sealed partial class BoardLink
{
    /// <summary>Makes an open board keyed. The keys travel in the clear: on a line where nobody listens.</summary>
    /// <param name="keys">The keys it is to have; both.</param>
    /// <param name="closeReading">True when reading is to need the key, too.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>The board's state afterwards.</returns>
    /// <exception cref="BoardLinkException">The link or the board failed, or the board has keys; then none were sent in the clear.</exception>
    public BoardReport ProvisionFirst(KeyFile keys, bool closeReading, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return Provision(Signer.Provision(keys, closeReading), new Signer(keys), first: true, cancellation);
    }

    /// <summary>Gives a keyed board other keys, or the same ones for another mode: signed and covered, whatever the board says of itself.</summary>
    /// <param name="keys">The keys it is to have; both.</param>
    /// <param name="closeReading">True when reading is to need the key, too.</param>
    /// <param name="now">Keys that it may have now, beside the new ones; null for none.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>The board's state afterwards.</returns>
    /// <exception cref="BoardLinkException">The link or the board failed, or the board has none of these replacement keys.</exception>
    public BoardReport Provision(KeyFile keys, bool closeReading, KeyFile? now = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return Provision(Signer.Provision(keys, closeReading), now is null ? new Signer(keys) : new Signer(now, keys), first: false, cancellation);
    }

    /// <summary>Opens a keyed board again: whoever is on the line may change it.</summary>
    /// <param name="now">The keys that it has.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>The board's state afterwards.</returns>
    /// <exception cref="BoardLinkException">The link or the board failed, or the board has other keys.</exception>
    public BoardReport Open(KeyFile now, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(now);
        return Provision(Signer.Provision(null, closeReading: false), new Signer(now), first: false, cancellation);
    }

    private BoardReport Provision(byte[] data, Signer signer, bool first, CancellationToken cancellation)
    {
        bool sent = false;
        SecurityMode wanted = data.Length == 1 ? SecurityMode.Open
            : (data[0] & KeyedMessages.CloseReading) != 0 ? SecurityMode.ReadingClosed
            : SecurityMode.Keyed;
        return Recovering(
            () =>
            {
                BoardReport before = BoardReport.Read(_line.Exchange(LinkRequest.Info, [], _times.Answer, cancellation));
                if (before.SecurityMode == SecurityMode.Open && wanted == SecurityMode.Open)
                {
                    return before;
                }

                if (first && !sent && before.SecurityMode != SecurityMode.Open)
                {
                    throw new BoardLinkException($"The board at {Port} says that it has keys, and --first is for a board that has none: leave --first away, and give the keys that it has with --key-now.");
                }

                // INFO is not signed: that the board says it is open is no reason to send keys in the clear.
                if (!first && before.SecurityMode == SecurityMode.Open)
                {
                    throw new BoardLinkException($"The board at {Port} says that it has no keys: if it is new, give --first on your own desk, where nobody listens; if it has had keys from you, somebody on the line lies.");
                }

                // A board that took its first keys and whose reply was lost takes them once more, signed with them.
                sent = true;
                _ = before.SecurityMode == SecurityMode.Open
                    ? _line.Exchange(LinkRequest.Provision, data, _times.FlashAnswer, cancellation)
                    : _line.ExchangeSigned(LinkRequest.Provision, data, null, signer, _times.FlashAnswer, cancellation);
                _line.ForgetMode();
                BoardReport after = BoardReport.Read(_line.Exchange(LinkRequest.Info, [], _times.Answer, cancellation));
                return after.SecurityMode == wanted
                    ? after
                    : throw new BoardLinkException($"The board at {Port} took the request and is not what it should be ({after.SecurityMode}): flash the newest firmware and repeat the command.");
            },
            cancellation);
    }
}
