using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;
using NeuralEdge.Models;
using NeuralEdge.Tests.Link;

namespace NeuralEdge.Tests.Cli;

/// <summary>
/// A board that lies in any field of any reply, or is damaged so that it seems to: every verb ends soon, with a sentence where it cannot
/// do what it was asked. NEURALEDGE_LIES=N makes the random lies N times as many.
/// </summary>
[TestClass]
[DoNotParallelize]
public sealed class LyingBoardTests
{
    private const int Header = LinkProtocol.HeaderLength;
    private const int Fuzzed = 2000;

    private static readonly byte[] Good = Examples.Convert(Examples.WorkedExample).File.Bytes;
    private static readonly byte[] Other = Examples.Convert(Examples.RandomModel(new Conversion.FloatModels.PortableRandom(5))).File.Bytes;

    private static readonly string[] Verbs =
    [
        "info", "info --json", "ask 2 3", "ask 2 3 --json", "monitor --count 2", "monitor --count 2 --json", "record --label x --count 3 --wait 0 -o r.csv",
        "verify good.nedge --input rows.csv", "upload good.nedge", "upload good.nedge --no-confirm", "confirm", "revert", "reset",
    ];

    // Fields of replies behind their status as PROTOCOL.md has them, section 4 and section 5: offset and bytes.
    private static readonly Dictionary<LinkRequest, (int At, int Bytes)[]> Fields = new()
    {
        [LinkRequest.Hello] = [(1, 1), (2, 2), (4, 2), (6, 2), (8, 4), (12, 4)],
        [LinkRequest.Info] =
        [
            (1, 1), (4, 1), (5, 1), (6, 1), (7, 1), (20, 2), (22, 2), (28, 2), (30, 2), (128, 1), (159, 1), (208, 2), (210, 1), (211, 1),
            .. new[] { 180, 184, 188, 192, 196, 200, 204, 212, 216, 220, 224, 228, 232, 236, 240, 8, 12, 16, 24, 32, 36, 40, 44, 48, 52, 56, 60, 64, 68, 72, 76, 80, 84, 88, 120, 124, 160, 164, 168, 172, 176 }.Select(at => (at, 4)),
        ],
        [LinkRequest.Begin] = [(1, 4), (5, 4)],
        [LinkRequest.Data] = [(1, 4)],
        [LinkRequest.Commit] = [(1, 1), (2, 1), (3, 4), (7, 4)],
        [LinkRequest.Confirm] = [(1, 1), (2, 1), (3, 4), (7, 4)],
        [LinkRequest.Revert] = [(1, 1), (2, 1), (3, 4), (7, 4)],
        [LinkRequest.Ask] = [(1, 2), (3, 2), (5, 4)],
        [LinkRequest.Read] = [(1, 4)],
        [LinkRequest.Counts] = [],
    };

    // Of a live event, section 4.
    private static readonly (int At, int Bytes)[] LiveFields = [(0, 4), (4, 4), (8, 4), (12, 4), (16, 2), (18, 2), (20, 4), (28, 4), (32, 1)];

    // Of a counts event, section 4.
    private static readonly (int At, int Bytes)[] CountsFields = [(0, 4), (4, 4), (8, 4), (12, 4)];

    private static readonly uint[] Extremes = [0, 1, 0xFF, 0x100, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF];

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void EveryFieldOfEveryReplyMayHaveAnyValue()
    {
        Campaign(Verbs.SelectMany(verb => Types().SelectMany(type => FieldsOf(type).SelectMany(field => Extremes
            .Select(value => field.Bytes == 4 ? value : value & (field.Bytes == 2 ? 0xFFFFu : 0xFFu)).Distinct()
            .Select(value => (verb, $"type {type:X2}, field at {field.At}, value {value:X}", Everywhere(type, frame => Set(frame, field, value))))))));
    }

