using NeuralEdge.Board.Chips;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Models;

namespace NeuralEdge.Host;

/// <summary>What a board said about itself in an INFO reply.</summary>
public sealed partial record BoardReport
{
    private readonly byte _familiarity;

    /// <summary>Version of the firmware.</summary>
    public Version FirmwareVersion { get; }

    /// <summary>Name of the board, as it may be shown.</summary>
    public string Name { get; }

    /// <summary>Where the board is, as it may be shown; empty when nobody has said so.</summary>
    public string Place { get; } = "";

    /// <summary>Bit n set: ADC channel n has a correction that was measured over the link and is kept on the board.</summary>
    public int CorrectedChannels { get; }

    /// <summary>Bytes of the board's whole heap that were free after a collection; null from a board that does not measure it.</summary>
    public uint? FreeBytes { get; }

    /// <summary>Name and place in one, "pump house (field 3)".</summary>
    public string Called => Place.Length == 0 ? Name : $"{Name} ({Place})";

    /// <summary>What the board calls its chip, as it may be shown; empty from a board that does not say.</summary>
    public string ChipName { get; } = "";

    /// <summary>The board's chip; null when it does not say, or it is none that this tool knows.</summary>
    public Chip? Chip => ChipTable.Find(ChipName);

    /// <summary>Name of the runtime's image on the board, as it may be shown; empty from a board that does not say.</summary>
    public string Target { get; } = "";

    /// <summary>Version of that runtime, null from a board that does not say.</summary>
    public Version? RuntimeVersion { get; }

    /// <summary>What is known to be wrong with that runtime, as the rest of a sentence with what to do; null for nothing.</summary>
    public string? RuntimeFault => RuntimeFaults.Of(RuntimeVersion, Chip);

    /// <summary>How often the board has started since its flash was erased; 0 from a board that does not count.</summary>
    public uint Starts { get; }

    /// <summary>How many of these starts somebody asked for over the link.</summary>
    public uint AskedStarts { get; }

    /// <summary>How many of these starts the board made itself, after failures.</summary>
    public uint OwnStarts { get; }

    /// <summary>The first error of the board's last start that had one, as it may be shown; empty for none.</summary>
    public string Error { get; } = "";

    /// <summary>Number of the start that had it.</summary>
    public uint ErrorStart { get; }

    /// <summary>Why the board drives nothing, as the first part of a sentence; null when its settings suit its chip.</summary>
    public string? Unsuitable => Misfit == Misfit.None ? null
        : Enum.IsDefined(Misfit) ? Harmless.Line(ChipWiring.Describe(Misfit, MisfitAt, ChipName))
        : $"its settings do not suit it, reason {(int)Misfit}";

    /// <summary>What to do about that, as the rest of a sentence.</summary>
    public string Remedy => Misfit == Misfit.UnknownChip
        ? "take a board with a chip that is supported, or newer firmware"
        : "change the firmware's Settings.cs, build and deploy it again";

    /// <summary>Why the board's settings do not suit its chip.</summary>
    internal Misfit Misfit { get; }

    /// <summary>The pin, or the number of the port, that does not suit.</summary>
    internal int MisfitAt { get; }

    /// <summary>Who may do what on the board; open from a board that does not say.</summary>
    public SecurityMode SecurityMode { get; }

    /// <summary>The highest security number that was confirmed on the board while it was keyed.</summary>
    public uint SecurityNumber { get; }

    /// <summary>Which kind of model runs.</summary>
    public ModelState State { get; }

    /// <summary>Slot of the running model, null for the factory model.</summary>
    public int? Slot { get; }

    /// <summary>Upload number of the running model, 0 for the factory model.</summary>
    public uint Sequence { get; }

    /// <summary>CRC-32 of the running model's file, its last four bytes.</summary>
    public uint Digest { get; }

    /// <summary>Length of the running model's file in bytes.</summary>
    public int ModelLength { get; }

    /// <summary>Inputs of the running network.</summary>
    public int InputCount { get; }

    /// <summary>Outputs of the running network.</summary>
    public int OutputCount { get; }

    /// <summary>What the board takes.</summary>
    public ModelLimits Limits { get; }

    /// <summary>Bytes of the board's heap for models, null for a board that does not say.</summary>
    public int? MaxHeapBytes { get; }

    /// <summary>Bytes of these that the next upload may take, null for a board that does not say.</summary>
    public int? HeapLeft { get; }

