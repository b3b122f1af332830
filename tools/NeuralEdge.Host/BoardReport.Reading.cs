using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using NeuralEdge.Board.Chips;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Models;

namespace NeuralEdge.Host;

/// <summary>How an INFO reply is read, and what no board can say.</summary>
public sealed partial record BoardReport
{
    private BoardReport(ReadOnlySpan<byte> data)
    {
        uint Number(ReadOnlySpan<byte> all, int at) => BinaryPrimitives.ReadUInt32LittleEndian(all[at..]);
        FirmwareVersion = new Version(data[1], data[2], data[3]);
        State = (ModelState)data[4];
        Slot = data[5] == LinkProtocol.FactorySlot ? null : data[5];
        LastFault = data[6];
        Sequence = Number(data, 8);
        Digest = Number(data, 12);
        ModelLength = (int)Number(data, 16);
        InputCount = BinaryPrimitives.ReadUInt16LittleEndian(data[20..]);
        OutputCount = BinaryPrimitives.ReadUInt16LittleEndian(data[22..]);
        Limits = new ModelLimits(
            (int)Number(data, 24),
            BinaryPrimitives.ReadUInt16LittleEndian(data[28..]),
            BinaryPrimitives.ReadUInt16LittleEndian(data[30..]),
            BinaryPrimitives.ReadInt64LittleEndian(data[32..]),
            (int)Number(data, 40));
        PeriodMs = (int)Number(data, 44);
        SampleMicros = (int)Number(data, 48);
        ForwardMicros = (int)Number(data, 52);
        RulesMicros = (int)Number(data, 56);
        LinkMicros = (int)Number(data, 60);
        UptimeMs = Number(data, 64);
        InferenceCount = Number(data, 68);
        LatePeriods = Number(data, 72);
        FaultFlags = Number(data, 80);
        Link = new LinkCounters
        {
            Frames = Number(data, 84),
            CrcErrors = Number(data, 88),
            CobsErrors = Number(data, 92),
            LengthErrors = Number(data, 96),
            SilenceErrors = Number(data, 100),
            NoRequests = Number(data, 104),
            SessionErrors = Number(data, 108),
            SequenceErrors = Number(data, 112),
            Repeats = Number(data, 116),
            PortErrors = Number(data, 120),
            LiveDropped = Number(data, 124),
            Reopened = Number(data, 76) is uint times and not InfoReply.NotCounted ? times : 0,
        };
        if (data.Length >= InfoReply.SecondLength)
        {
            MaxHeapBytes = (int)Number(data, 160);
            HeapLeft = (int)Number(data, 164);
            CompiledBytes = (int)Number(data, 168);
            TurboRefusal = (int)Number(data, 172);
        }

        SaturatedCount = data.Length >= InfoReply.ThirdLength ? Number(data, 176) : 0;
        if (data.Length >= InfoReply.FourthLength)
        {
            Limits = new ModelLimits(
                Limits.MaxBytes,
                Limits.MaxLayers,
                Limits.MaxWidth,
                Limits.OutputPins,
                Limits.AdcChannels,
                Limits.MaxHeapBytes,
                BinaryPrimitives.ReadInt64LittleEndian(data[180..]));
            LimitedPins = BinaryPrimitives.ReadInt64LittleEndian(data[188..]);
            RestingPins = BinaryPrimitives.ReadInt64LittleEndian(data[196..]);
            RestCount = Number(data, 204);
            int input = BinaryPrimitives.ReadUInt16LittleEndian(data[208..]);
            BadInput = input == InfoReply.NoInput ? null : input;
            IsInputFrozen = data[210] == InfoReply.Frozen;
            PlausiblePeriods = (int)Number(data, 212);
            uint left = Number(data, 216);
            TestLeft = left == 0 ? null : TimeSpan.FromMilliseconds(left);
            EndedTests = Number(data, 220);
            SecurityMode = (SecurityMode)data[211];
            SecurityNumber = Number(data, 224);
        }

        if (data.Length >= InfoReply.FifthLength)
        {
            UploadLength = (int)Number(data, 228);
            UploadReceived = (int)Number(data, 232);
            UploadDigest = Number(data, 236);
            FaultCount = Number(data, 240);
        }

        if (data.Length >= InfoReply.SixthLength)
        {
            Looks = Number(data, 244);
            WindowUnfamiliar = data[248];
            WindowLooks = data[249];
            _familiarity = data[250];
            HourLooks = Number(data, 252);
            HourUnfamiliar = Number(data, 256);
        }

        if (data.Length >= InfoReply.SeventhLength)
        {
            ChipName = TextOf(data.Slice(260, InfoReply.MaxChip));
            Misfit = (Misfit)data[276];
            MisfitAt = data[277];
            Limits.Sensors = data[278];
        }

        if (data.Length >= InfoReply.EighthLength)
        {
            Target = TextOf(data.Slice(280, InfoReply.MaxTarget));
            int Part(ReadOnlySpan<byte> all, int at) => BinaryPrimitives.ReadUInt16LittleEndian(all[at..]);
            Version runtime = new(Part(data, 304), Part(data, 306), Part(data, 308), Part(data, 310));
            RuntimeVersion = runtime == new Version(0, 0, 0, 0) ? null : runtime;
            Starts = Number(data, 312);
            AskedStarts = Number(data, 316);
            OwnStarts = Number(data, 320);
            ErrorStart = Number(data, 324);
            Error = TextOf(data.Slice(328, InfoReply.MaxError));
            Place = TextOf(data.Slice(408, InfoReply.MaxName));
            CorrectedChannels = (int)Number(data, 440);
            FreeBytes = Number(data, 444) is uint free and > 0 ? free : null;
        }

        LatestMicros = data.Length >= InfoReply.Length ? (int)Number(data, 448) : null;

        Name = TextOf(data.Slice(128, InfoReply.MaxName));
    }

