using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Features;

namespace NeuralEdge.Host;

/// <summary>The test of an upload: how long it has run on plausible inputs, what is wrong with them, and its confirmation.</summary>
/// <param name="line">The line.</param>
/// <param name="times">Waiting times.</param>
/// <param name="model">Reads the model, for the names of its sensors and how long its windows are; null when it cannot be read.</param>
/// <param name="sequence">Upload number of the model in test.</param>
/// <param name="digest">Its digest.</param>
internal sealed class TestWait(RequestLine line, LinkTimes times, Func<ModelFile?> model, uint sequence, uint digest)
{
    private static readonly int Needed = new BoardSettings().ConfirmAfterPeriods;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly long _start = times.Clock.GetTimestamp();
    private ModelFile? _model;
    private bool _isRead;
    private uint? _endedTests;
    private BoardReport? _report;
    private string? _trouble;

    /// <summary>The board no longer runs the model, because it restarted: it has to be uploaded again.</summary>
    public bool IsGone { get; private set; }

    /// <summary>What the board said last; null before it was asked.</summary>
    public BoardReport? Report => _report;

    /// <summary>How the test goes.</summary>
    public TestProgress Progress => new(_report?.PlausiblePeriods ?? 0, Needed, (Windows?.Hop ?? 1) * Period, _trouble, (Windows?.Samples ?? 0) * Period);

    private TimeSpan Period => TimeSpan.FromMilliseconds(_report?.PeriodMs ?? 0);

    private WindowShape? Windows => Model?.Model.Windows?.Shape;

    private ModelFile? Model
    {
        get
        {
            if (!_isRead)
            {
                (_model, _isRead) = (model(), true);
            }

            return _model;
        }
    }

    /// <summary>Asks the board whether the model has run long enough on plausible inputs.</summary>
    /// <param name="cancellation">Ends the attempt; the model stays in test.</param>
    /// <exception cref="BoardLinkException">It is taking too long, another program has uploaded, or the test has ended.</exception>
    public bool IsLongEnough(CancellationToken cancellation)
    {
        int before = _report?.PlausiblePeriods ?? -1;
        if (IsConfirmed(cancellation) || IsGone)
        {
            return !IsGone;
        }

        int periods = _report!.PlausiblePeriods;
        if (periods >= Needed)
        {
            return true;
        }

        _trouble = _report.BadInput is int input ? Reason(_report.IsInputFrozen ? InfoReply.Frozen : InfoReply.Implausible, input) : null;
        if (_trouble is null && periods <= before && IsConfirmedWhenAsked(cancellation))
        {
            return true;
        }

        ThrowIfTooLong();
        return false;
    }

    /// <summary>Waits before the next question.</summary>
    /// <param name="cancellation">Ends the waiting; the model stays in test.</param>
    public void Pause(CancellationToken cancellation)
    {
        TimeSpan left = (Needed - Progress.Periods) * Progress.Period;
        line.Pause(left < ShortestPause ? ShortestPause : left > LongestPause ? LongestPause : left, cancellation);
    }

    /// <summary>What to say when the waiting was ended.</summary>
    /// <param name="inner">How it was ended.</param>
    public BoardLinkException Stopped(OperationCanceledException inner) => new($"Stopped before the model was confirmed. {Stays()}", inner);

    /// <summary>Confirms the model.</summary>
    /// <param name="anyway">True whatever its inputs are.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>False when the board wants it to run on first.</returns>
    public bool Confirm(bool anyway, CancellationToken cancellation)
    {
        if (_report?.State == ModelState.Confirmed)
        {
            return true;
        }

        try
        {
            line.Exchange(LinkRequest.Confirm, DecisionData.Confirm(sequence, digest, anyway), times.FlashAnswer, cancellation);
            return true;
        }
        catch (BoardRefusedException refused) when (refused.Status == RequestStatus.NotYet)
        {
            TakeRefusal(refused, cancellation);
            return false;
        }
    }

    /// <summary>Asked, a board may want more than it says by itself: waits on, unless it is taking too long.</summary>
    /// <param name="refused">What it wants.</param>
    /// <param name="cancellation">Ends the waiting; the model stays in test.</param>
    /// <exception cref="BoardLinkException">It is taking too long.</exception>
    public void TakeRefusal(BoardRefusedException refused, CancellationToken cancellation)
    {
        _trouble = Reason(refused.Code, refused.Where);
        ThrowIfTooLong();
        Pause(cancellation);
    }

    /// <summary>Asks the board how it is, and whether the model is confirmed.</summary>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="BoardLinkException">Another program has uploaded, or the test has ended.</exception>
    public bool IsConfirmed(CancellationToken cancellation)
    {
        BoardReport report = BoardReport.Read(line.Exchange(LinkRequest.Info, [], times.Answer, cancellation));
        if (report.Sequence > sequence)
        {
            throw new BoardLinkException($"Another program has uploaded a model to the board at {line.Name}, upload {report.Sequence}: this one, upload {sequence}, is not confirmed.");
        }

        if (report.EndedTests > (_endedTests ?? report.EndedTests))
        {
            throw new BoardLinkException($"The board at {line.Name} ended the test of upload {sequence} before it was confirmed{(_trouble is null ? "" : $" ({_trouble})")}: upload the model again.");
        }

        _report = report;
        _endedTests = report.EndedTests;
        bool runs = report.Sequence == sequence && report.Digest == digest;
        if (!runs && report.UptimeMs >= times.Clock.GetElapsedTime(_start).TotalMilliseconds)
        {
            // No restart since the test began: begun again, it would undo what somebody decided.
            throw new BoardLinkException($"Somebody took upload {sequence} back while the board at {line.Name} had it in test: it is not confirmed; look with neuraledge info, and upload again if it shall run.");
        }

        IsGone = !runs;
        return runs && report.State == ModelState.Confirmed;
    }

    /// <summary>A board that does not say in INFO which input it is says so when it is asked to confirm, unless it does confirm.</summary>
    private bool IsConfirmedWhenAsked(CancellationToken cancellation)
    {
        try
        {
            line.Exchange(LinkRequest.Confirm, DecisionData.Confirm(sequence, digest, anyway: false), times.FlashAnswer, cancellation);
            return IsConfirmed(cancellation);
        }
        catch (BoardRefusedException refused) when (refused.Status == RequestStatus.NotYet)
        {
            _trouble = refused.Code == 0 ? null : Reason(refused.Code, refused.Where);
            return false;
        }
    }

    private void ThrowIfTooLong()
    {
        TimeSpan patience = Progress.Expected + TimeSpan.FromSeconds(10);
        if (times.Clock.GetElapsedTime(_start) > (patience > times.Work ? patience : times.Work))
        {
            string why = _trouble ?? RequestStatusText.Reason(0, Progress.Periods);
            throw new BoardLinkException($"The model runs in test, but is not confirmed: {why}. {Stays()}");
        }
    }

    private string Reason(int code, int where)
    {
        ModelInput[] named = code == 0 ? [] : Model?.Channels ?? [];
        return RequestStatusText.Reason(code, where, where >= 0 && where < named.Length ? named[where].Name : null);
    }

    private string Stays()
    {
        string until = _report?.TestLeft is TimeSpan left ? $"or for {NumberText.Time(left)} more, whichever ends first" : "which ends it";
        return $"It stays in test until the next start of the board, {until}: mend what keeps it from being confirmed and run neuraledge confirm, or go back with neuraledge revert; on a desk, neuraledge confirm --anyway keeps it as it is.";
    }
}
