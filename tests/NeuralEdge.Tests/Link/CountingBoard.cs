using NeuralEdge.Board;
using NeuralEdge.Board.Link;

namespace NeuralEdge.Tests.Link;

/// <summary>A board that counts what it is asked to do and answers what it is told to.</summary>
internal sealed class CountingBoard : IModelUpdates, ILiveValues, IQuestions, IInfoSource, ICounts
{
    public Dictionary<string, int> Calls { get; } = [];

    /// <summary>What the next operations answer.</summary>
    public RequestStatus Next { get; set; } = RequestStatus.Ok;

    /// <summary>What Poll answers.</summary>
    public RequestStatus Polled { get; set; } = RequestStatus.Working;

    public bool Throws { get; set; }

    /// <summary>The model that the last decision named.</summary>
    public (uint Sequence, uint Digest, bool Anyway) Named { get; private set; }

    public int UploadOffset => 256;

    public uint UploadCheck => 0x12345678;

    public int RefusalCode { get; set; }

    public int RefusalWhere { get; set; }

    public int AnswerCount => 1;

    public uint ModelDigest => 0xD1D2D3D4;

    public int InputCount => 2;

    public int OutputCount => 1;

    public uint InferenceCount { get; set; }

    public bool IsSaturated { get; set; }

    public bool IsUnfamiliar { get; set; }

    public bool IsAnswerSaturated { get; set; }

    public void Report(BoardInfo info)
    {
        info.VersionMajor = 1;
        info.VersionMinor = 2;
        info.VersionPatch = 3;
        info.Name = "bench";
        info.State = ModelState.Confirmed;
        info.Slot = 1;
        info.Sequence = 7;
        info.Digest = ModelDigest;
        info.ModelLength = 684;
        info.InputCount = 2;
        info.OutputCount = 1;
        info.MaxModelBytes = 32768;
        info.MaxLayers = 16;
        info.MaxWidth = 512;
        info.OutputPins = 0x0000_0003_0E6C_6010;
        info.AdcChannels = 0xF9;
        info.PeriodMs = 100;
        info.SampleMicros = 1000;
        info.ForwardMicros = 2000;
        info.RulesMicros = 300;
        info.LinkMicros = 400;
        info.UptimeMs = 5000;
        info.InferenceCount = 50;
        info.LatePeriods = 1;
        info.FaultFlags = 4;
        info.LastFault = 2;
        info.CompiledBytes = 6512;
        info.TurboRefusal = 12;
        info.SaturatedCount = 5;
        info.PlausiblePeriods = 9;
        info.TestLeftMs = 870_000;
        info.EndedTests = 3;
        info.UploadLength = 1924;
        info.UploadReceived = 512;
        info.UploadDigest = 0x449CFF37;
        info.FaultCount = 17;
        info.Looks = 2300;
        info.WindowLooks = 60;
        info.WindowUnfamiliar = 14;
        info.Familiarity = BoardInfo.Unfamiliar;
        info.HourLooks = 2250;
        info.HourUnfamiliar = 200;
    }

    public RequestStatus Begin(int length, uint digest) => Count(nameof(Begin));

    public RequestStatus Append(int position, byte[] data, int offset, int count) => Count(nameof(Append));

    public RequestStatus Commit() => Count(nameof(Commit));

    public RequestStatus Confirm(uint sequence, uint digest, bool anyway)
    {
        Named = (sequence, digest, anyway);
        return Count(nameof(Confirm));
    }

    public RequestStatus Revert(uint sequence, uint digest)
    {
        Named = (sequence, digest, false);
        return Count(nameof(Revert));
    }

    public RequestStatus Abort() => Count(nameof(Abort));

    public RequestStatus Set(int index, int raw) => RequestStatus.Ok;

    public void Ask() => Count(nameof(Ask));

    public RequestStatus Poll() => Throws ? throw new InvalidOperationException() : Polled;

    public void Cancel() => Count(nameof(Cancel));

    public int GetAnswer(int index) => 81146;

    public int GetInput(int index) => index == 0 ? 16384 : -16384;

    public int GetOutput(int index) => 81146;

    public int GetPin(int index) => 1;

    public int ReadModel(int position, byte[] buffer, int offset, int count)
    {
        count = Math.Min(count, 684 - position);
        for (int i = 0; i < count; i++)
        {
            buffer[offset + i] = (byte)(position + i);
        }

        return Math.Max(count, 0);
    }

    /// <summary>What the ADC gives, with three fraction bits; null: nothing.</summary>
    public Func<int, int?> Channel { get; set; } = channel => 16384 + channel;

    public bool Has(int channel) => (channel < 8 && (0xF9 >> channel & 1) != 0) || channel is >= LinkProtocol.FirstSensor and < LinkProtocol.FirstSensor + 4;

    public bool TryRead(int channel, int samplesLog2, out int count)
    {
        Count(nameof(TryRead));
        count = Channel(channel) ?? 0;
        return Channel(channel) is not null;
    }

    public void Forget() => Count(nameof(Forget));

    public int CallsOf(string name) => Calls.GetValueOrDefault(name);

    private RequestStatus Count(string name)
    {
        Calls[name] = CallsOf(name) + 1;
        return Throws ? throw new InvalidOperationException("a fault of the board") : Next;
    }
}
