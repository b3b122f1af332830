using NeuralEdge.Board.Link;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;
using NeuralEdge.Studio.Boards;

namespace NeuralEdge.Studio.Wiring;

/// <summary>The way of a model file to the board, for all pages: sent, tested by the board, and kept only when the person says so.</summary>
/// <param name="board">The board.</param>
public sealed class UploadJob(BoardService board) : IDisposable
{
    private readonly object _gate = new();
    private CancellationTokenSource? _stop;
    private Outcome? _outcome;

    /// <summary>Something is new. Raised on any thread.</summary>
    public event Action? Changed;

    /// <summary>What is being done; null when nothing is.</summary>
    public string? Doing { get; private set; }

    /// <summary>Bytes that the board has, of all.</summary>
    public (int Sent, int Total) Bytes { get; private set; }

    /// <summary>Why it failed; null for nothing.</summary>
    public string? Problem { get; private set; }

    /// <summary>The file that was made last; null before.</summary>
    public ModelFile? File { get; private set; }

    /// <summary>What has come of it, in a sentence.</summary>
    /// <param name="report">What the board says now; null for no board.</param>
    /// <returns>Null before, and once the board runs something else or somebody has decided: then it is no longer true.</returns>
    public string? OutcomeOn(BoardReport? report) => _outcome is { } said && report?.State == said.State && report.Sequence == said.Sequence ? said.Sentence : null;

    /// <summary>Makes a file and sends it.</summary>
    /// <param name="make">Makes the file.</param>
    /// <param name="confirms">True: the model is kept once it has run long enough on plausible inputs; false: when the person says so.</param>
    /// <returns>Ends with the upload; never fails.</returns>
    public async Task Start(Func<CancellationToken, ModelFile> make, bool confirms)
    {
        CancellationToken cancellation;
        lock (_gate)
        {
            if (_stop is not null)
            {
                return;
            }

            _stop = new CancellationTokenSource();
            cancellation = _stop.Token;
            (Doing, Bytes, Problem, _outcome) = ("The model file is made", (0, 0), null, null);
        }

        Changed?.Invoke();
        try
        {
            ModelFile file = await Task.Run(() => make(cancellation), cancellation);
            File = file;
            _outcome = await Send(file, confirms, cancellation);
        }
        catch (OperationCanceledException)
        {
            Problem = "Stopped. What was sent stays on the board, and the same upload goes on from there.";
        }
        catch (Exception e) when (e is InputRefusedException or BoardLinkException)
        {
            Problem = e.Plain();
        }
        finally
        {
            lock (_gate)
            {
                _stop?.Dispose();
                (_stop, Doing) = (null, null);
            }

            Changed?.Invoke();
        }
    }

    /// <summary>Stops the upload that is on.</summary>
    public void Cancel()
    {
        lock (_gate)
        {
            _stop?.Cancel();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Cancel();

    private async Task<Outcome> Send(ModelFile file, bool confirms, CancellationToken cancellation)
    {
        if (board.Now.Report is { } report && report.HasConfirmed(file.Model.Digest, file.Bytes.Length))
        {
            // Sent again it would take the slot of the model before, and nothing would be left to go back to.
            return new Outcome("The board runs this model already; nothing was sent.", report.State, report.Sequence);
        }

        Progress progress = new(this);
        UploadResult result = await board.Do((link, end) => link.Upload(file.Bytes, confirm: false, progress, cancellation: end), cancellation);
        if (!confirms)
        {
            return new Outcome("The board has checked the model and runs it in test. Watch it work, then confirm it or go back.", ModelState.Test, result.Sequence);
        }

        Tell("The model runs in test, and is confirmed after ten periods on readings that its sensors can give", Bytes);
        BoardReport shown = await board.Do((link, end) => link.Info(end), cancellation);
        if (shown.State != ModelState.Test || shown.Sequence != result.Sequence)
        {
            throw new BoardLinkException("The board no longer runs this upload in test: it has restarted, or somebody else has decided. Upload it again.");
        }

        await board.ConfirmWhenReady(shown, cancellation);
        return new Outcome("The board runs the model, and it is confirmed.", ModelState.Confirmed, result.Sequence);
    }

    private void Tell(string doing, (int, int) bytes)
    {
        (Doing, Bytes) = (doing, bytes);
        Changed?.Invoke();
    }

    // A sentence, and the upload and state of which it speaks.
    private sealed record Outcome(string Sentence, ModelState State, uint Sequence);

    private sealed class Progress(UploadJob job) : IProgress<UploadProgress>
    {
        public void Report(UploadProgress value) => job.Tell(
            value.Phase switch { UploadPhase.Sending => "The model is sent", UploadPhase.Testing => "The board checks the model and runs its golden vectors", _ => "The model runs" },
            (value.Sent, value.Total));
    }
}
