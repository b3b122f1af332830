using System.Text.RegularExpressions;
using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Host;
using NeuralEdge.Turbo;

namespace NeuralEdge.Tests.Link;

/// <summary>PROTOCOL.md says what the code does: its example frames, its numbers, its times.</summary>
[TestClass]
public sealed class ProtocolDocumentTests
{
    private static readonly string Text = ProtocolText.Whole;

    [TestMethod]
    public void TheExampleFramesAreThoseOfTheCode()
    {
        ServerBench bench = new();
        Dictionary<string, byte[]> examples = Regex.Matches(Text, @"^\| (?<name>[^|]+?) \| `(?<hex>00 [0-9A-F ]+ 00)` \|", RegexOptions.Multiline)
            .ToDictionary(m => m.Groups["name"].Value, m => Convert.FromHexString(m.Groups["hex"].Value.Replace(" ", "")));
        (string Request, string Reply)[] story =
        [
            ("HELLO", "HELLO reply"),
            ("BEGIN", "BEGIN reply"),
            ("DATA", "DATA reply"),
            ("CONFIRM", "CONFIRM reply"),
            ("ASK", "ASK reply"),
            ("READ", "READ reply"),
            ("unknown request", "refusal"),
            ("SUBSCRIBE", "SUBSCRIBE reply"),
        ];
        Assert.HasCount((story.Length * 2) + 4, examples);
        foreach ((string request, string reply) in story)
        {
            bench.Send(examples[request]);
            Assert.AreEqual(Convert.ToHexString(bench.Wire), Convert.ToHexString(examples[reply]), reply);
        }

        bench.Board.InferenceCount = 5;
        bench.Run(10, stepMs: 0);
        Assert.AreEqual(Convert.ToHexString(bench.Wire), Convert.ToHexString(examples["live event"]), "live event");

        bench.Send(examples["COUNTS"]);
        Assert.AreEqual(Convert.ToHexString(bench.Wire), Convert.ToHexString([.. examples["COUNTS reply"], .. examples["counts event"]]), "COUNTS");
    }

    [TestMethod]
    public void TheLongestFrameFillsItsBufferToTheLastByte()
    {
        // Only the low byte of its length is a zero: random data until the checksum has none, either.
        FrameWriter writer = new();
        Random random = new(1);
        int longest = 0;
        for (int i = 0; i < 100; i++)
        {
            for (int at = 0; at < LinkProtocol.MaxData; at++)
            {
                writer.Frame[LinkProtocol.HeaderLength + at] = (byte)random.Next(1, 256);
            }

            longest = Math.Max(longest, writer.Finish(1, 0x0101, 0x0101, LinkProtocol.MaxData, new byte[2 * LinkProtocol.MaxWire]));
        }

        // By reflection: the constant of the board as it is built, not the one that these tests were compiled with.
        Assert.AreEqual(longest, typeof(LinkProtocol).GetField(nameof(LinkProtocol.MaxWire))!.GetRawConstantValue());
    }

    [TestMethod]
    public void TheFlagsOfALiveEventAreThoseOfTheDocument()
    {
        StringAssert.Contains(Text, "flags: bit 0 a value inside the network met its ceiling, bit 1 the inputs of late are unlike those of the training");
        for (int flags = 0; flags < 4; flags++)
        {
            CountingBoard board = new() { IsSaturated = (flags & 1) != 0, IsUnfamiliar = (flags & 2) != 0 };
            byte[] data = new byte[LinkProtocol.MaxFrame];
            int length = new LiveEvents(board, new LinkCounters()).Write(data, 0);
            LiveValues live = LiveValues.Read(data.AsSpan(LinkProtocol.HeaderLength, length))!;
            Assert.AreEqual(flags, data[LinkProtocol.HeaderLength + length - 1]);
            Assert.AreEqual((board.IsSaturated, board.IsUnfamiliar), (live.Saturated, live.Unfamiliar));
            LiveValues older = LiveValues.Read(data.AsSpan(LinkProtocol.HeaderLength, length - 1))!;
            Assert.AreEqual((false, false), (older.Saturated, older.Unfamiliar), "a board that sends no flags");
        }
    }

