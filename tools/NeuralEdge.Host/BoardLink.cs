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
public sealed partial class BoardLink : IDisposable
{
    private readonly RequestLine _line;
    private readonly LinkTimes _times;
    private readonly Signer? _signer;

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

    /// <summary>Closes the line.</summary>
    public void Dispose() => _line.Dispose();

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
