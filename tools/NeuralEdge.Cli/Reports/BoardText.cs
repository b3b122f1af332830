using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;
using NeuralEdge.Models;
using NeuralEdge.Turbo;

namespace NeuralEdge.Cli.Reports;

/// <summary>A board's report for people and for programs.</summary>
internal static class BoardText
{
    /// <summary>Writes a report; the model may be missing when only the state matters.</summary>
    internal static void Write(BoardReport report, ModelFile? model, bool json)
    {
        if (json)
        {
            Show.Json(Document(report, model));
            return;
        }

        TextTable table = new("", "");
        foreach ((string name, string value) in Rows(report, model))
        {
            table.Add(name, value);
        }

        table.Write(Console.Out, "");
    }

    /// <summary>What there is to say, as names and values.</summary>
    internal static IReadOnlyList<(string Name, string Value)> Rows(BoardReport report, ModelFile? model)
    {
        List<(string Name, string Value)> rows = [];
        Add("board", $"{report.Called}, firmware {report.FirmwareVersion}, up {Uptime(report.UptimeMs)}");
        if (report.ChipName.Length > 0)
        {
            Add("chip", report.Chip is { } chip ? $"{chip.Title}, \"chip\": \"{chip.Name}\" in board files" : report.ChipName);
        }

        if (report.RuntimeVersion is not null)
        {
            Add("runtime", $"nanoFramework {report.RuntimeVersion}, {report.Target}{(report.RuntimeFault is string fault ? $"; warning: {fault}" : "")}");
        }

        if (report.Unsuitable is string why)
        {
            Add("settings", $"do not suit this board, so it drives nothing: {why}; {report.Remedy}");
        }

        Add("security", Security(report));
        Add("model", Model(report));
        if (model?.Called is string called)
        {
            Add("called", called);
        }

        if (model is not null)
        {
            Add("inputs", string.Join(", ", model.Inputs.Select(i => i.Name)));
            Add("outputs", string.Join(", ", model.Outputs.Select(o => o.Name)));
            if (RateText.Of(model) is string windows)
            {
                Add("windows", windows);
                Add("rate", RateText.Held(model) ?? "");
            }
        }

        if (model?.AcceptedError is string accepted)
        {
            Add("accepted", accepted);
        }

        Add("period", Period(report) + " (questions like this one)");
        if (RecentText.Of(model?.Model.Bindings.Decisions) is string recent)
        {
            Add("decisions", recent);
        }

        Add("forward", Forward(report));
        Add("inferences", $"{report.InferenceCount}, {report.LatePeriods} late{(report.LatestMicros is int latest ? $"; periods of this model begin up to {latest} us after their time" : "")}");
        if (report.SaturatedCount > 0 || model?.Layers.Any(layer => layer.MeetsCeiling) == true)
        {
            Add("saturated", $"{report.SaturatedCount} of these inferences; the certificate holds for the others");
        }

        Add("pins", Pins(report));
        if (report.Limits.Sensors > 0)
        {
            Add("sensors", $"{NumberText.Count(report.Limits.Sensors, "value")} beside the ADC, \"sensor\": {(report.Limits.Sensors == 1 ? "0" : $"0 to {report.Limits.Sensors - 1}")} in board files");
        }

        if (report.CorrectedChannels != 0)
        {
            Add("adc", $"{(int.PopCount(report.CorrectedChannels) == 1 ? "channel" : "channels")} {string.Join(" ", PinsOf((uint)report.CorrectedChannels))} corrected by two measured voltages (neuraledge calibrate)");
        }

        if (report.RestCount > 0)
        {
            string resting = report.RestingPins == 0 ? "none rests now" : $"now at rest: {Loads(report.RestingPins, model)}";
            Add("rests", $"{report.RestCount} since the start, after a longest time on; {resting}");
        }

        if (report.BadInput is int input)
        {
            string name = model is not null && input < model.Channels.Length ? model.Channels[input].Name : SensorText.Noun(model, input);
            Add("sensor", $"{name} {(report.IsInputFrozen ? "gives the same count again and again: it is frozen, or its wire is" : IsDigital(model, input) ? "does not answer: look at its wires" : "gives no plausible count: look at its wires, or widen \"plausible\" in the board file")}");
        }

        if (FamiliarText.Of(report) is string familiar)
        {
            Add("training", familiar);
        }