    [TestMethod]
    public void EveryRequestAndStatusIsInItsTable()
    {
        foreach (LinkRequest request in Enum.GetValues<LinkRequest>())
        {
            StringAssert.Contains(Text, $"| 0x{(int)request:X2} {request.ToString().ToUpperInvariant()} |");
        }

        foreach (RequestStatus status in Enum.GetValues<RequestStatus>())
        {
            StringAssert.Contains(Text, $"| {(int)status} {status} |");
        }
    }

    [TestMethod]
    public void TheTimesOfTheHostAreThoseOfTheDocument()
    {
        LinkTimes times = new();
        StringAssert.Contains(Text, $"| answer to HELLO | {times.HelloAnswer.TotalMilliseconds} ms | {times.HelloTries} |");
        StringAssert.Contains(Text, $"| answer to BEGIN, COMMIT, CONFIRM, REVERT, ABORT, NAME, CORRECT | {times.FlashAnswer.TotalMilliseconds} ms | {times.Tries} |");
        StringAssert.Contains(Text, $"| answer to any other request | {times.Answer.TotalMilliseconds} ms | {times.Tries} |");
        StringAssert.Contains(Text, $"{LinkProtocol.SilenceMs} ms of silence");
        StringAssert.Contains(Text, $"{LinkProtocol.LiveLapseMs / 1000} s");
        StringAssert.Contains(Text, $"at most {LinkProtocol.MaxData} bytes of data");
        StringAssert.Contains(Text, $"first {LinkProtocol.MaxLiveInputs} inputs");
        StringAssert.Contains(Text, $"first {LinkProtocol.MaxLiveOutputs} outputs");
        StringAssert.Contains(Text, $"{LinkProtocol.MaxWire} bytes on the wire");
        StringAssert.Contains(Text, $"1 to {LinkProtocol.MaxCounts} of them");
        StringAssert.Contains(Text, $"s is 0 to {LinkProtocol.MaxCountsSamplesLog2}.");
        StringAssert.Contains(Text, $"f = min(s, {LinkProtocol.MaxCountFractionBits}) fraction bits");
    }

    [TestMethod]
    public void TheCheckValueOfTheDocumentIsThatOfTheHost()
    {
        Match match = Regex.Match(Text, @"684 bytes of which\s+byte i is 7 i modulo 256: first 256 bytes `0x(?<a>[0-9A-F]{8})`, all `0x(?<b>[0-9A-F]{8})`");
        Assert.IsTrue(match.Success);
        byte[] file = [.. Enumerable.Range(0, 684).Select(i => (byte)(7 * i))];
        Assert.AreEqual(match.Groups["a"].Value, $"{Upload.PrefixCheck(file, 256):X8}");
        Assert.AreEqual(match.Groups["b"].Value, $"{Upload.PrefixCheck(file, 684):X8}");
    }