    [TestMethod]
    public void EveryReplyMayHaveAnyLengthAndAnyStatus()
    {
        IEnumerable<(string, Func<byte[], byte[]>)> lies =
        [
            .. new[] { 0, 1, 2, 4, 5, 6, 8, 10, 11, 16, 20, 159, 161, 176, 179, 180, 227, 228, 243 }.Select(length => ($"cut to {length}", (Func<byte[], byte[]>)(frame => Resize(frame, Math.Min(length, frame.Length - Header))))),
            .. new[] { 1, 3, 4, 8, 300, 600 }.Select(more => ($"{more} bytes more", (Func<byte[], byte[]>)(frame => Resize(frame, frame.Length - Header + more)))),
            .. Enumerable.Range(1, 18).Append(200).Append(255).SelectMany(status => new[] { (6, 0), (6, 1), (6, 0xFF), (1, 0) }.Select(r => ($"status {status} in {r.Item1} bytes, code {r.Item2}", (Func<byte[], byte[]>)(frame => Refuse(frame, status, r.Item1, (byte)r.Item2))))),
            ("another sequence", frame => With(frame, 2, (byte)(frame[2] + 1))),
            ("another session", frame => With(frame, 4, (byte)(frame[4] + 1))),
            ("another type", frame => With(frame, 1, (byte)(frame[1] ^ 3))),
        ];
        Campaign(Verbs.SelectMany(verb => Types().SelectMany(type => lies.Select(lie => (verb, $"type {type:X2}, {lie.Item1}", Everywhere(type, lie.Item2))))));
    }

    [TestMethod]
    public void AModelThatIsReadBackMayBeAnything()
    {
        byte[] noModel = [.. "NEDG"u8, .. new byte[96]];
        LittleEndian.WriteUInt32(noModel, noModel.Length - 4, Numerics.Checksum.Crc32(noModel, 0, noModel.Length - 4));
        Campaign(Verbs.SelectMany(verb => new (string, string, Func<byte[], IEnumerable<byte[]>>)[]
        {
            (verb, "no model", Instead(noModel)),
            (verb, "a model of other counts", Instead(Other)),
            (verb, "a model that was cut", Instead(Good[..^20])),
            (verb, "a model that changes as it is read", Everywhere(ReplyTo(LinkRequest.Read), Changing())),
            (verb, "a model without an end", Endless(int.MaxValue)),
            (verb, "a model of a megabyte", Endless(1 << 20)),
            (verb, "live values of other models", Everywhere(LinkProtocol.LiveEvent, Changing())),
            (verb, "an upload that goes back and forth", Everywhere(ReplyTo(LinkRequest.Data), BackAndForth())),
            (verb, "each reply ten times and late", Late()),
            (verb, "sessions that are lost again and again", frame => frame[1] == ReplyTo(LinkRequest.Hello) ? [frame] : [Refuse(frame, (int)RequestStatus.Session, 6)]),
            (verb, "a name without an end", Everywhere(ReplyTo(LinkRequest.Info), frame => Fill(frame, 0x1B))),
            (verb, "a name of bells", Everywhere(ReplyTo(LinkRequest.Info), frame => Fill(frame, 7))),
        }));
    }

    [TestMethod]
    public void RandomLiesEndInASentenceToo()
    {
        int runs = Fuzzed * int.Parse(Environment.GetEnvironmentVariable("NEURALEDGE_LIES") ?? "1", CultureInfo.InvariantCulture);
        Campaign(Enumerable.Range(0, runs).Select(seed => (Verbs[seed % Verbs.Length], $"seed {seed}", Random(seed))));
    }

