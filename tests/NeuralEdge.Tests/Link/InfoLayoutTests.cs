using System.Reflection;
using NeuralEdge.Board.Link;
using NeuralEdge.Host;

namespace NeuralEdge.Tests.Link;

/// <summary>Each field of the INFO reply, alone, against the table of PROTOCOL.md written out once more.</summary>
[TestClass]
public sealed class InfoLayoutTests
{
    /// <summary>Where each number of a board's state stands, and in how many bytes.</summary>
    private static readonly Dictionary<string, (int At, int Bytes)> State = new()
    {
        [nameof(BoardInfo.VersionMajor)] = (1, 1), [nameof(BoardInfo.VersionMinor)] = (2, 1), [nameof(BoardInfo.VersionPatch)] = (3, 1),
        [nameof(BoardInfo.State)] = (4, 1), [nameof(BoardInfo.Slot)] = (5, 1), [nameof(BoardInfo.LastFault)] = (6, 1),
        [nameof(BoardInfo.Sequence)] = (8, 4), [nameof(BoardInfo.Digest)] = (12, 4), [nameof(BoardInfo.ModelLength)] = (16, 4),
        [nameof(BoardInfo.InputCount)] = (20, 2), [nameof(BoardInfo.OutputCount)] = (22, 2), [nameof(BoardInfo.MaxModelBytes)] = (24, 4),
        [nameof(BoardInfo.MaxLayers)] = (28, 2), [nameof(BoardInfo.MaxWidth)] = (30, 2), [nameof(BoardInfo.OutputPins)] = (32, 8),
        [nameof(BoardInfo.AdcChannels)] = (40, 4), [nameof(BoardInfo.PeriodMs)] = (44, 4), [nameof(BoardInfo.SampleMicros)] = (48, 4),
        [nameof(BoardInfo.ForwardMicros)] = (52, 4), [nameof(BoardInfo.RulesMicros)] = (56, 4), [nameof(BoardInfo.LinkMicros)] = (60, 4),
        [nameof(BoardInfo.UptimeMs)] = (64, 4), [nameof(BoardInfo.InferenceCount)] = (68, 4), [nameof(BoardInfo.LatePeriods)] = (72, 4),
        [nameof(BoardInfo.FaultFlags)] = (80, 4), [nameof(BoardInfo.MaxHeapBytes)] = (160, 4), [nameof(BoardInfo.HeapLeft)] = (164, 4),
        [nameof(BoardInfo.CompiledBytes)] = (168, 4), [nameof(BoardInfo.TurboRefusal)] = (172, 4), [nameof(BoardInfo.SaturatedCount)] = (176, 4),
        [nameof(BoardInfo.ActiveLowPins)] = (180, 8), [nameof(BoardInfo.LimitedPins)] = (188, 8), [nameof(BoardInfo.RestingPins)] = (196, 8),
        [nameof(BoardInfo.RestCount)] = (204, 4), [nameof(BoardInfo.BadInput)] = (208, 2), [nameof(BoardInfo.SecurityMode)] = (211, 1),
        [nameof(BoardInfo.PlausiblePeriods)] = (212, 4), [nameof(BoardInfo.TestLeftMs)] = (216, 4), [nameof(BoardInfo.EndedTests)] = (220, 4),
        [nameof(BoardInfo.SecurityNumber)] = (224, 4), [nameof(BoardInfo.UploadLength)] = (228, 4), [nameof(BoardInfo.UploadReceived)] = (232, 4),
        [nameof(BoardInfo.UploadDigest)] = (236, 4), [nameof(BoardInfo.FaultCount)] = (240, 4),
        [nameof(BoardInfo.Looks)] = (244, 4), [nameof(BoardInfo.WindowUnfamiliar)] = (248, 1), [nameof(BoardInfo.WindowLooks)] = (249, 1),
        [nameof(BoardInfo.Familiarity)] = (250, 1), [nameof(BoardInfo.HourLooks)] = (252, 4), [nameof(BoardInfo.HourUnfamiliar)] = (256, 4),
        [nameof(BoardInfo.Misfit)] = (276, 1), [nameof(BoardInfo.MisfitAt)] = (277, 1), [nameof(BoardInfo.SensorCount)] = (278, 1),
        [nameof(BoardInfo.RuntimeMajor)] = (304, 2), [nameof(BoardInfo.RuntimeMinor)] = (306, 2), [nameof(BoardInfo.RuntimeBuild)] = (308, 2), [nameof(BoardInfo.RuntimeRevision)] = (310, 2),
        [nameof(BoardInfo.Starts)] = (312, 4), [nameof(BoardInfo.AskedStarts)] = (316, 4), [nameof(BoardInfo.OwnStarts)] = (320, 4), [nameof(BoardInfo.ErrorStart)] = (324, 4), [nameof(BoardInfo.CorrectedChannels)] = (440, 4), [nameof(BoardInfo.FreeBytes)] = (444, 4), [nameof(BoardInfo.LatestMicros)] = (448, 4),
    };