        Add("limits", $"{report.Limits.MaxBytes} bytes, {report.Limits.MaxLayers} layers, {report.Limits.MaxWidth} wide");
        if (report.HeapLeft is not null)
        {
            Add("memory", $"{report.MaxHeapBytes} bytes for models, {report.HeapLeft} of them free for the next one{(report.FreeBytes is uint free ? $"; {free} free in all" : "")}");
        }

        if (report.State == ModelState.Test)
        {
            Add("test", $"{NumberText.Count(report.PlausiblePeriods, model?.HasWindows == false ? "period" : "decision")} in a row on plausible inputs");
        }

        if (report.UploadLength > 0)
        {
            Add("upload", $"under way: {report.UploadReceived} of {report.UploadLength} bytes of {Show.Digest(report.UploadDigest)}; if nobody is sending it any more, upload it again, and it goes on from there");
        }

        if (report.EndedTests > 0)
        {
            Add("tests", Tests(report));
        }

        Add("faults", Faults(report));
        if (report.Error.Length > 0)
        {
            Add("last error", $"{report.Error} ({(report.ErrorStart == report.Starts ? "since this start" : $"start {report.ErrorStart} of {report.Starts}")})");
        }

        if (report.Starts > 0)
        {
            Add("starts", Starts(report));
        }

        Add("link", $"{report.Link.Frames} frames, {Errors(report.Link)} damaged or stray, {report.Link.Repeats} repeated{(report.Link.Reopened == 0 ? "" : $"; port opened anew {report.Link.Reopened} {(report.Link.Reopened == 1 ? "time" : "times")}, because nothing but damage came out of it, or each request only with its copy")}");
        return rows;