    [TestMethod]
    public void WhatWasRecordedIsKeptWhenTheBoardFails()
    {
        using Scratch scratch = Files();
        using VirtualBoard board = new();
        int events = 0;
        ToolResult result = Run(scratch, board, "record --label x --count 50 --wait 0 -o r.csv", frame =>
        {
            board.Dead = frame[1] == LinkProtocol.CountsEvent && ++events > 7;
            return [frame];
        });
        string sentence = result.MustFail(3);
        Match kept = Regex.Match(sentence, @"r\.csv has the (\d+) rows recorded before that\.$");
        Assert.IsTrue(kept.Success, sentence);
        Assert.HasCount(1 + int.Parse(kept.Groups[1].Value, CultureInfo.InvariantCulture), File.ReadAllLines(scratch.PathOf("r.csv")));
        Assert.IsGreaterThan(6, int.Parse(kept.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    [TestMethod]
    public void AnswersOfAnotherModelThanTheOneThatWasReadAreNoAnswers()
    {
        using Scratch scratch = Files();
        using VirtualBoard board = new();
        bool asked = false;
        ToolResult result = Run(scratch, board, "ask 2 3", frame =>
        {
            asked |= frame[1] == ReplyTo(LinkRequest.Ask);
            return asked && frame[1] == ReplyTo(LinkRequest.Info) ? [Set(frame, (12, 4), 77)] : [frame];
        });
        StringAssert.Contains(result.MustFail(3), "another model");
    }

    [TestMethod]
    [DataRow(4, 1, 3u, "3 as the state of its model")]
    [DataRow(5, 1, 2u, "2 as the slot of its model")]
    [DataRow(5, 1, 0u, "FACTORY as the state of the model in slot 0")]
    [DataRow(4, 1, 1u, "CONFIRMED as the state of the model in slot 255")]
    [DataRow(16, 4, 0x8000_0000u, "2147483648 bytes of its model")]
    [DataRow(24, 4, 0xFFFF_FFFFu, "4294967295 bytes as the limit of a model")]
    [DataRow(44, 4, 0xFFFF_FFFFu, "4294967295 ms as its period")]
    [DataRow(44, 4, 3_600_001u, "3600001 ms as its period")]
    [DataRow(212, 4, 0xFFFF_FFFFu, "4294967295 plausible periods")]
    [DataRow(220, 4, 0x8000_0000u, "2147483648 tests that ended")]
    [DataRow(168, 4, 0x8000_0001u, "2147483649 bytes of compiled code")]
    [DataRow(250, 1, 3u, "3 as what it knows of its inputs")]
    [DataRow(248, 1, 61u, "61 rows unlike those of the training of 0 that it looked at")]
    [DataRow(256, 4, 7u, "7 rows unlike those of the training of 0 that it looked at in an hour")]
    public void AReportOfWhatCannotBeIsNoReport(int at, int bytes, uint value, string said)
    {
        using Scratch scratch = Files();
        using VirtualBoard board = new();
        foreach (string verb in new[] { "info", "confirm", "revert", "reset", "upload good.nedge" })
        {
            StringAssert.Contains(Run(scratch, board, verb, Everywhere(ReplyTo(LinkRequest.Info), frame => Set(frame, (at, bytes), value))).MustFail(3), said);
        }
    }

    [TestMethod]
    public void FaultsThatThisToolDoesNotKnowAreShownAllTheSame()
    {
        using Scratch scratch = Files();
        using VirtualBoard board = new();
        ToolResult result = Run(scratch, board, "info", Everywhere(ReplyTo(LinkRequest.Info), frame => Set(frame, (80, 4), 1u << 11 | 1u << 2)));
        StringAssert.Contains(result.MustSucceed().Output, "fault 11");
    }

    private void Campaign(IEnumerable<(string Verb, string Lie, Func<byte[], IEnumerable<byte[]>> Tell)> lies)
    {
        using Scratch scratch = Files();
        long begin = Stopwatch.GetTimestamp();
        int[] ends = new int[4];
        List<string> wrong = [];
        (TimeSpan Time, string What) slowest = default;
        foreach ((string verb, string lie, Func<byte[], IEnumerable<byte[]>> tell) in lies)
        {
            long start = Stopwatch.GetTimestamp();
            File.Delete(scratch.PathOf("r.csv"));
            using VirtualBoard board = new();
            if (verb is "confirm" or "revert")
            {
                using BoardLink link = board.Connect();
                link.Upload(Good, confirm: false);
            }

            ToolResult result = Run(scratch, board, verb, tell);
            ends[result.ExitCode]++;
            if (Wrong(result, board) is string what)
            {
                wrong.Add($"{lie}: {what}\n{result}");
            }

            TimeSpan time = Stopwatch.GetElapsedTime(start);
            slowest = time > slowest.Time ? (time, $"{verb}: {lie}") : slowest;
        }

        TestContext.WriteLine($"{ends.Sum()} lies in {Stopwatch.GetElapsedTime(begin).TotalSeconds:F1} s: {ends[0]} did no harm, {ends[2] + ends[3]} ended with a sentence; slowest {slowest.Time.TotalMilliseconds:F0} ms, {slowest.What}");
        Assert.IsEmpty(wrong, $"{wrong.Count} wrong:\n" + string.Join("\n\n", wrong.Take(12)));
        Assert.IsGreaterThan(0, ends[3]);
    }

    /// <summary>What is wrong with an end; null for nothing.</summary>
    private static string? Wrong(ToolResult result, VirtualBoard board)
    {
        if ((result.Output + result.Error).Any(c => char.IsControl(c) && c != '\n'))
        {
            return "a control character is shown";
        }

        if (result.ExitCode == 0)
        {
            return result.Error.Length > 0 ? "success, and a sentence about a failure"
                : result.Command.StartsWith("upload", StringComparison.Ordinal) && !Runs(board, Good) ? "success, but the board does not run the model"
                : null;
        }

        string sentence = result.Error.TrimEnd('\n');
        return result.ExitCode is not 2 and not 3 ? "exit code"
            : sentence.Length < 20 || sentence.Contains('\n', StringComparison.Ordinal) || !sentence.EndsWith('.') ? "not one sentence"
            : sentence.Contains("nobody foresaw", StringComparison.Ordinal) || sentence.Contains("Exception", StringComparison.Ordinal) ? "not foreseen"
            : null;
    }

    private static bool Runs(VirtualBoard board, byte[] model)
    {
        using BoardLink link = board.Connect();
        return link.Info().Digest == LittleEndian.ReadUInt32(model, model.Length - 4);
    }

    private static ToolResult Run(Scratch scratch, VirtualBoard board, string verb, Func<byte[], IEnumerable<byte[]>> tell)
    {
        string[] arguments = [.. verb.Split(' ').Select(word => word.Contains('.', StringComparison.Ordinal) ? scratch.PathOf(word) : word), "--port", "x"];
        return VerbRun.Run(() => BoardLink.Connect(new LyingLine(board, tell), board.Times), arguments);
    }

    private static Scratch Files()
    {
        Scratch scratch = new();
        scratch.Write("good.nedge", Good);
        scratch.Write("rows.csv", "a,b\n2,3\n-1,0.5\n");
        return scratch;
    }

    private static IEnumerable<int> Types() => Fields.Keys.Select(ReplyTo).Append(LinkProtocol.LiveEvent).Append(LinkProtocol.CountsEvent);

    private static (int At, int Bytes)[] FieldsOf(int type) => type == LinkProtocol.LiveEvent ? LiveFields : type == LinkProtocol.CountsEvent ? CountsFields : Fields[(LinkRequest)(type - LinkProtocol.Reply)];

    private static int ReplyTo(LinkRequest request) => (int)request + LinkProtocol.Reply;

    private static Func<byte[], IEnumerable<byte[]>> Everywhere(int type, Func<byte[], byte[]> lie) => frame => frame[1] == type ? [lie(frame)] : [frame];

    private static Func<byte[], IEnumerable<byte[]>> Instead(byte[] model) => frame =>
    {
        if (frame[1] == ReplyTo(LinkRequest.Info))
        {
            frame = Set(Set(frame, (12, 4), LittleEndian.ReadUInt32(model, model.Length - 4)), (16, 4), (uint)model.Length);
        }
        else if (frame[1] == ReplyTo(LinkRequest.Read) && frame.Length >= Header + 5)
        {
            int at = Math.Min(LittleEndian.ReadInt32(frame, Header + 1), model.Length);
            frame = [.. frame[..(Header + 5)], .. model[at..Math.Min(at + LinkProtocol.MaxChunk, model.Length)]];
            BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(6), (ushort)(frame.Length - Header));
        }

        return [frame];
    };

    private static Func<byte[], IEnumerable<byte[]>> Endless(int length) => frame =>
    {
        if (frame[1] == ReplyTo(LinkRequest.Info))
        {
            frame = Set(Set(frame, (16, 4), (uint)length), (24, 4), int.MaxValue);
        }
        else if (frame[1] == ReplyTo(LinkRequest.Read))
        {
            frame = Resize(frame, 5 + LinkProtocol.MaxChunk);
        }

        return [frame];
    };

    private static Func<byte[], byte[]> Changing()
    {
        byte times = 0;
        return frame => With(frame, Header + 13, ++times);
    }

    private static Func<byte[], byte[]> BackAndForth()
    {
        int times = 0;
        return frame => Set(frame, (1, 4), ++times % 2 == 0 ? 0u : 256u);
    }

    private static Func<byte[], IEnumerable<byte[]>> Late()
    {
        byte[] last = [];
        return frame =>
        {
            byte[] told = last;
            last = frame;
            return told.Length == 0 ? [] : Enumerable.Repeat(told, 10);
        };
    }

    private static Func<byte[], IEnumerable<byte[]>> Random(int seed)
    {
        Random random = new(seed);
        int lies = random.Next(1, 4);
        int every = random.Next(1, 12);
        int count = 0;
        return frame =>
        {
            if (++count % every != 0)
            {
                return [frame];
            }

            byte[] lie = (byte[])frame.Clone();
            for (int l = 0; l < lies && lie.Length > Header; l++)
            {
                int at = random.Next(lie.Length > Header + 24 && random.Next(2) == 0 ? Header + 24 : lie.Length);
                lie = random.Next(8) switch
                {
                    0 => Resize(lie, random.Next(lie.Length - Header + 1)),
                    1 => Resize(lie, lie.Length - Header + random.Next(40)),
                    2 => With(lie, Math.Max(at, 1), (byte)random.Next(256)),
                    3 => With(lie, Math.Max(at, Header), (byte)(random.Next(2) * 255)),
                    4 => With(lie, Header, (byte)random.Next(20)),
                    5 => Set(lie, (Math.Max(at, Header) - Header, 4), Extremes[random.Next(Extremes.Length)]),
                    6 => With(lie, Math.Max(at, Header), (byte)(1 << random.Next(8))),
                    _ => lie,
                };
            }

            return random.Next(10) switch { 0 => [], 1 => [frame, lie], 2 => [lie, frame], 3 => [lie, lie, lie], _ => [lie] };
        };
    }

    // Past the end of a short reply there is nothing to lie about.
    private static byte[] Set(byte[] frame, (int At, int Bytes) field, uint value)
    {
        byte[] lie = (byte[])frame.Clone();
        for (int i = 0; i < field.Bytes && Header + field.At + i < lie.Length; i++)
        {
            lie[Header + field.At + i] = (byte)(value >> (8 * i));
        }

        return lie;
    }

    private static byte[] Fill(byte[] frame, byte value)
    {
        byte[] lie = (byte[])frame.Clone();
        lie.AsSpan(Math.Min(lie.Length, Header + 128)..Math.Min(lie.Length, Header + 160)).Fill(value);
        return lie;
    }

    private static byte[] With(byte[] frame, int at, byte value)
    {
        byte[] lie = (byte[])frame.Clone();
        if (at < lie.Length)
        {
            lie[at] = value;
        }

        return lie;
    }

    private static byte[] Resize(byte[] frame, int length)
    {
        byte[] lie = (byte[])frame.Clone();
        Array.Resize(ref lie, Header + length);
        BinaryPrimitives.WriteUInt16LittleEndian(lie.AsSpan(6), (ushort)length);
        return lie;
    }

    private static byte[] Refuse(byte[] frame, int status, int length, byte code = 0)
    {
        byte[] lie = Resize(frame, length);
        lie.AsSpan(Header).Fill(code);
        lie[Header] = (byte)status;
        return lie;
    }
}