    /// <summary>Where each count of the link stands.</summary>
    private static readonly Dictionary<string, (int At, int Bytes)> Counters = new()
    {
        [nameof(LinkCounters.Frames)] = (84, 4), [nameof(LinkCounters.CrcErrors)] = (88, 4), [nameof(LinkCounters.CobsErrors)] = (92, 4),
        [nameof(LinkCounters.LengthErrors)] = (96, 4), [nameof(LinkCounters.SilenceErrors)] = (100, 4), [nameof(LinkCounters.NoRequests)] = (104, 4),
        [nameof(LinkCounters.SessionErrors)] = (108, 4), [nameof(LinkCounters.SequenceErrors)] = (112, 4), [nameof(LinkCounters.Repeats)] = (116, 4),
        [nameof(LinkCounters.PortErrors)] = (120, 4), [nameof(LinkCounters.LiveDropped)] = (124, 4), [nameof(LinkCounters.Reopened)] = (76, 4),
    };

    /// <summary>What is no number of its own.</summary>
    private static readonly string[] Others = [nameof(BoardInfo.Name), nameof(BoardInfo.IsInputFrozen), nameof(BoardInfo.Chip), nameof(BoardInfo.Target), nameof(BoardInfo.Error), nameof(BoardInfo.Place)];

    [TestMethod]
    public void EveryNumberOfTheBoardAndOfTheLinkChangesItsOwnBytesAndNoOther()
    {
        AssertAlone(State, (field, value) =>
        {
            BoardInfo info = new();
            Set(info, field, value);
            return Write(info, new LinkCounters());
        });
        AssertAlone(Counters, (field, value) =>
        {
            LinkCounters counters = new();
            Set(counters, field, value);
            return Write(new BoardInfo(), counters);
        });
    }

    [TestMethod]
    public void NothingIsLeftOutOfTheTable()
    {
        CollectionAssert.AreEquivalent(NumbersOf(typeof(BoardInfo)).Except(Others).ToArray(), State.Keys);
        CollectionAssert.AreEquivalent(NumbersOf(typeof(LinkCounters)).ToArray(), Counters.Keys);
    }

    [TestMethod]
    public void ABadInputHasItsReason()
    {
        Assert.AreEqual(0, Write(new BoardInfo { IsInputFrozen = true }, new LinkCounters())[210], "no input is bad");
        Assert.AreEqual(1, Write(new BoardInfo { BadInput = 0 }, new LinkCounters())[210]);
        Assert.AreEqual(2, Write(new BoardInfo { BadInput = 0, IsInputFrozen = true }, new LinkCounters())[210]);
    }

    [TestMethod]
    public void ANameTakes32BytesAndOnlyAscii()
    {
        Assert.AreEqual("abc" + new string('\0', 29), NameOf("abc"));
        Assert.AreEqual(new string('x', 32), NameOf(new string('x', 32)));
        Assert.AreEqual(new string('x', 32), NameOf(new string('x', 33)));
        Assert.AreEqual("B?ro\x7F?" + new string('\0', 26), NameOf("Büro\x7F\x80"));

        static string NameOf(string name) => string.Concat(Write(new BoardInfo { Name = name }, new LinkCounters()).AsSpan(128, 32).ToArray().Select(letter => (char)letter));
    }

