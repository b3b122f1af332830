using System.Buffers.Binary;
using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;

namespace NeuralEdge.Host;

/// <summary>
/// A board at the other end of a line. Every method survives lost, repeated and damaged frames and a board that
/// restarts, or fails with one sentence that says what to do.
/// </summary>
/// <remarks>One thread at a time.</remarks>
public sealed class BoardLink : IDisposable
{
    private static readonly TimeSpan LiveSilence = TimeSpan.FromSeconds(2);
    private readonly RequestLine _line;
    private readonly LinkTimes _times;
    private readonly Signer? _signer;
    private int _liveEvery;
    private byte[]? _counts;
    private bool _mayHaveLapsed;

    private BoardLink(IHostLine line, LinkTimes times, KeyFile? keys)
    {
        _signer = keys is null ? null : new Signer(keys);
        _line = new RequestLine(line, times, _signer);
        _times = times;
    }

    /// <summary>The port as the user wrote it.</summary>
    public string Port => _line.Name;

    /// <summary>Opens a port and a session with the board there.</summary>
    /// <param name="port">COM5, /dev/ttyUSB0, the path of a pseudo-terminal, or socket://HOST:PORT.</param>
    /// <param name="times">Waiting times; null for those of PROTOCOL.md.</param>
    /// <param name="keys">The board's keys, if it is keyed; null for none.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="BoardLinkException">The port cannot be opened, or no board answers.</exception>
    public static BoardLink Connect(string port, LinkTimes? times = null, KeyFile? keys = null, CancellationToken cancellation = default)
    {
        return Connect(HostLine.Open(port), times, keys, cancellation);
    }

