using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;

namespace NeuralEdge.Host;

/// <content>Decisions about models: each names the one it is about.</content>
public sealed partial class BoardLink
{
    /// <summary>Makes the model in test the confirmed one, if it is the one that a report has shown.</summary>
    /// <param name="shown">What the board said before, which whoever decides has seen.</param>
    /// <param name="anyway">True although it has not run long enough on plausible inputs.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>The board's state afterwards.</returns>
    /// <exception cref="BoardLinkException">The link or the board failed, no model is in test, another one is, or it is too early.</exception>
    public BoardReport Confirm(BoardReport shown, bool anyway = false, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(shown);
        BoardReport after = Decide(LinkRequest.Confirm, DecisionData.Confirm(shown.Sequence, shown.Digest, anyway), shown, cancellation);
        return after.State == ModelState.Confirmed && after.Sequence == shown.Sequence && after.Digest == shown.Digest
            ? after
            : throw new BoardLinkException($"The board at {Port} took the confirmation of upload {shown.Sequence}, but does not show it as the confirmed model: another program has decided since, or its firmware is at fault; look with neuraledge info.");
    }

    /// <summary>
    /// Makes the model in test the confirmed one, if it is the one that a report has shown, when it has run long enough on plausible
    /// inputs: waits for that as <see cref="Upload"/> does.
    /// </summary>
    /// <param name="shown">What the board said before, which whoever decides has seen.</param>
    /// <param name="progress">Is told how the test goes; may be null.</param>
    /// <param name="cancellation">Ends the waiting; the model stays in test.</param>
    /// <returns>The board's state afterwards.</returns>
    /// <exception cref="BoardLinkException">As <see cref="Confirm"/>, or it took too long; the sentence names the sensor that is in the way.</exception>
    public BoardReport ConfirmWhenReady(BoardReport shown, IProgress<UploadProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(shown);
        if (shown.State != ModelState.Test)
        {
            return Confirm(shown, anyway: false, cancellation);
        }

        TestWait test = new(_line, _times, () => ModelOf(shown, cancellation), shown.Sequence, shown.Digest);
        while (true)
        {
            try
            {
                while (!Recovering(() => test.IsLongEnough(cancellation), cancellation))
                {
                    if (test.IsGone)
                    {
                        throw new BoardLinkException($"The board at {Port} restarted before upload {shown.Sequence} was confirmed, so it no longer runs it: look with neuraledge info, and upload it again.");
                    }

                    progress?.Report(new UploadProgress(UploadPhase.Waiting, shown.ModelLength, shown.ModelLength, 0, test.Progress));
                    test.Pause(cancellation);
                }
            }
            catch (OperationCanceledException e)
            {
                throw test.Stopped(e);
            }

            // Somebody else may have confirmed it meanwhile.
            if (test.Report!.State == ModelState.Confirmed)
            {
                return test.Report;
            }

            try
            {
                return Confirm(shown, anyway: false, cancellation);
            }
            catch (BoardRefusedException refused) when (refused.Status == RequestStatus.NotYet)
            {
                // An input has failed in between: the wait goes on, and ends when it has been too long.
                test.TakeRefusal(refused, cancellation);
            }
        }
    }

    /// <summary>Goes back: from a model in test to the confirmed one, from that to the one before or the factory's; if the model that a report has shown runs.</summary>
    /// <param name="shown">What the board said before, which whoever decides has seen.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>The board's state afterwards.</returns>
    /// <exception cref="BoardLinkException">The link or the board failed, another model runs, or there is nothing to revert to.</exception>
    public BoardReport Revert(BoardReport shown, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(shown);
        return Decide(LinkRequest.Revert, DecisionData.Revert(shown.Sequence, shown.Digest), shown, cancellation);
    }

    /// <summary>The inputs of the model that a report has shown; null when it cannot be read, or is another one by now.</summary>
    private ModelFile? ModelOf(BoardReport shown, CancellationToken cancellation)
    {
        try
        {
            ModelFile model = ModelFile.Parse(ReadModel(cancellation), "the board's model");
            return model.Model.Digest == shown.Digest ? model : null;
        }
        catch (Exception e) when (e is InputRefusedException or (BoardLinkException and not LinkLostException))
        {
            // Numbers do where names cannot be had.
            return null;
        }
    }

    private BoardReport Decide(LinkRequest decision, byte[] data, BoardReport shown, CancellationToken cancellation)
    {
        bool sent = false;
        return Recovering(
            () =>
            {
                if (sent)
                {
                    // The reply was lost: what the board runs tells whether it was done.
                    BoardReport now = BoardReport.Read(_line.Exchange(LinkRequest.Info, [], _times.Answer, cancellation));
                    bool same = now.Sequence == shown.Sequence && now.Digest == shown.Digest;

                    // The way back leads to an older model; a newer one, or one in test, is another host's.
                    bool isBack = decision == LinkRequest.Revert && now.Sequence < shown.Sequence && now.State != ModelState.Test;
                    if (same ? now.State != shown.State : isBack)
                    {
                        return now;
                    }

                    if (!same)
                    {
                        throw new BoardLinkException($"The board at {Port} no longer runs upload {shown.Sequence}: it restarted before the model was confirmed, or another program has decided; look with neuraledge info.");
                    }
                }

                sent = true;
                _line.Exchange(decision, data, _times.FlashAnswer, cancellation);
                return Info(cancellation);
            },
            cancellation);
    }
}