    [TestMethod]
    public void AChipTakes16Bytes()
    {
        Assert.AreEqual("esp32-s3" + new string('\0', 8), ChipOf("esp32-s3"));
        Assert.AreEqual(new string('x', 16), ChipOf(new string('x', 17)));

        static string ChipOf(string chip) => string.Concat(Write(new BoardInfo { Chip = chip }, new LinkCounters()).AsSpan(260, 16).ToArray().Select(letter => (char)letter));
    }

    [TestMethod]
    public void TheRuntimeTakes24BytesAndAnError80()
    {
        byte[] reply = Write(new BoardInfo { Target = new string('t', 25), Error = new string('e', 81), Place = new string('p', 33), Slot = LinkProtocol.FactorySlot }, new LinkCounters());
        Assert.AreEqual((new string('t', 24), new string('e', 80)), (BoardReport.Read(reply).Target, BoardReport.Read(reply).Error));
        Assert.AreEqual(new string('p', 32), BoardReport.Read(reply).Place);
        Assert.AreEqual("", BoardReport.Read(reply.AsSpan(0, InfoReply.SeventhLength)).Error, "what an older board does not say");
        Assert.IsNull(BoardReport.Read(reply).RuntimeVersion, "all four are 0");
    }

    [TestMethod]
    [DataRow(1, 15, "esp32", "1.16")]
    [DataRow(1, 16, "esp32", null)]
    [DataRow(1, 16, "esp32-s3", "1.17")]
    [DataRow(1, 17, "esp32-s3", null)]
    [DataRow(0, 0, "esp32", null)]
    public void AnImageWithKnownFaultsIsToldFromItsVersion(int major, int minor, string chip, string? since)
    {
        string? fault = BoardReport.Read(Write(new BoardInfo { Chip = chip, RuntimeMajor = major, RuntimeMinor = minor, Slot = LinkProtocol.FactorySlot }, new LinkCounters())).RuntimeFault;
        Assert.AreEqual(since is not null, fault is not null, fault);
        StringAssert.Contains(fault ?? "", since ?? "");
    }

    // A board of before: its shorter reply is read as far as it goes.
    [TestMethod]
    public void AReplyWithoutTheChipSaysNothingOfIt()
    {
        byte[] reply = Write(new BoardInfo { Chip = "esp32-s3", Misfit = 2, MisfitAt = 19, Slot = LinkProtocol.FactorySlot }, new LinkCounters());
        BoardReport now = BoardReport.Read(reply);
        Assert.AreEqual(("esp32-s3", "ESP32-S3"), (now.ChipName, now.Chip?.Title));
        StringAssert.Contains(now.Unsuitable, "GPIO 19 is the USB socket");
        BoardReport before = BoardReport.Read(reply.AsSpan(0, InfoReply.SixthLength));
        Assert.AreEqual(("", null, null), (before.ChipName, before.Chip, before.Unsuitable));
    }

    private static IEnumerable<string> NumbersOf(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Instance).Select(field => field.Name);

    private static void AssertAlone(Dictionary<string, (int At, int Bytes)> table, Func<string, long, byte[]> write)
    {
        byte[] plain = Write(new BoardInfo(), new LinkCounters());
        foreach ((string field, (int at, int bytes)) in table)
        {
            // Each byte of a field has a value of its own, below 128: no number is negative.
            long value = 0x0123_4567_0C2B_3A49 & (bytes == 8 ? long.MaxValue : (1L << (8 * bytes)) - 1);
            byte[] expected = [.. plain];
            BitConverter.GetBytes(value).AsSpan(0, bytes).CopyTo(expected.AsSpan(at));
            if (field == nameof(BoardInfo.BadInput))
            {
                expected[210] = InfoReply.Implausible;
            }

            Assert.AreEqual(Convert.ToHexString(expected), Convert.ToHexString(write(field, value)), field);
        }
    }

    private static void Set(object target, string name, long value)
    {
        FieldInfo field = target.GetType().GetField(name)!;
        field.SetValue(target, field.FieldType.IsEnum ? Enum.ToObject(field.FieldType, value) : Convert.ChangeType(value, field.FieldType));
    }

    private static byte[] Write(BoardInfo info, LinkCounters counters)
    {
        byte[] reply = new byte[1 + InfoReply.Length];
        InfoReply.Write(info, counters, reply, 1);
        return reply[1..];
    }
}