    /// <summary>Opens a session with the board at the other end of a line, which then belongs to the link.</summary>
    /// <param name="line">The line.</param>
    /// <param name="times">Waiting times; null for those of PROTOCOL.md.</param>
    /// <param name="keys">The board's keys, if it is keyed; null for none.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="BoardLinkException">No board answers.</exception>
    public static BoardLink Connect(IHostLine line, LinkTimes? times = null, KeyFile? keys = null, CancellationToken cancellation = default)
    {
        BoardLink link = new(line, times ?? new LinkTimes(), keys);
        try
        {
            link._line.Hello(cancellation);
            return link;
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    /// <summary>Asks the board what it is and how it is.</summary>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="BoardLinkException">The link or the board failed.</exception>
    public BoardReport Info(CancellationToken cancellation = default)
    {
        return Recovering(
            () => BoardReport.Read(_line.Exchange(LinkRequest.Info, [], _times.Answer, cancellation)),
            cancellation);
    }

    /// <summary>
    /// Uploads a model, resuming an upload of the same file that was cut off, has the board test it and, if wished,
    /// confirms it when it has run for some periods on plausible inputs.
    /// </summary>
    /// <param name="file">The model file.</param>
    /// <param name="confirm">False leaves the model in test: the board goes back at its next start, or after a while.</param>
    /// <param name="progress">Is told what happens.</param>
    /// <param name="anyway">True confirms at once, whatever the inputs are.</param>
    /// <param name="version">How new the model is, for a keyed board; null for as new as the newest one there.</param>
    /// <param name="cancellation">Ends the upload; what was sent can be resumed, and a model in test stays in test.</param>
    /// <exception cref="InputRefusedException">The file is no model this board takes; nothing was sent.</exception>
    /// <exception cref="BoardLinkException">The link or the board failed; the board's model is unchanged.</exception>
    public UploadResult Upload(
        byte[] file,
        bool confirm = true,
        IProgress<UploadProgress>? progress = null,
        bool anyway = false,
        ModelVersion? version = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        BoardReport report = Info(cancellation);
        ModelFit.ThrowIfRefused(file, report, Port);
        if (report.SecurityMode != SecurityMode.Open && version is { Number: uint number, Older: false } && number < report.SecurityNumber)
        {
            throw new BoardRefusedException(LinkRequest.Commit, RequestStatus.OldModel, 0, (int)report.SecurityNumber);
        }

        Upload upload = new(_line, _times, file, progress, _signer, version);
        return upload.Run(confirm, anyway, cancellation);
    }

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

        TestWait test = new(_line, _times, () => InputsOf(shown, cancellation), shown.Sequence, shown.Digest);
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

    /// <summary>Restarts the board and waits until it answers again.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The board's state afterwards.</returns>
    /// <exception cref="BoardLinkException">The link failed, or the board does not come back.</exception>
    public BoardReport Reset(CancellationToken cancellation = default)
    {
        try
        {
            _line.Exchange(LinkRequest.Reset, [], _times.Answer, cancellation);
        }
        catch (LinkLostException)
        {
            // It may well have restarted: the answer is in what it says next.
        }

        long start = _times.Clock.GetTimestamp();
        while (true)
        {
            try
            {
                _line.Hello(cancellation);
                BoardReport report = BoardReport.Read(_line.Exchange(LinkRequest.Info, [], _times.Answer, cancellation));
                if (report.UptimeMs <= _times.Clock.GetElapsedTime(start).TotalMilliseconds + _times.Answer.TotalMilliseconds)
                {
                    return report;
                }
            }
            catch (LinkLostException)
            {
                // Not back yet.
            }

            if (_times.Clock.GetElapsedTime(start) > _times.Restart)
            {
                throw new BoardLinkException($"The board at {Port} did not come back after the reset: switch it off and on.");
            }

            _line.Pause(_times.BusyPause, cancellation);
        }
    }

    /// <summary>Has the board run its network on given inputs; no pin moves.</summary>
    /// <param name="inputs">Raw inputs, as many as the network has.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>Raw outputs, logits when the last layer is softmax, and what the board says of them.</returns>
    /// <exception cref="BoardLinkException">The link failed, or the board refuses the inputs.</exception>
    public Answer Ask(int[] inputs, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Recovering(() => new Question(_line, _times).Ask(inputs, cancellation), cancellation);
    }

    /// <summary>Reads the file of the running model back.</summary>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="BoardLinkException">The link or the board failed.</exception>
    public byte[] ReadModel(CancellationToken cancellation = default)
    {
        for (int attempt = 0; attempt < 2; attempt++)
        {
            byte[]? file = Recovering(() => new Download(_line, _times).Run(cancellation), cancellation);
            if (file != null)
            {
                return file;
            }
        }

        throw new BoardLinkException($"The model read from the board at {Port} is not the one it announces: upload a model again.");
    }

    /// <summary>Starts live events, or stops them.</summary>
    /// <param name="every">One event for every so many inferences, 1..65535; 0 stops.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="BoardLinkException">The link or the board failed.</exception>
    public void Subscribe(int every, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(every);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(every, 0xFFFF);
        _liveEvery = every;
        Recovering(
            () =>
            {
                SendSubscription(cancellation);
                return true;
            },
            cancellation);
    }

    /// <summary>Waits for a live event, and keeps the subscription alive meanwhile, even over a restart of the board.</summary>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The event, or null when none came in time.</returns>
    /// <exception cref="BoardLinkException">The link failed.</exception>
    public LiveValues? ReadLive(TimeSpan timeout, CancellationToken cancellation = default) =>
        Listen(time => _line.ReadLive(time, cancellation), timeout, cancellation);

    /// <summary>Has the board sample ADC channels for a recording, whatever model it runs.</summary>
    /// <param name="periodMs">Milliseconds from one row to the next, 1 or more.</param>
    /// <param name="channels">The channels, 1 to 16 of those that the board allows.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="BoardLinkException">The link or the board failed, or its firmware is too old.</exception>
    public void StartCounts(int periodMs, IReadOnlyList<CountChannel> channels, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(channels);
        _counts = CountRequest.Write(periodMs, channels);
        Recovering(() => _line.Exchange(LinkRequest.Counts, _counts, _times.Answer, cancellation), cancellation);
    }

    /// <summary>Ends what <see cref="StartCounts"/> began.</summary>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="BoardLinkException">The link or the board failed.</exception>
    public void StopCounts(CancellationToken cancellation = default)
    {
        _counts = null;
        Recovering(() => _line.Exchange(LinkRequest.Counts, CountRequest.End, _times.Answer, cancellation), cancellation);
    }

    /// <summary>Waits for a row of counts, and keeps them coming meanwhile, even over a restart of the board.</summary>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The row, or null when none came in time.</returns>
    /// <exception cref="BoardLinkException">The link failed.</exception>
    public CountRow? ReadCounts(TimeSpan timeout, CancellationToken cancellation = default) =>
        TakeCounts() ?? Listen(time => _line.ReadCounts(time, cancellation), timeout, cancellation);

    /// <summary>A row of counts that has come already: after a failure of the link there may be some. Null for none.</summary>
    public CountRow? TakeCounts() => _line.TakeCounts();

    /// <summary>Closes the line.</summary>
    public void Dispose() => _line.Dispose();

    private T? Listen<T>(Func<TimeSpan, T?> next, TimeSpan timeout, CancellationToken cancellation)
        where T : class
    {
        long start = _times.Clock.GetTimestamp();
        while (true)
        {
            bool silent = _times.Clock.GetElapsedTime(_line.LastFrame) >= LiveSilence;
            if (silent || _times.Clock.GetElapsedTime(_line.LastAnswer) >= _times.LiveRenewal)
            {
                Renew(cancellation);
            }

            TimeSpan left = timeout - _times.Clock.GetElapsedTime(start);
            T? found = next(left < LiveSilence ? left : LiveSilence);
            if (found != null || left <= LiveSilence)
            {
                return found;
            }
        }
    }

    /// <summary>The inputs of the model that a report has shown; null when it cannot be read, or is another one by now.</summary>
    private ModelInput[]? InputsOf(BoardReport shown, CancellationToken cancellation)
    {
        try
        {
            ModelFile model = ModelFile.Parse(ReadModel(cancellation), "the board's model");
            return model.Model.Digest == shown.Digest ? model.Inputs : null;
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

    /// <summary>
    /// Any request renews the subscription, but on a board whose reading is closed a signed one; and a board that restarted is noticed by
    /// its answer.
    /// </summary>
    private void Renew(CancellationToken cancellation)
    {
        try
        {
            Recovering(
                () =>
                {
                    bool signs = _line.Signs(LinkRequest.Subscribe, cancellation);
                    if (_counts is not null)
                    {
                        // The same again goes on, and begins anew what has lapsed; its answer is short, which spares rows.
                        _line.Exchange(LinkRequest.Counts, _counts, _times.Answer, cancellation);
                    }

                    if (signs && _mayHaveLapsed && _liveEvery != 0)
                    {
                        SendSubscription(cancellation);
                    }
                    else if (_counts is null)
                    {
                        _ = signs
                            ? _line.ExchangeSigned(LinkRequest.Info, [], null, _signer!, _times.Answer, cancellation)
                            : _line.Exchange(LinkRequest.Info, [], _times.Answer, cancellation);
                    }

                    return true;
                },
                cancellation);
            _mayHaveLapsed = false;
        }
        catch (BoardRefusedException refused) when (refused.Status == RequestStatus.Locked && refused.Where >= 0)
        {
            // Wrong tags of somebody else: it lives, and the next renewal comes after the pause.
            _mayHaveLapsed = true;
        }
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

    private void SendSubscription(CancellationToken cancellation)
    {
        byte[] request = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(request, (ushort)_liveEvery);
        _line.Exchange(LinkRequest.Subscribe, request, _times.Answer, cancellation);
    }

    /// <summary>Runs something that may be run again, over new sessions when the old one is lost.</summary>
    private T Recovering<T>(Func<T> action, CancellationToken cancellation)
    {
        for (int session = 1; ; session++)
        {
            try
            {
                if (session > 1)
                {
                    _line.Hello(cancellation);
                    if (_liveEvery != 0)
                    {
                        SendSubscription(cancellation);
                    }

                    if (_counts is not null)
                    {
                        _line.Exchange(LinkRequest.Counts, _counts, _times.Answer, cancellation);
                    }
                }

                return action();
            }
            catch (LinkLostException) when (session < _times.Sessions)
            {
                // Once more.
            }
            catch (LinkLostException lost)
            {
                throw _line.Explain(lost, cancellation);
            }
        }
    }
}