    /// <summary>Reads an INFO reply; what a newer board appends is ignored.</summary>
    /// <param name="data">The reply's data, status first.</param>
    /// <exception cref="BoardLinkException">It is shorter than version 1 has it, or says what cannot be.</exception>
    public static BoardReport Read(ReadOnlySpan<byte> data)
    {
        if (data.Length < InfoReply.FirstLength)
        {
            throw new BoardLinkException($"The board's INFO has {data.Length} bytes instead of {InfoReply.FirstLength}: flash the newest firmware.");
        }

        BoardReport report = new(data);
        return report.Impossible() is string impossible
            ? throw new BoardLinkException($"The board's INFO says {impossible}, which cannot be: update neuraledge, and if that does not help, flash the newest firmware.")
            : report;
    }

    private static string TextOf(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return Harmless.Line(Encoding.ASCII.GetString(end < 0 ? field : field[..end]));
    }

    private string? Impossible()
    {
        (string Name, int Value)[] counts =
        [
            ("bytes of its model", ModelLength),
            ("bytes as the limit of a model", Limits.MaxBytes),
            ("ms as its period", PeriodMs),
            ("us of sampling", SampleMicros),
            ("us of inference", ForwardMicros),
            ("us of rules", RulesMicros),
            ("us of the link", LinkMicros),
            ("bytes of memory", MaxHeapBytes ?? 0),
            ("bytes of compiled code", CompiledBytes),
            ("us as what its latest period was late", LatestMicros ?? 0),
            ("plausible periods", PlausiblePeriods),
            ("tests that ended", (int)EndedTests),
            ("bytes of an upload", UploadLength),
            ("received bytes of an upload", UploadReceived),
            ("as the reason why it does not compile", TurboRefusal),
        ];
        (string Name, int Value) wrong = Array.Find(counts, count => count.Value < 0);
        if (PeriodMs > ModelFormat.MaxPeriodMs)
        {
            // What waits for a number of periods would wait for ever.
            wrong = ("ms as its period", PeriodMs);
        }

        return State > ModelState.Test ? $"{(int)State} as the state of its model"
            : Slot > 1 ? $"{Slot} as the slot of its model"
            : Slot is null != (State == ModelState.Factory) ? $"{State.ToString().ToUpperInvariant()} as the state of the model in slot {Slot?.ToString(CultureInfo.InvariantCulture) ?? "255"}"
            : _familiarity > BoardInfo.Unfamiliar ? $"{_familiarity} as what it knows of its inputs"
            : WindowUnfamiliar > WindowLooks ? $"{WindowUnfamiliar} rows unlike those of the training of {WindowLooks} that it looked at"
            : HourUnfamiliar > HourLooks ? $"{HourUnfamiliar} rows unlike those of the training of {HourLooks} that it looked at in an hour"
            : UploadReceived > UploadLength && UploadLength >= 0 ? $"{UploadReceived} bytes received of an upload of {UploadLength}"
            : Starts > 0 && (ulong)AskedStarts + OwnStarts > Starts ? $"{AskedStarts} starts asked for and {OwnStarts} of its own, of {Starts}"
            : wrong.Name is not null ? $"{(uint)wrong.Value} {wrong.Name}"
            : null;
    }
}
