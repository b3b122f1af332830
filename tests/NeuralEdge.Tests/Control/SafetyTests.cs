using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Models;
using NeuralEdge.Numerics;

namespace NeuralEdge.Tests.Control;

/// <summary>What a wrong model, a failing pin or a hang may not do.</summary>
[TestClass]
public sealed class SafetyTests
{
    private const int ByteMicroseconds = 87;

    [TestMethod]
    public void AHungLoopIsNoticedSoonWhateverThePeriod()
    {
        Bench bench = new(_ => 4095);
        ControlLoop loop = new(bench.Parts, bench.Settings);
        loop.Use(bench.Load(Bench.Identity(2, ModelFormat.MaxPeriodMs, Threshold(18))));
        loop.RunPeriod();
        Assert.IsTrue(bench.Pins.Levels[18]);
        bench.Supervisor.Check();
        int seconds = 0;
        while (bench.Supervisor.Check())
        {
            bench.Clock.Microseconds += 1_000_000;
            seconds++;
        }

        Assert.IsLessThan(5, seconds);
        Assert.IsFalse(bench.Pins.Levels[18]);
    }

    [TestMethod]
    public void ABoardThatWaitsForALongPeriodIsNoHungBoard()
    {
        Bench bench = new(_ => 4095);
        bench.Parts.Clock = new WatchedClock(bench.Clock, bench.Supervisor);
        TeachableBoard board = new(bench.Parts, bench.Settings, Bench.Identity(1, 60_000, Threshold(18)).Bytes);
        board.Start();
        board.RunOnce();
        board.RunOnce();
        Assert.AreEqual(2u, board.Loop.InferenceCount);
        Assert.AreEqual(0, bench.Reset.Count);
    }

    [TestMethod]
    public void APeriodOfMoreThanAnHourIsRefused()
    {
        byte[] file = Bench.Identity(2, 100, Threshold(21)).Bytes;
        int at = ModelFormat.HeaderLength;
        while (LittleEndian.ReadUInt16(file, at) != ModelFormat.BindingsSection)
        {
            at = (at + ModelFormat.SectionHeaderLength + LittleEndian.ReadInt32(file, at + 4) + 3) & ~3;
        }

        LittleEndian.WriteInt32(file, at + ModelFormat.SectionHeaderLength, ModelFormat.MaxPeriodMs + 1);
        LittleEndian.WriteUInt32(file, file.Length - 4, Checksum.Crc32(file, 0, file.Length - 4));
        Assert.IsNull(ModelReader.Read(file, file.Length, new Bench().Settings.Limits, out ModelError error, out _));
        Assert.AreEqual(ModelError.BadValue, error);
    }

    [TestMethod]
    public void APinThatFailsWhileModelsChangeLeavesNothingOnAndNothingWronglyReported()
    {
        Bench bench = new(_ => 4095);
        ControlLoop loop = new(bench.Parts, bench.Settings);
        loop.Use(bench.Load(Bench.Identity(2, 100, Threshold(18))));
        bench.Period(loop);
        Assert.IsTrue(bench.Pins.Levels[18]);
        bench.Pins.BrokenPin = 18;

        // On a board the reset does not return; here the failure of the pin comes out behind it.
        Assert.ThrowsExactly<InvalidOperationException>(() => loop.Use(bench.Load(Bench.Identity(2, 100, Threshold(21)))));
        Assert.AreEqual(1, bench.Reset.Count);
        bench.Pins.BrokenPin = -1;
        bench.Pins.Log.Clear();
        bench.Outputs.Switch(21, true);
        bench.Outputs.DriveSafe();
        CollectionAssert.AreEqual(new[] { (18, false), (19, true), (21, false) }, bench.Pins.Log, "after the latch a pin is written to its safe level or not at all");
        Assert.AreEqual(0, new LoopValues(loop).GetPin(0));
    }

    [TestMethod]
    public void AQuestionInPartsDoesNotOutliveItsModel()
    {
        Bench bench = new(_ => 0);
        bench.Settings.Limits = new ModelLimits(65536, 16, 512, 0, 0xFF);
        TeachableBoard board = new(bench.Parts, bench.Settings, Bench.Identity(130, 100).Bytes);
        board.Start();
        for (int i = 0; i < 120; i++)
        {
            Assert.AreEqual(RequestStatus.Ok, board.Questions.Set(i, 1000));
        }

        board.Loop.Use(bench.Load(Bench.Identity(130, 100)));
        Assert.AreEqual(RequestStatus.BadRequest, board.Questions.Set(120, 1000));
    }

    // A model that is slower than its period, or a flash that is slow, must not lock the link out: nobody could mend it.
    [TestMethod]
    [DataRow(2_000, 0, DisplayName = "a conversion of 2 ms: sampling takes longer than the period")]
    [DataRow(10, 100_000, DisplayName = "a flash that needs 100 ms for a change")]
    public void ABoardStaysReachableHoweverSlowItIs(int conversionMicroseconds, int flashMicroseconds)
    {
        Bench? bench = null;
        bench = new Bench(
            _ =>
            {
                bench!.Clock.Microseconds += conversionMicroseconds;
                return 1000;
            },
            flashMicroseconds);
        ScriptedHost host = new(bench.Clock, ByteMicroseconds);
        bench.Parts.Link = host;
        TeachableBoard board = new(bench.Parts, bench.Settings, Bench.Identity(64, 100).Bytes);
        board.Start();
        host.EnqueueUpload(Bench.Identity(1, 100, Threshold(18)).Bytes);
        long begin = bench.Clock.Microseconds;
        while (!host.IsDone)
        {
            board.RunOnce();
            Assert.IsLessThan(20_000_000, bench.Clock.Microseconds - begin, "the upload starves");
        }

        Assert.IsTrue(host.Replies.All(status => status == RequestStatus.Ok), string.Join(' ', host.Replies));
        long uploaded = bench.Clock.Microseconds;
        host.Enqueue(LinkRequest.Info);
        while (!host.IsDone)
        {
            board.RunOnce();
        }

        Console.WriteLine($"upload {(uploaded - begin) / 1000} ms, info {(bench.Clock.Microseconds - uploaded) / 1000} ms");
        Assert.IsLessThan(1_500_000, bench.Clock.Microseconds - uploaded, "the host repeats its request after 500 ms");
    }

    private static BoardOutput Threshold(int pin) => new("y0", pin, ArgMax: false, On: 3000, Off: 2500);

    /// <summary>A clock whose sleeping lets the supervisor look, as its thread would.</summary>
    private sealed class WatchedClock(FakeClock clock, Supervisor supervisor) : IBoardClock
    {
        public long Microseconds => clock.Microseconds;

        public void Sleep(int milliseconds)
        {
            clock.Sleep(milliseconds);
            supervisor.Check();
        }
    }
}