    /// <summary>Why the model is not compiled: a <see cref="Turbo.TurboRefusal"/>; <see cref="BoardInfo.NoTurbo"/> for a board that does not compile, or does not say.</summary>
    public int TurboRefusal { get; } = BoardInfo.NoTurbo;

    /// <summary>Period of sample, forward, act in milliseconds.</summary>
    public int PeriodMs { get; }

    /// <summary>Time of the last sampling in microseconds.</summary>
    public int SampleMicros { get; }

    /// <summary>Time of the last forward propagation in microseconds.</summary>
    public int ForwardMicros { get; }

    /// <summary>Time of the last pass over rules and pins in microseconds.</summary>
    public int RulesMicros { get; }

    /// <summary>Time the link took in the last period in microseconds.</summary>
    public int LinkMicros { get; }

    /// <summary>Milliseconds since the board started; wraps after 49 days.</summary>
    public uint UptimeMs { get; }

    /// <summary>Inferences since the board started.</summary>
    public uint InferenceCount { get; }

    /// <summary>Inferences since the board started in which a value inside the network met its ceiling; 0 from a board that does not say.</summary>
    public uint SaturatedCount { get; }

    /// <summary>Bit n set: the board limits how long the load at GPIO n may be on, whatever a model says.</summary>
    public long LimitedPins { get; }

    /// <summary>Bit n set: the load at GPIO n is off because it has been on for the longest time.</summary>
    public long RestingPins { get; }

    /// <summary>How often a load went off since the start because it had been on for the longest time.</summary>
    public uint RestCount { get; }

    /// <summary>The first input that gave no plausible count, or a frozen one, when it was last read; null for none.</summary>
    public int? BadInput { get; }

    /// <summary>Whether <see cref="BadInput"/> is one because its count does not change.</summary>
    public bool IsInputFrozen { get; }

    /// <summary>Periods in a row that the running model has run on plausible inputs.</summary>
    public int PlausiblePeriods { get; }

    /// <summary>Time until the board ends the test of the running model; null when none is on, or it has no end.</summary>
    public TimeSpan? TestLeft { get; }

    /// <summary>Tests that ended since the start because nobody confirmed them in time.</summary>
    public uint EndedTests { get; }

    /// <summary>Length of the file that the board is receiving; 0 when no upload is under way, or the board does not say.</summary>
    public int UploadLength { get; }

    /// <summary>How many bytes of that file it has.</summary>
    public int UploadReceived { get; }

    /// <summary>CRC-32 of that file, its last four bytes.</summary>
    public uint UploadDigest { get; }

    /// <summary>Periods that began late.</summary>
    public uint LatePeriods { get; }

    /// <summary>
    /// Microseconds from its time to the begin of the latest period since the running model took over; null from a board that does not
    /// say.
    /// </summary>
    public int? LatestMicros { get; }

    /// <summary>Faults since the start, one bit for each kind.</summary>
    public uint FaultFlags { get; }

    /// <summary>Faults since the start, null for a board that does not count them.</summary>
    public uint? FaultCount { get; }

    /// <summary>
    /// Whether the inputs of late are unlike those the running model was trained on; null when the board does not look at them, or
    /// does not say.
    /// </summary>
    public bool? IsUnfamiliar => _familiarity == BoardInfo.NotLookedAt ? null : _familiarity == BoardInfo.Unfamiliar;

    /// <summary>Rows of inputs that were looked at since the running model took over.</summary>
    public uint Looks { get; }

    /// <summary>How many of the last looks decide together: up to 60.</summary>
    public int WindowLooks { get; }

    /// <summary>How many of these were at rows unlike those of the training.</summary>
    public int WindowUnfamiliar { get; }

    /// <summary>Rows that were looked at in the last hour.</summary>
    public uint HourLooks { get; }

    /// <summary>How many of these were unlike those of the training.</summary>
    public uint HourUnfamiliar { get; }

    /// <summary>Kind of the last fault, 0 = none.</summary>
    public int LastFault { get; }

    /// <summary>Bytes of code, compiled on the board, that the running model runs on; 0 when it runs on the ordinary kernels.</summary>
    public int CompiledBytes { get; }

    /// <summary>What the board's side of the link has seen.</summary>
    public LinkCounters Link { get; }

    /// <summary>Whether the board runs a model file and keeps it.</summary>
    /// <param name="digest">The file's digest.</param>
    /// <param name="length">Its length in bytes.</param>
    public bool HasConfirmed(uint digest, int length) => State == ModelState.Confirmed && Digest == digest && ModelLength == length;
}
