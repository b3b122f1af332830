using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Host;
using NeuralEdge.Models;
using NeuralEdge.Tests.Control;

namespace NeuralEdge.Tests.Link;

/// <summary>COUNTS and its events, as PROTOCOL.md has them.</summary>
[TestClass]
public sealed class CountsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly CountChannel[] TwoChannels = [new(0, 4), new(3, 0)];

    [TestMethod]
    public void RowsHaveTheirNumbersAndTimesAndThoseThereWasNoTimeForTheirsToo()
    {
        ServerBench bench = new();
        bench.Hello();
        Row first = Start(bench, 101, 100);
        Assert.AreEqual(0u, first.Number);
        Row second = Next(bench);
        Assert.AreEqual((1u, first.Ms + 100), (second.Number, second.Ms));
        CollectionAssert.AreEqual(new[] { 16384, 16387 }, second.Counts);

        // Periods in which the board does something else.
        bench.Wait(350);
        Row late = Next(bench);
        Assert.AreEqual(4u, late.Number);
        Assert.AreEqual(2u, bench.Server.Counters.LiveDropped);
        Assert.AreEqual(5u, Next(bench).Number, "the grid stays");
        ProtocolText.Says("rows that the board or the line had no time for are left out, and have had their numbers");
    }

    /// <summary>INFO takes the line for 30 ms at 115200 baud, which is three rows at 100 Hz.</summary>
    [TestMethod]
    public void RowsWaitWhileALongerFrameIsOnTheLine()
    {
        ServerBench bench = new();
        bench.Hello();
        bench.Ask(LinkRequest.Counts, 101, Request(10));
        uint last = Read(bench.Run(20)).Number;
        bench.Line.Room = 0;
        bench.Run(75);
        bench.Line.Room = int.MaxValue;
        bench.Run(20);
        uint[] numbers = [.. Rows(bench.Wire).Select(row => row.Number)];
        CollectionAssert.AreEqual(Enumerable.Range((int)last + 1, numbers.Length).Select(n => (uint)n).ToArray(), numbers);
        Assert.IsGreaterThanOrEqualTo(8, numbers.Length);
        Assert.AreEqual(0u, bench.Server.Counters.LiveDropped);

        // Longer than they can wait: what is left out is counted.
        bench.Line.Room = 0;
        bench.Run(300);
        bench.Line.Room = int.MaxValue;
        bench.Run(40);
        Row[] after = Rows(bench.Wire);
        Assert.AreEqual(numbers[^1] + 1, after[0].Number);
        Assert.AreEqual(bench.Server.Counters.LiveDropped, after[^1].Number - numbers[^1] - (uint)after.Length);
        Assert.IsGreaterThan(15u, bench.Server.Counters.LiveDropped);
        ProtocolText.Says("At most eight rows wait for the line");
    }

    [TestMethod]
    public void DataThatCannotBeIsABadRequest()
    {
        ServerBench bench = new();
        bench.Hello();
        int sequence = 101;
        foreach (byte[] data in new byte[][]
        {
            [], [1], [1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0], [1, 0, 0, 0, 1, 0], [1, 0, 0, 0, 8, 0], [1, 0, 0, 0, 255, 0], [1, 0, 0, 0, 0, 9],
            [1, 0, 0, 128, 0, 0], [1, 0, 0, 0, .. Enumerable.Range(0, 17).SelectMany(_ => new byte[] { 0, 0 })],
        })
        {
            Assert.AreEqual((byte)RequestStatus.BadRequest, bench.Ask(LinkRequest.Counts, sequence++, data)[0], Convert.ToHexString(data));
        }

        Assert.AreEqual(0, bench.Board.CallsOf(nameof(ICounts.TryRead)));
        Assert.IsEmpty(bench.Run(200));
        bench.Send(ServerBench.Frame((int)LinkRequest.Counts, sequence, bench.Session, [255, 255, 255, 127, .. Enumerable.Range(0, 16).SelectMany(_ => new byte[] { 0, 8 })]));
        Assert.AreEqual(LinkProtocol.CountsEvent, bench.Type, "sixteen at the longest period are none too many");
    }

    [TestMethod]
    public void TheSameAgainGoesOnAndAnythingElseBeginsAnew()
    {
        ServerBench bench = new();
        bench.Hello();
        Start(bench, 101, 100);
        Next(bench);
        byte[] again = bench.Ask(LinkRequest.Counts, 102, Request(100));
        Row row = bench.Type == LinkProtocol.CountsEvent ? Read(again) : Next(bench);
        Assert.AreEqual(2u, row.Number);
        Assert.AreEqual(0u, Start(bench, 103, 160).Number);
        Assert.AreEqual(0, bench.Ask(LinkRequest.Counts, 104, new byte[4])[0]);
        Assert.IsEmpty(bench.Run(200));
        ProtocolText.Says("The same data again, in the same session, goes on with the same grid and numbers");
    }

    [TestMethod]
    public void HelloAndHalfAMinuteWithoutARequestEndIt()
    {
        ServerBench bench = new();
        bench.Hello();
        Start(bench, 101, 1000);
        bench.Wait(LinkProtocol.LiveLapseMs - 1500);
        Assert.IsNotEmpty(bench.Run(1000));
        bench.Wait(1000);
        Assert.IsEmpty(bench.Run(3000));
        Assert.AreEqual(0u, Start(bench, 102, 1000).Number, "it begins anew");
        bench.Hello(200, 99);
        Assert.IsEmpty(bench.Run(3000));
    }

    [TestMethod]
    public void ARowInWhichTheAdcFailsIsLeftOut()
    {
        ServerBench bench = new();
        bench.Hello();
        bench.Board.Channel = channel => channel == 3 ? null : 1;
        bench.Ask(LinkRequest.Counts, 101, Request(50));
        Assert.AreEqual(LinkProtocol.Reply | (int)LinkRequest.Counts, bench.Type);
        Assert.IsEmpty(bench.Run(100));
        bench.Board.Channel = channel => channel == 3 ? throw new InvalidOperationException() : 1;
        Assert.IsEmpty(bench.Run(100));
        bench.Board.Channel = _ => 7;
        Assert.AreEqual(bench.Server.Counters.LiveDropped, Next(bench).Number);
    }

    [TestMethod]
    public void AStepReadsOneChannelAndNothingIsAllocated()
    {
        ServerBench bench = new();
        bench.Hello();
        Start(bench, 101, 1);
        long now = 10_000;
        int most = 0;
        Allocations.AssertNone(_ =>
        {
            for (int i = 0; i < 40; i++)
            {
                int before = bench.Board.CallsOf(nameof(ICounts.TryRead));
                bench.Line.Written.Clear();
                bench.Server.Step(now++);
                most = Math.Max(most, bench.Board.CallsOf(nameof(ICounts.TryRead)) - before);
            }
        });
        Assert.AreEqual(1, most);
    }

    /// <summary>Else a period of the model comes between, and the row has values of two rows of the sensor.</summary>
    [TestMethod]
    public void SensorsThatFollowEachOtherAreReadInOneStep()
    {
        ServerBench bench = new();
        bench.Hello();
        bench.Ask(LinkRequest.Counts, 101, [10, 0, 0, 0, 0, 0, 64, 0, 65, 0, 66, 0, 3, 0, 67, 0]);
        List<int> steps = [];
        for (long now = 10_000; now < 10_100; now++)
        {
            int before = bench.Board.CallsOf(nameof(ICounts.TryRead));
            bench.Server.Step(now);
            steps.Add(bench.Board.CallsOf(nameof(ICounts.TryRead)) - before);
        }

        int first = steps.IndexOf(3, 20) - 1;
        CollectionAssert.AreEqual(new[] { 1, 3, 1, 1, 0 }, steps.GetRange(first, 5));
        ProtocolText.Says("no inference comes between values that belong together");
    }

    [TestMethod]
    public void ABoardWithoutAnAdcDoesNotKnowIt()
    {
        CountingBoard board = new();
        FakeLine line = new();
        LinkServer server = new(line, board, board, board, board);
        line.Give(ServerBench.Frame((int)LinkRequest.Hello, 1, 0, [2, 2, 5, 0, 0, 0]));
        for (int i = 0; i < 9; i++)
        {
            server.Step(i);
        }

        line.Written.Clear();
        line.Give(ServerBench.Frame((int)LinkRequest.Counts, 2, 5, Request(50)));
        for (int i = 9; i < 20; i++)
        {
            server.Step(i);
        }

        CollectionAssert.AreEqual(ServerBench.Frame((int)LinkRequest.Counts | LinkProtocol.Reply, 2, 5, [(byte)RequestStatus.UnknownRequest, 0, (byte)LinkRequest.Counts, 0, 0, 0]), line.Written);
    }

    /// <summary>What is trained is what the network sees: the integers of both are one, whatever the correction.</summary>
    [TestMethod]
    public void ACountIsTheIntegerThatAModelsInputHasBeforeItIsLimited()
    {
        Random random = new(3);
        for (int i = 0; i < 2000; i++)
        {
            int samples = random.Next(9);
            int run = 1 + random.Next(2000);
            int rise = 1 + random.Next(2 * run);
            int from = random.Next(2000);
            int to = random.Next(2000);
            AdcChannelSettings[] corrections = i % 5 == 0 ? [] : [new AdcChannelSettings(0).Correct(from, to, from + run, to + rise).Plausible(0, 4095)];
            int[] counts = [.. Enumerable.Range(0, 1 << samples).Select(_ => random.Next(4096))];
            int at = 0;
            FakeInputs inputs = new(_ => counts[at++ % counts.Length]);
            ChannelCounts channel = new(new BoardParts { Inputs = inputs }, new BoardSettings { Limits = new ModelLimits(4096, 4, 16, 0, 1), AdcChannels = corrections });
            Assert.IsTrue(channel.TryRead(0, samples, out int count));
            at = 0;
            int fraction = Math.Min(samples, LinkProtocol.MaxCountFractionBits);
            Networks.Network network = new([new Networks.DenseLayer(1, 1, Networks.Activation.Linear, 0, 0, false)], [-200_000], [200_000]);
            Bindings bindings = new(0, [new InputBinding(InputBinding.SourceAdc, 0, samples, fraction)], [], false);
            AdcChannelSettings[] asThere = corrections.Length > 0 ? corrections : [new AdcChannelSettings(0).Plausible(0, 4095)];
            AnalogSampler sampler = new(new Model(network, bindings, new GoldenVectors(1, 1, 1), 0, 0), new BoardParts { Inputs = inputs }, asThere, 1000);
            Assert.AreEqual(AnalogSampler.NoFault, sampler.Sample(0));
            Assert.AreEqual(network.GetInput(0), count, $"2^{samples}, {run} {rise}");
        }
    }

    [TestMethod]
    public void OnlyChannelsThatTheBoardAllowsAreThere()
    {
        BoardParts parts = new() { Inputs = new FakeInputs(_ => 1) };
        ChannelCounts channels = new(parts, new BoardSettings { Limits = new ModelLimits(4096, 4, 16, 0, unchecked((int)0x8000_0009)) });
        CollectionAssert.AreEqual(new[] { 0, 3, 31 }, Enumerable.Range(0, 256).Where(channels.Has).ToArray());
        parts.Sensors = new FakeSensors(2);
        CollectionAssert.AreEqual(new[] { 0, 3, 31, 64, 65 }, Enumerable.Range(0, 256).Where(channels.Has).ToArray());
        ProtocolText.Says("A channel from 64 on is a sensor (FORMAT.md, section 3), 64 the first");
    }

    [TestMethod]
    public void ARowHasTheValuesOfSensorsAsTheyAreAndNoneWithoutOne()
    {
        FakeSensors sensors = new(2) { [0] = -300, [1] = 32767 };
        Bench hardware = new();
        hardware.Parts.Sensors = sensors;
        ServerBench bench = new(hardware, null);
        bench.Hello();
        Assert.AreEqual(2, BoardReport.Read(bench.Ask(LinkRequest.Info, 101)).Limits.Sensors);
        Assert.AreEqual((byte)RequestStatus.BadRequest, bench.Ask(LinkRequest.Counts, 102, [100, 0, 0, 0, 66, 0])[0], "there is no such sensor");
        byte[] row = bench.Ask(LinkRequest.Counts, 103, [100, 0, 0, 0, 64, 0, 65, 0, 64, 4, 0, 0]);
        Assert.AreEqual(LinkProtocol.CountsEvent, bench.Type);
        CollectionAssert.AreEqual(new[] { -300, 32767, -300 * 8, 2000 }, Read(row).Counts);
        ProtocolText.Says("a row has its value as it is, with f fraction bits");

        sensors[1] = null;
        ProtocolText.Says("A row in which a sensor gives no value is left out.");
        Assert.IsEmpty(bench.Run(50));
        sensors[1] = 5;
        Assert.AreEqual(5, Next(bench).Counts[1]);
    }

    [TestMethod]
    [DataRow("factory")]
    [DataRow("narrow")]
    [DataRow("none")]
    public void CountsAreThoseOfTheAdcWhateverModelRuns(string runs)
    {
        int[] counts = [2900, 1, 2, 0, 4095, 5, 6, 7];
        Bench hardware = new(channel => counts[channel]);
        hardware.Settings.AdcChannels = [];
        ServerBench bench = new(hardware, runs switch { "none" => new byte[64], "narrow" => Narrow(), _ => null });
        bench.Hello();
        Assert.AreEqual(runs == "none" ? 0 : 1, Math.Sign(BoardReport.Read(bench.Ask(LinkRequest.Info, 101)).ModelLength));
        byte[] row = bench.Ask(LinkRequest.Counts, 102, [100, 0, 0, 0, 0, 4, 3, 4, 4, 0]);
        Assert.AreEqual(LinkProtocol.CountsEvent, bench.Type);
        CollectionAssert.AreEqual(new[] { 2900 * 8, 0, 4095 }, Read(row).Counts);
    }

    [TestMethod]
    public void OfALongRecordingEachTenMillisecondsARowIsThereOrCountedAndNoInferenceIsLate()
    {
        const int Minutes = 6;
        using VirtualBoard board = new() { Counts = (channel, at) => (int)(((at / 1000) + (channel * 1000)) % 4096) };
        using BoardLink link = board.Connect();
        uint late = link.Info().LatePeriods;
        board.LongestGap = 0;
        link.StartCounts(10, TwoChannels);
        CountRow last = link.ReadCounts(Patience)!;
        Assert.AreEqual(0u, last.Number);
        int rows = 1;
        long missing = 0;
        long begin = board.Now;
        while (board.Now - begin < Minutes * 60_000_000L)
        {
            CountRow? row = link.ReadCounts(Patience);
            Assert.IsNotNull(row, $"after {rows} rows");
            Assert.AreEqual(last.Session, row.Session);
            Assert.IsGreaterThan(last.UptimeMs, row.UptimeMs);
            missing += row.Number - last.Number - 1;
            last = row;
            rows++;
        }

        Assert.AreEqual(rows + missing, last.Number + 1L);
        Assert.AreEqual(Minutes * 6000.0, last.Number, 3.0, "the grid is the board's clock");
        Assert.AreEqual(0, missing);
        Assert.AreEqual(late, link.Info().LatePeriods);
        Assert.IsLessThan(22_000, board.LongestGap, "no inference waited for a row");
    }

    [TestMethod]
    public void ARestartIsSeenByTheSessionAndRowsGoOn()
    {
        using VirtualBoard board = new();
        using BoardLink link = board.Connect();
        link.StartCounts(20, TwoChannels);
        CountRow before = link.ReadCounts(Patience)!;
        board.Restart();
        CountRow? after = link.ReadCounts(TimeSpan.FromSeconds(30));
        while (after is not null && after.Session == before.Session)
        {
            after = link.ReadCounts(TimeSpan.FromSeconds(30));
        }

        Assert.IsNotNull(after);
        Assert.IsLessThan(50u, after.Number);
        link.StopCounts();
        while (link.ReadCounts(TimeSpan.FromMilliseconds(100)) is not null)
        {
        }

        Assert.IsNull(link.ReadCounts(TimeSpan.FromSeconds(5)));
    }

    [TestMethod]
    public void OverAFaultyLineEachRowIsThereOrCounted()
    {
        for (int seed = 0; seed < 5; seed++)
        {
            using VirtualBoard board = new(seed, new LineFaults(Drop: 15, Repeat: 10, Corrupt: 15, Noise: 10)) { Counts = (channel, at) => (int)(at / 1000 % 4096) };
            using BoardLink link = board.Connect();
            link.StartCounts(50, [new(0, 0)]);
            HashSet<(int, uint)> seen = [];
            for (int i = 0; i < 600; i++)
            {
                CountRow row = link.ReadCounts(TimeSpan.FromSeconds(60))!;
                seen.Add((row.Session, row.Number));

                // Whatever the line does, what comes is what was measured then; the clock moves by some steps between.
                Assert.IsTrue((row.Counts[0] - (int)(row.UptimeMs % 4096)) is >= 0 and <= 2 or <= -4090 || board.Restarts > 0, $"{row.Counts[0]} at {row.UptimeMs}");
            }

            Assert.IsGreaterThan(500, seen.Count);
        }
    }

    [TestMethod]
    public void OnAKeyedBoardItIsReading()
    {
        Assert.IsFalse(KeyedRequests.NeedTag(LinkRequest.Counts, Board.Security.SecurityMode.Open));
        Assert.IsFalse(KeyedRequests.NeedTag(LinkRequest.Counts, Board.Security.SecurityMode.Keyed));
        Assert.IsTrue(KeyedRequests.NeedTag(LinkRequest.Counts, Board.Security.SecurityMode.ReadingClosed));
        using Cli.Scratch scratch = new();
        KeyFile keys = KeyFile.Create(scratch.PathOf("k"));
        using VirtualBoard board = new();
        using BoardLink link = board.Connect(keys);
        link.ProvisionFirst(keys, closeReading: true);
        using BoardLink stranger = board.Connect();
        Assert.AreEqual(RequestStatus.NotAuthorised, Assert.Throws<BoardRefusedException>(() => stranger.StartCounts(100, TwoChannels)).Status);
        using BoardLink owner = board.Connect(keys);
        owner.StartCounts(100, TwoChannels);
        long begin = board.Now;
        int rows = 0;
        while (board.Now - begin < 100_000_000)
        {
            rows += owner.ReadCounts(Patience) is null ? 0 : 1;
        }

        Assert.IsGreaterThan(950, rows, "signed renewals keep it going");
    }

    /// <summary>Its only input is limited to 1000..1010 counts.</summary>
    private static byte[] Narrow()
    {
        FloatModel model = new(
            new FloatNetwork(new FloatLayer([[1.0]], [0], Networks.Activation.Linear)), [new InputSpec("x0", "", 1000, 1010)], [new OutputSpec("y")]);
        BoardSpec wired = new(0, [new BoardInput("x0", 0)], []);
        return Converter.Convert(new(model, ModelTask.Regression, wired, Profile.Exact, Work: Examples.QuickProof)).File.Bytes;
    }

    private static byte[] Request(int periodMs) => [.. BitConverter.GetBytes(periodMs), 0, 4, 3, 0];

    private static Row Start(ServerBench bench, int sequence, int periodMs)
    {
        byte[] data = bench.Ask(LinkRequest.Counts, sequence, Request(periodMs));
        Assert.AreEqual(LinkProtocol.CountsEvent, bench.Type);
        return Read(data);
    }

    private static Row Next(ServerBench bench)
    {
        byte[] data = [];
        for (int i = 0; i < 500 && data.Length == 0; i++)
        {
            data = bench.Run(1);
        }

        Assert.AreEqual(LinkProtocol.CountsEvent, bench.Type);
        return Read(data);
    }

    private static Row Read(byte[] data) => new(
        BitConverter.ToUInt32(data), BitConverter.ToUInt32(data, 4), [.. Enumerable.Range(0, (data.Length - 8) / 4).Select(i => BitConverter.ToInt32(data, 8 + (i * 4)))]);

    /// <summary>All rows in what was sent.</summary>
    private static Row[] Rows(byte[] wire)
    {
        FakeLine line = new();
        line.Give(wire);
        FrameReader reader = new(new LinkCounters(), 4096);
        List<Row> rows = [];
        bool isFrame;
        while ((isFrame = reader.Read(line, 0)) || line.Available > 0)
        {
            if (isFrame && reader.Type == LinkProtocol.CountsEvent)
            {
                rows.Add(Read(reader.Frame.AsSpan(LinkProtocol.HeaderLength, reader.DataLength).ToArray()));
            }
        }

        return [.. rows];
    }

    private sealed record Row(uint Number, uint Ms, int[] Counts);
}