        void Add(string name, string value) => rows.Add((name, value));
    }

    /// <summary>The period and where its time goes, in one line.</summary>
    internal static string Period(BoardReport report) =>
        $"{report.PeriodMs} ms; the last one: sample {report.SampleMicros} us, forward {report.ForwardMicros} us, rules {report.RulesMicros} us, link {report.LinkMicros} us";

    /// <summary>Who may change the board, in one line.</summary>
    internal static string Security(BoardReport report) => report.SecurityMode switch
    {
        SecurityMode.Open => "open: anybody on the line may change the board",
        SecurityMode.Keyed => $"keyed, security number {report.SecurityNumber}; anybody may read",
        SecurityMode.ReadingClosed => $"keyed, security number {report.SecurityNumber}; reading needs the key, too",
        SecurityMode.WithoutCode => "keyed, but the firmware has no HMAC-SHA256 and cannot know the owner: flash firmware that has it",
        _ => "keyed, but the keys cannot be read any more: erase the flash over the debugger's cable",
    };

    /// <summary>The state of the model in one line.</summary>
    internal static string Model(BoardReport report) => report.State switch
    {
        _ when report.ModelLength == 0 => "none; the outputs are at their safe levels, upload a model",
        ModelState.Factory => $"the factory model ({Show.Digest(report.Digest)}, {report.ModelLength} bytes)",
        ModelState.Test => $"{Identity(report)}; confirm it, or the next start goes back{(report.TestLeft is TimeSpan left ? $", and so does the board by itself in {NumberText.Time(left)}" : "")}",
        _ => Identity(report),
    };

    /// <summary>Which model runs: what a decision names.</summary>
    internal static string Identity(BoardReport report) =>
        $"{(report.State == ModelState.Test ? "in test" : "confirmed")}, slot {SlotName(report)}, upload {report.Sequence} ({Show.Digest(report.Digest)}, {report.ModelLength} bytes)";

    private static string Tests(BoardReport report) =>
        $"{NumberText.Count((int)report.EndedTests, "test")} ended because nobody confirmed the model in time";

    /// <summary>What the running model runs on.</summary>
    internal static string Forward(BoardReport report) =>
        report.CompiledBytes > 0 ? $"compiled on the board (turbo), {report.CompiledBytes} bytes"
            : report.TurboRefusal == BoardInfo.NoTurbo ? "ordinary kernels"
            : $"ordinary kernels; turbo: {Reason((TurboRefusal)report.TurboRefusal)}";

    private static string Reason(TurboRefusal refusal) => refusal switch
    {
        TurboRefusal.None => "the model is being compiled",
        TurboRefusal.NotFast => "the model is not of the profile fast",
        TurboRefusal.Locals => "the model is too wide for a method's local variables",
        TurboRefusal.Size => "the model's code would not fit an assembly",
        TurboRefusal.Budget => "the model's code does not fit into what TurboBytes leaves; a restart forgets other shapes, or raise TurboBytes",
        TurboRefusal.Images => "as many shapes as can be were compiled since the start; a restart forgets them",
        TurboRefusal.OutOfMemory => "the board's memory did not suffice",
        TurboRefusal.Starts => "the board's last starts ended while code was new, so it keeps to the ordinary kernels until the next upload",
        _ => $"the compiled code was given up ({refusal}); the ordinary kernels compute the same",
    };

    /// <summary>Where the time of the last period went, as a part of a JSON document.</summary>
    internal static object Micros(BoardReport report) =>
        new { sample = report.SampleMicros, forward = report.ForwardMicros, rules = report.RulesMicros, link = report.LinkMicros };

    /// <summary>A report as a JSON document.</summary>
    /// <param name="report">The report.</param>
    /// <param name="model">The model that runs, null when only the state matters.</param>
    /// <param name="decided">After a decision: the report that showed the model it was about.</param>
    internal static object Document(BoardReport report, ModelFile? model, BoardReport? decided = null) => new
    {
        decided = decided is null ? null : new { state = decided.State, sequence = decided.Sequence, digest = Show.Digest(decided.Digest) },
        board = report.Name,
        place = report.Place.Length == 0 ? null : report.Place,
        firmware = report.FirmwareVersion.ToString(),
        chip = report.ChipName.Length == 0 ? null : report.ChipName,
        runtime = report.RuntimeVersion is null ? null : new { version = report.RuntimeVersion.ToString(), target = report.Target, fault = report.RuntimeFault },
        unsuitable = report.Unsuitable,
        uptimeMs = report.UptimeMs,
        security = new { mode = report.SecurityMode, number = report.SecurityNumber },
        model = new
        {
            name = model?.Name,
            version = model?.Version,
            state = report.State,
            slot = report.Slot is null ? null : SlotName(report),
            sequence = report.Sequence,
            digest = Show.Digest(report.Digest),
            bytes = report.ModelLength,
            inputs = model?.Inputs.Select(i => i.Name),
            outputs = model?.Outputs.Select(o => o.Name),
        },
        plausiblePeriods = report.PlausiblePeriods,
        testLeftMs = report.TestLeft?.TotalMilliseconds,
        endedTests = report.EndedTests,
        upload = report.UploadLength == 0 ? null : new { digest = Show.Digest(report.UploadDigest), bytes = report.UploadLength, received = report.UploadReceived },
        periodMs = report.PeriodMs,
        micros = Micros(report),
        compiledBytes = report.CompiledBytes,
        turbo = report.TurboRefusal == BoardInfo.NoTurbo ? null : ((TurboRefusal)report.TurboRefusal).ToString(),
        inferences = report.InferenceCount,
        saturated = report.SaturatedCount,
        latePeriods = report.LatePeriods,
        latestMicros = report.LatestMicros,
        limits = new { bytes = report.Limits.MaxBytes, layers = report.Limits.MaxLayers, width = report.Limits.MaxWidth, heapBytes = report.MaxHeapBytes, heapLeft = report.HeapLeft, freeBytes = report.FreeBytes },
        correctedChannels = PinsOf((uint)report.CorrectedChannels),
        outputPins = PinsOf(report.Limits.OutputPins),
        activeLowPins = report.Limits.KnowsPolarity ? PinsOf(report.Limits.ActiveLowPins) : null,
        limitedPins = PinsOf(report.LimitedPins),
        restingPins = PinsOf(report.RestingPins),
        rests = report.RestCount,
        badInput = report.BadInput,
        badInputIsFrozen = report.IsInputFrozen,
        familiar = FamiliarText.Document(report),
        faults = FaultNames(report),
        faultCount = report.FaultCount,
        lastFault = report.LastFault == 0 ? null : NameOf(report.LastFault),
        lastError = report.Error.Length == 0 ? null : new { what = report.Error, start = report.ErrorStart },
        starts = report.Starts == 0 ? null : new { all = report.Starts, asked = report.AskedStarts, own = report.OwnStarts },
        link = new { frames = report.Link.Frames, errors = Errors(report.Link), repeats = report.Link.Repeats, reopened = report.Link.Reopened, liveDropped = report.Link.LiveDropped },
    };

    private static string Pins(BoardReport report) =>
        $"{Gpios(report.Limits.OutputPins)} may be driven{(!report.Limits.KnowsPolarity ? "" : report.Limits.ActiveLowPins == 0 ? ", all active high" : $", {Gpios(report.Limits.ActiveLowPins)} active low")}"
        + (report.LimitedPins == 0 ? "" : $"; the board limits how long {Gpios(report.LimitedPins)} may be on");

    /// <summary>The loads of pins, by name where the model that runs has one.</summary>
    private static string Loads(long mask, ModelFile? model) => string.Join(", ", PinsOf(mask).Select(pin =>
    {
        int output = model is null ? -1 : Array.FindIndex(model.Model.Bindings.Outputs, o => o.Rule != OutputBinding.RuleNone && o.Pin == pin);
        return output < 0 ? $"GPIO {pin}" : $"{model!.Outputs[output].Name} (GPIO {pin}), {(model.Model.Bindings.Safeguards.GetRestMs(output) is > 0 and int ms ? $"for {ms} ms at least" : "until its output has asked for off")}";
    }));

    private static string Gpios(long mask) => mask == 0 ? "no pin" : "GPIO " + string.Join(" ", PinsOf(mask));

    private static int[] PinsOf(long mask) => [.. Enumerable.Range(0, 64).Where(pin => (mask & (1L << pin)) != 0)];

    private static string SlotName(BoardReport report) => report.Slot == 0 ? "A" : "B";

    /// <summary>Time since the start, in one word.</summary>
    internal static string Uptime(uint milliseconds) => TimeSpan.FromSeconds(milliseconds / 1000).ToString("c", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What went wrong since the start: "3 since the start: a frozen sensor, the link failed; the last one: the link failed".</summary>
    internal static string Faults(BoardReport report)
    {
        string[] kinds = [.. FaultKinds(report).Select(Words)];
        if (kinds.Length == 0)
        {
            return "none since the start";
        }

        string count = report.FaultCount is uint many ? $"{many} since the start" : "some since the start";
        string last = kinds.Length == 1 || report.LastFault == 0 ? "" : $"; the last one: {Words(report.LastFault)}";
        return $"{count}: {string.Join(", ", kinds)}{last}";
    }

    // Power, the button, a supervisor's reset: the platform does not tell them apart.
    private static string Starts(BoardReport report)
    {
        uint others = report.Starts - report.AskedStarts - report.OwnStarts;
        string own = report.OwnStarts == 0 ? "" : $", {report.OwnStarts} by itself after failures";
        return $"{report.Starts} since the flash was erased, {report.AskedStarts} asked for{own}{(others <= 1 ? "" : $"; the other {others} by power or button, or because the program hung: if nobody did that, look at the supply")}";
    }

    private static string Words(int kind) => (FaultCode)kind switch
    {
        FaultCode.Sensor => "a sensor without a plausible count",
        FaultCode.Adc => "the ADC could not be read",
        FaultCode.Inference => "the inference or an output's rule failed",
        FaultCode.Link => "the link failed",
        FaultCode.Model => "a stored model could not be used",
        FaultCode.Saturation => "a value inside the network met its ceiling",
        FaultCode.Frozen => "a frozen sensor",
        FaultCode.Unfamiliar => "inputs unlike those it was trained on",
        FaultCode.Late => "so many samples came late that no window was whole",
        _ => $"fault {kind}",
    };

    private static string[] FaultNames(BoardReport report) =>
        [.. FaultKinds(report).Select(NameOf)];

    /// <summary>Whether an input is of a digital sensor, which is not implausible but silent.</summary>
    internal static bool IsDigital(ModelFile? model, int input) =>
        model is not null && input < model.Channels.Length && model.Model.Bindings.Inputs[input].Source == InputBinding.SourceSensor;

    private static string NameOf(int kind) => Enum.IsDefined((FaultCode)kind) ? ((FaultCode)kind).ToString() : $"fault {kind}";

    private static IEnumerable<int> FaultKinds(BoardReport report) => Enumerable.Range(1, 31).Where(kind => (report.FaultFlags & (1u << kind)) != 0);

    internal static ulong Errors(LinkCounters link) =>
        (ulong)link.CrcErrors + link.CobsErrors + link.LengthErrors + link.SilenceErrors + link.NoRequests + link.SessionErrors + link.SequenceErrors + link.PortErrors;
}
