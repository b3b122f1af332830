using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;

namespace NeuralEdge.Tests.Control;

/// <summary>The loop and the link together, in a time that only the hardware's costs move.</summary>
[TestClass]
public sealed class BoardTests
{
    private const int PeriodMicroseconds = 50_000;
    private const int ByteMicroseconds = 87;
    private const int FlashMicroseconds = 12_000;
    private const int ConversionMicroseconds = 60;

    private static readonly BoardOutput Pump = new("y0", 18, ArgMax: false, On: 3000, Off: 2500);

    [TestMethod]
    public void TheInferencePeriodHoldsDuringAnUpload()
    {
        // 115200 baud, 12 ms for each flash change, 60 us for a conversion, a period of 50 ms.
        Bench bench = new(flashMicroseconds: FlashMicroseconds);
        List<(long Time, int Model)> samples = [];
        ControlLoop? loop = null;
        bench.Inputs.Count = channel =>
        {
            bench.Clock.Microseconds += ConversionMicroseconds;

            // The first conversion of each period: those after it follow at once.
            if (samples.Count == 0 || bench.Clock.Microseconds - samples[^1].Time > PeriodMicroseconds / 2)
            {
                samples.Add((bench.Clock.Microseconds, loop?.ModelCount ?? 0));
            }

            return 4000;
        };
        ModelFile model = Bench.Identity(40, 50, Pump);
        bench.Settings.PeriodMs = 50;
        ScriptedHost host = new(bench.Clock, ByteMicroseconds);
        host.EnqueueUpload(model.Bytes);
        TeachableBoard board = Start(bench, host);
        loop = board.Loop;

        long begin = bench.Clock.Microseconds;
        while (!host.IsDone)
        {
            board.RunOnce();
        }

        long duration = bench.Clock.Microseconds - begin;
        Assert.IsTrue(host.Replies.All(status => status == RequestStatus.Ok), string.Join(' ', host.Replies));
        Assert.IsGreaterThan(7000, model.Bytes.Length);
        Assert.AreEqual(0u, board.Loop.MissedPeriods);

        // The first samples are those of the model before; lateness is measured against each model's own grid, which begins with it.
        long late = samples.Zip(samples.Skip(1)).Where(pair => pair.First.Model == pair.Second.Model)
            .Max(pair => pair.Second.Time - pair.First.Time - PeriodMicroseconds);
        long takeOver = samples.Zip(samples.Skip(1)).Where(pair => pair.First.Model != pair.Second.Model)
            .Max(pair => pair.Second.Time - pair.First.Time);
        Assert.IsLessThanOrEqualTo(2 * PeriodMicroseconds, takeOver, "a model that takes over begins within a period");
        Console.WriteLine($"{model.Bytes.Length} bytes in {duration / 1000} ms, {samples.Count} inferences, latest {late} us after its time");
        Assert.IsLessThanOrEqualTo(FlashMicroseconds / 2, late, "no flash change is begun shortly before an inference is due");
        Assert.IsTrue(bench.Pins.Levels[18], "and the new model is at work");
    }

    [TestMethod]
    [DataRow(70_000, 20_000, 1, DisplayName = "too short a rest for another slice")]
    [DataRow(70_000, 10_000, 2, DisplayName = "a rest that ends with the second slice")]
    [DataRow(150_000, 20_000, 1, DisplayName = "a period that is over, one slice of 20 ms")]
    [DataRow(150_000, 10_000, 2, DisplayName = "a period that is over, two slices of 10 ms")]
    [DataRow(150_000, 15_000, 2, DisplayName = "a period that is over, a slice begun within 20 ms")]
    public void ABusyLineHasItsShareOfAPeriodAndNoSliceIsBegunBehindIt(int sampling, int slice, int expected)
    {
        Bench bench = new();
        bench.Inputs.Count = _ =>
        {
            bench.Clock.Microseconds += sampling;
            return 2000;
        };
        Chatter line = new(bench.Clock, slice);
        TeachableBoard board = Start(bench, line, Bench.Identity(1, 100, Pump).Bytes);
        board.RunOnce();
        for (int period = 0; period < 5; period++)
        {
            line.Slices = 0;
            board.RunOnce();
            Assert.AreEqual(expected, line.Slices);
        }
    }

    [TestMethod]
    public void WithoutAnyModelTheOutputsStaySafeAndTheBoardCanBeGivenOne()
    {
        Bench bench = new(_ => 4000);
        ScriptedHost host = new(bench.Clock, ByteMicroseconds);
        TeachableBoard board = Start(bench, host, factoryModel: []);
        for (int i = 0; i < 20; i++)
        {
            board.RunOnce();
            Assert.IsTrue(bench.Supervisor.Check());
        }

        Assert.IsTrue(bench.IsSafe());
        Assert.AreEqual(FaultCode.Model, board.Loop.Faults.Last);
        host.EnqueueUpload(Bench.Identity(1, 100, Pump).Bytes);
        RunUntilDone(board, host);
        board.RunOnce();
        Assert.IsTrue(host.Replies.All(status => status == RequestStatus.Ok), string.Join(' ', host.Replies));
        Assert.IsTrue(bench.Pins.Levels[18]);
    }