    [TestMethod]
    public void TheInfoReplyHasEveryFieldWhereTheDocumentSays()
    {
        ServerBench bench = new();
        bench.Hello();
        byte[] reply = bench.Ask(LinkRequest.Info, 101);
        Assert.HasCount(InfoReply.Length, reply);
        BoardReport report = BoardReport.Read(reply);
        (int At, long Value)[] fields =
        [
            (8, report.Sequence), (12, report.Digest), (16, report.ModelLength), (24, report.Limits.MaxBytes), (40, report.Limits.AdcChannels),
            (44, report.PeriodMs), (48, report.SampleMicros), (52, report.ForwardMicros), (56, report.RulesMicros), (60, report.LinkMicros),
            (64, report.UptimeMs), (68, report.InferenceCount), (72, report.LatePeriods), (80, report.FaultFlags), (84, report.Link.Frames),
            (168, report.CompiledBytes), (172, report.TurboRefusal), (176, report.SaturatedCount),
            (212, report.PlausiblePeriods), (216, (long)report.TestLeft!.Value.TotalMilliseconds), (220, report.EndedTests), (228, report.UploadLength), (232, report.UploadReceived), (236, report.UploadDigest), (240, report.FaultCount!.Value),
            (244, report.Looks), (252, report.HourLooks), (256, report.HourUnfamiliar),
        ];
        foreach ((int at, long value) in fields)
        {
            Assert.AreEqual(value, BitConverter.ToUInt32(reply, at), $"offset {at}");
            StringAssert.Contains(Text, $"| {at} | u32 |");
        }

        Assert.AreEqual(9, report.PlausiblePeriods);
        Assert.AreEqual(3u, report.EndedTests);
        Assert.AreEqual((1924, 512, 0x449CFF37u, 17u), (report.UploadLength, report.UploadReceived, report.UploadDigest, report.FaultCount));
        Assert.AreEqual((true, 2300u, 60, 14, 2250u, 200u), (report.IsUnfamiliar, report.Looks, report.WindowLooks, report.WindowUnfamiliar, report.HourLooks, report.HourUnfamiliar));
        BoardReport fifth = BoardReport.Read(reply.AsSpan(0, InfoReply.FifthLength));
        Assert.AreEqual((null, 0u, 17u), (fifth.IsUnfamiliar, fifth.Looks, fifth.FaultCount), "what an older board says and what not");
        BoardReport fourth = BoardReport.Read(reply.AsSpan(0, InfoReply.FourthLength));
        Assert.AreEqual((0, null, 3u), (fourth.UploadLength, fourth.FaultCount, fourth.EndedTests), "what an older board says and what not");
        Assert.IsNull(BoardReport.Read(reply.AsSpan(0, InfoReply.ThirdLength)).TestLeft, "what an older board does not say");
        Assert.AreEqual(6512, report.CompiledBytes);
        StringAssert.Contains(Text, $"{InfoReply.Length} bytes; the first version has {InfoReply.FirstLength} of them.");
        Assert.AreEqual(0, BoardReport.Read(reply.AsSpan(0, InfoReply.FirstLength)).CompiledBytes, "what an older board does not say");
        Assert.AreEqual(12, report.TurboRefusal);
        Assert.AreEqual(12, BoardReport.Read(reply.AsSpan(0, InfoReply.SecondLength)).TurboRefusal);
        Assert.AreEqual(5u, report.SaturatedCount);
        Assert.AreEqual(0u, BoardReport.Read(reply.AsSpan(0, InfoReply.SecondLength)).SaturatedCount);
        Assert.AreEqual(BoardInfo.NoTurbo, BoardReport.Read(reply.AsSpan(0, InfoReply.FirstLength)).TurboRefusal);
        StringAssert.Contains(
            Text,
            $"{(int)TurboRefusal.None} = it is or is being compiled, {(int)TurboRefusal.NotFast} = not of the profile fast, {(int)TurboRefusal.Locals} = too wide, {(int)TurboRefusal.Size} = too large for an assembly, "
            + $"{(int)TurboRefusal.Budget} = no memory left for compiled code, {(int)TurboRefusal.Images} = as many shapes as can be since the start, {(int)TurboRefusal.OutOfMemory} = out of memory, "
            + $"{(int)TurboRefusal.Emission} to {(int)TurboRefusal.Failure} = emission, loading, reading back, trial or run of the code failed, {(int)TurboRefusal.Starts} = the last starts ended");
        Assert.HasCount((int)TurboRefusal.Starts + 1, Enum.GetValues<TurboRefusal>());
        Assert.AreEqual(7u, report.Sequence);
        Assert.AreEqual("bench", report.Name);
        Assert.AreEqual(new Version(1, 2, 3), report.FirmwareVersion);
        Assert.AreEqual(1, report.Slot);
        Assert.AreEqual(ModelState.Confirmed, report.State);
        Assert.AreEqual(0x0000_0003_0E6C_6010, report.Limits.OutputPins);
        Assert.AreEqual(16, report.Limits.MaxLayers);
        Assert.AreEqual(512, report.Limits.MaxWidth);
        Assert.AreEqual(0u, report.Link.Reopened);
        BitConverter.TryWriteBytes(reply.AsSpan(76), 5u);
        Assert.AreEqual(5u, BoardReport.Read(reply).Link.Reopened);
        BitConverter.TryWriteBytes(reply.AsSpan(76), InfoReply.NotCounted);
        Assert.AreEqual(0u, BoardReport.Read(reply).Link.Reopened, "as on the first boards");
        StringAssert.Contains(Text, "FFFFFFFF: not counted");
        Assert.AreEqual(2, report.LastFault);
        Assert.AreEqual(2, report.InputCount);
        Assert.AreEqual(1, report.OutputCount);
        Assert.AreEqual(2u, report.Link.Frames);
    }
}
