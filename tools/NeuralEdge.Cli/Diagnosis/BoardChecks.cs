using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Diagnosis;

/// <summary>From a board's answer to its pins: what it says of itself in INFO.</summary>
internal static class BoardChecks
{
    // Of a hundred: fewer are a busy moment, or a line beside a motor.
    private const int ManyLate = 2;
    private const int ManyErrors = 2;
    private const int FewAtAll = 5;

    // Less of the memory for models than a tenth takes hardly a network.
    private const int LeastMemory = 10;

    /// <summary>All checks of a board, in the order in which things depend on each other.</summary>
    /// <param name="report">What it says.</param>
    /// <param name="model">The model that it runs; null when that cannot be read.</param>
    /// <param name="hasKeys">Whether a key file was given.</param>
    internal static IEnumerable<Check> Of(BoardReport report, ModelFile? model, bool hasKeys) =>
        [Firmware(report), Chip(report), Keys(report, hasKeys), Model(report), ModelChecks.Wiring(report, model), Sensors(report, model), ModelChecks.Inputs(report, model), Period(report), Memory(report), Line(report), Faults(report)];

    private static Check Firmware(BoardReport report) => report.ChipName.Length > 0
        ? Check.Ok("firmware", $"{BoardPort.NameOf(report)}, firmware {report.FirmwareVersion}, link version {LinkProtocol.Version} at {SerialLine.BaudRate} baud")
        : Check.Warning("firmware", $"{report.Name}, firmware {report.FirmwareVersion}, which does not say on which chip it runs", "Deploy the firmware that belongs to this neuraledge.");

    private static Check Chip(BoardReport report) => report.Unsuitable is string why
        ? Check.Trouble("chip", $"the settings do not suit the chip, so the board drives nothing: {why}", "Change the firmware's Settings.cs, build and deploy it again.")
        : Check.Ok("chip", report.ChipName.Length > 0 ? "its settings suit it" : "unknown");

    private static Check Keys(BoardReport report, bool hasKeys) => report.SecurityMode switch
    {
        SecurityMode.Open => Check.Ok("keys", "the board is open: whoever is at the line may change it"),
        SecurityMode.Lost => Check.Trouble("keys", "the board's keys cannot be read any more, so nobody may change it", RequestStatusText.Describe(LinkRequest.Signed, RequestStatus.Locked, 0, -1)),
        SecurityMode.WithoutCode => Check.Trouble("keys", "the board is keyed, but its firmware cannot tell its owner", RequestStatusText.Describe(LinkRequest.Signed, RequestStatus.Locked, 0, RequestGuard.UntilOtherFirmware)),
        _ when !hasKeys => Check.Warning("keys", "the board is keyed, and no key file was given: it takes no model from you", $"Give its key file with --key-file K, or in {RequestStatusText.KeyVariable}."),
        _ => Check.Ok("keys", "the board is keyed, and a key file was given"),
    };

    private static Check Model(BoardReport report) => report switch
    {
        { ModelLength: 0, Unsuitable: not null } => Check.Ok("model", "none, because of the settings"),
        { ModelLength: 0 } => Check.Trouble("model", "no model can run, so the outputs are off", "Upload a model: neuraledge upload M.nedge."),
        { State: ModelState.Test } => Check.Warning(
            "model",
            $"{BoardText.Identity(report)}{(report.TestLeft is TimeSpan left ? $", for another {NumberText.Time(left)}" : "")}: the board goes back to the one before unless it is confirmed",
            "Keep it with neuraledge confirm, or take it back with neuraledge revert."),
        { State: ModelState.Factory } => Check.Ok("model", "the factory model: nobody has taught the board yet"),
        _ => Check.Ok("model", BoardText.Identity(report)),
    };

    private static Check Sensors(BoardReport report, ModelFile? model) => report.BadInput is int input
        ? Check.Trouble(
            "sensors",
            $"{SensorText.Of(report, model)}, so the outputs are off",
            report.IsInputFrozen ? $"Look at the sensor of {SensorText.Noun(model, input)} and its wire: it is frozen."
                : BoardText.IsDigital(model, input) ? $"Look at the wires of the sensor of {SensorText.Noun(model, input)}: it does not answer."
                : $"Look at the wires of the sensor of {SensorText.Noun(model, input)}: an open or a shorted one reads 0 or 4095; if the sensor may give that, widen \"plausible\" in the board file.")
        : Check.Ok("sensors", report.ModelLength == 0 || (model is not null && !ModelChecks.IsFed(model)) ? "none is read, because no input of a model has one" : "all wired inputs give plausible counts");

    private static Check Period(BoardReport report)
    {
        double work = (report.SampleMicros + (double)report.ForwardMicros + report.RulesMicros) / 1000;
        if (report.PeriodMs > 0 && work > report.PeriodMs)
        {
            return Check.Trouble("period", FormattableString.Invariant($"the work takes {work:0.#} ms, longer than the period of {report.PeriodMs} ms"), "Give the board file a longer periodMs, or train a smaller network or one of the profile fast.");
        }

        bool isLate = report.LatePeriods > FewAtAll && report.LatePeriods * 100.0 > ManyLate * ((double)report.InferenceCount + report.LatePeriods);
        return isLate
            ? Check.Warning("period", $"{report.LatePeriods} periods of {report.PeriodMs} ms were lost, beside {report.InferenceCount} inferences", "Give the board file a longer periodMs or less oversample, or train a smaller network.")
            : Check.Ok("period", FormattableString.Invariant($"{work:0.#} of {report.PeriodMs} ms are work; {report.LatePeriods} late of {report.InferenceCount}"));
    }

    private static Check Memory(BoardReport report) => report.HeapLeft is not int left || report.MaxHeapBytes is not int all ? Check.Ok("memory", "the board does not say")
        : left < all / LeastMemory
            ? Check.Warning("memory", $"{left} of {all} bytes for models are free for the next one", "Revert to or upload a smaller model before a larger one; compiled code goes with a restart (neuraledge reset).")
            : Check.Ok("memory", $"{left} of {all} bytes for models are free for the next one");

    private static Check Line(BoardReport report)
    {
        LinkCounters link = report.Link;
        ulong errors = BoardText.Errors(link);
        return link.Reopened > 0
            ? Check.Warning("line", $"the board has opened its port anew {NumberText.Count((int)Math.Min(link.Reopened, int.MaxValue), "time")} since the start, because only damage came out of it", "Look at the wires of RX and TX and at ground; if it stays, flash an image of nanoFramework of 2026-04 or newer.")
            : link.PortErrors > FewAtAll
                ? Check.Warning("line", $"the board's serial port failed {link.PortErrors} times since the start", "Look at the wires of RX and TX; if it stays, flash the newest image of nanoFramework.")
                : errors > FewAtAll && errors * 100.0 > ManyErrors * ((double)link.Frames + errors)
                    ? Check.Warning("line", $"{errors} frames were damaged or lost, beside {link.Frames} good ones", "Shorten the wires, connect ground of adapter and board, and keep them away from motors and pumps.")
                    : Check.Ok("line", $"{link.Frames} good frames, {errors} damaged or out of turn");
    }

    private static Check Faults(BoardReport report)
    {
        string text = BoardText.Faults(report);
        return report.FaultFlags == 0 ? Check.Ok("faults", text)
            : Check.Warning("faults", text, "If it is mended, neuraledge reset forgets it; if it comes back, see firmware/README.md.");
    }
}