    [TestMethod]
    public void AModelThatFailsItsGoldenVectorsNeverTouchesAPin()
    {
        // The golden vectors of one model with the network of another: all checksums right, every promise wrong.
        Bench bench = new(_ => 4000);
        ScriptedHost host = new(bench.Clock, ByteMicroseconds);
        byte[] liar = (byte[])Bench.Identity(1, 100, Pump).Bytes.Clone();
        Model honest = bench.Load(ModelFile.Parse(liar, "the honest model"));
        int vector = FindGoldenOutput(liar, honest);
        LittleEndian.WriteInt32(liar, vector, LittleEndian.ReadInt32(liar, vector) + 1);
        int end = liar.Length - ModelFormat.TrailerLength;
        LittleEndian.WriteUInt32(liar, end, Numerics.Checksum.Crc32(liar, 0, end));

        TeachableBoard board = Start(bench, host);
        host.EnqueueUpload(liar);
        RunUntilDone(board, host);
        for (int i = 0; i < 5; i++)
        {
            board.RunOnce();
        }

        Assert.AreEqual(RequestStatus.ModelRefused, host.Replies[^2]);
        Assert.AreEqual(RequestStatus.WrongModel, host.Replies[^1]);
        Assert.IsTrue(bench.IsSafe());
        Assert.IsFalse(bench.Pins.Log.Contains((18, true)));
        Assert.AreEqual(FactoryDigest(bench), board.Loop.Model.Digest, "the model before runs on");
    }

    [TestMethod]
    public void AModelUnderADigestThatIsNotItsOwnIsRefused()
    {
        Bench bench = new(_ => 4000);
        ScriptedHost host = new(bench.Clock, ByteMicroseconds);
        TeachableBoard board = Start(bench, host);
        host.EnqueueUpload(Bench.Identity(1, 100, Pump).Bytes, announcedDigest: 0x12345678);
        RunUntilDone(board, host);
        Assert.AreEqual(RequestStatus.ModelRefused, host.Replies[^2]);
        Assert.AreEqual(RequestStatus.WrongModel, host.Replies[^1]);
        Assert.AreEqual(FactoryDigest(bench), board.Loop.Model.Digest, "the model before runs on");
    }

    [TestMethod]
    public void AQuestionMovesNoPinAndDoesNotShowInTheLiveValues()
    {
        Bench bench = new(_ => 1000);
        ScriptedHost host = new(bench.Clock, ByteMicroseconds);
        TeachableBoard board = Start(bench, host, Bench.Identity(1, 100, Pump).Bytes);
        board.RunOnce();
        int output = new LoopValues(board.Loop).GetOutput(0);
        Assert.AreEqual(RequestStatus.Ok, board.Questions.Set(0, 4000));
        board.Questions.Ask();
        Assert.AreEqual(output * 4, board.Questions.GetAnswer(0));
        Assert.AreEqual(1000, new LoopValues(board.Loop).GetInput(0));
        Assert.AreEqual(output, new LoopValues(board.Loop).GetOutput(0));
        Assert.AreEqual(0, new LoopValues(board.Loop).GetPin(0));
        Assert.AreEqual(RequestStatus.InputRange, board.Questions.Set(0, 4096));
        Assert.IsTrue(bench.IsSafe());
    }

    /// <summary>A line on which somebody talks without a pause, and that takes its time for each slice.</summary>
    private sealed class Chatter(FakeClock clock, int microsecondsPerSlice) : IByteLink
    {
        public int Slices { get; set; }

        public int Available => int.MaxValue;

        public int Read(byte[] buffer, int offset, int count)
        {
            Slices++;
            clock.Microseconds += microsecondsPerSlice;
            buffer.AsSpan(offset, count).Fill(1);
            return count;
        }

        public int Write(byte[] buffer, int offset, int count) => count;

        public void Reopen()
        {
        }
    }

    private static TeachableBoard Start(Bench bench, IByteLink link, byte[]? factoryModel = null)
    {
        bench.Parts.Link = link;
        bench.Outputs.DriveSafe();
        TeachableBoard board = new(bench.Parts, bench.Settings, factoryModel ?? FactoryModel.GetBytes());
        board.Start();
        return board;
    }

    private static void RunUntilDone(TeachableBoard board, ScriptedHost host)
    {
        for (int i = 0; !host.IsDone; i++)
        {
            Assert.IsLessThan(10_000, i, "the host waits for ever");
            board.RunOnce();
        }
    }

    private static int FindGoldenOutput(byte[] file, Model model)
    {
        byte[] pair = new byte[8];
        LittleEndian.WriteInt32(pair, 0, model.Golden.GetInput(1, 0));
        LittleEndian.WriteInt32(pair, 4, model.Golden.GetOutput(1, 0));
        int at = file.AsSpan().IndexOf(pair);
        Assert.IsGreaterThan(0, at);
        return at + 4;
    }

    private static uint FactoryDigest(Bench bench) => bench.Load(ModelFile.Parse(FactoryModel.GetBytes(), "the factory model")).Digest;
}
