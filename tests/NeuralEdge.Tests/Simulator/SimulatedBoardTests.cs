using System.Globalization;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Host;
using NeuralEdge.Models;
using NeuralEdge.Simulator;
using NeuralEdge.Simulator.Sensors;
using NeuralEdge.Tests.Control;
using NeuralEdge.Tests.Link;
using NeuralEdge.Tests.Turbo;

namespace NeuralEdge.Tests.Simulator;

/// <summary>The firmware's own sources on the simulated board, reached as a host reaches it.</summary>
[TestClass]
public sealed class SimulatedBoardTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    /// <summary>As the firmware's settings have them.</summary>
    private static readonly int[] OutputPins = [18, 19, 21, 22, 23, 25, 26, 27, 4, 13];
    private static readonly BoardOutput Pump = new("y0", 18, ArgMax: false, On: 3000, Off: 2500);

    private readonly Probe _sensors = new();

    [TestMethod]
    public void EveryPinIsSafeBeforeFlashAndSerialAreTouched()
    {
        List<string> order = [];
        using SimulatedBoard board = new(new SimulatedBoardOptions { Sensors = _sensors, Port = null });
        board.PinChanged += e => Note($"pin {e.Pin} {e.Level}");
        board.FlashReading += file => Note("flash");
        board.SerialOpened += () => Note("serial");
        board.Start();
        Assert.IsTrue(WaitUntil(() => board.Console.Contains("NeuralEdge runs.")));
        lock (order)
        {
            CollectionAssert.AreEqual(OutputPins.Select(pin => $"pin {pin} False").ToArray(), order.Take(OutputPins.Length).ToArray());
            Assert.Contains("flash", order);
            Assert.Contains("serial", order);
        }

        void Note(string what)
        {
            lock (order)
            {
                order.Add(what);
            }
        }
    }

    [TestMethod]
    public void AnUploadedModelMovesPinsSurvivesAResetAndIsTakenBackByARevert()
    {
        using SimulatedBoard board = new(new SimulatedBoardOptions { Sensors = _sensors });
        board.Start();
        byte[] model = Bench.Identity(1, 20, Pump).Bytes;
        using (BoardLink link = BoardLink.Connect(board.Address))
        {
            Assert.AreEqual(ModelState.Confirmed, link.Upload(model, true).State);
            _sensors.Count = 3500;
            Assert.IsTrue(board.WaitForPin(18, true, Patience));
            _sensors.Count = 2000;
            Assert.IsTrue(board.WaitForPin(18, false, Patience));
            CollectionAssert.AreEqual(model, link.ReadModel(default));
        }

        _sensors.Count = 3500;
        Assert.IsTrue(board.WaitForPin(18, true, Patience));
        board.Reset();
        Assert.AreEqual(2, board.Starts);
        Assert.IsTrue(board.WaitForPin(18, true, Patience), "flash keeps the confirmed model");
        using (BoardLink link = BoardLink.Connect(board.Address))
        {
            Assert.AreEqual(ModelState.Factory, link.Revert().State);
        }

        Assert.IsTrue(board.WaitForPin(18, false, Patience), "the factory model drives no pin");
    }

    [TestMethod]
    public void AnUnconfirmedModelIsGoneAfterAReset()
    {
        using SimulatedBoard board = new(new SimulatedBoardOptions { Sensors = _sensors });
        board.Start();
        _sensors.Count = 3500;
        using (BoardLink link = BoardLink.Connect(board.Address))
        {
            Assert.AreEqual(ModelState.Test, link.Upload(Bench.Identity(1, 20, Pump).Bytes, false).State);
            Assert.IsTrue(board.WaitForPin(18, true, Patience));
        }

        board.Reset();
        using (BoardLink link = BoardLink.Connect(board.Address))
        {
            Assert.AreEqual(ModelState.Factory, link.Info(default).State);
        }

        Assert.IsFalse(board.GetPin(18));
    }

    [TestMethod]
    public void PowerCutAtEveryChangeOfTheFlashLeavesTheOldModelOrTheNewOne()
    {
        byte[] first = Bench.Identity(1, 20, Pump).Bytes;
        byte[] second = Bench.Identity(2, 20, Pump).Bytes;
        LinkTimes impatient = new() { Answer = TimeSpan.FromMilliseconds(150), FlashAnswer = TimeSpan.FromMilliseconds(250), HelloAnswer = TimeSpan.FromMilliseconds(250) };
        int cuts = 0;
        bool cutHappened = true;
        for (int cutAt = 1; cutHappened; cutAt++)
        {
            Assert.IsLessThan(100, cutAt);
            using SimulatedBoard board = new(new SimulatedBoardOptions { Sensors = _sensors, FlashCommitMilliseconds = 0 });
            board.Start();
            using (BoardLink link = BoardLink.Connect(board.Address, impatient))
            {
                link.Upload(first, true);
            }

            int changes = 0;
            cutHappened = false;
            board.FlashChanging += file =>
            {
                if (++changes == cutAt)
                {
                    cutHappened = true;
                    cuts++;
                    board.PowerCut();
                    new Thread(board.Start).Start();
                }
            };
            using (BoardLink again = BoardLink.Connect(board.Address, impatient))
            {
                try
                {
                    again.Upload(second, true);
                }
                catch (BoardLinkException)
                {
                    // Allowed: one sentence, and the board keeps a whole model.
                }
            }

            using BoardLink after = BoardLink.Connect(board.Address, impatient);
            byte[] kept = after.ReadModel(default);
            Assert.IsTrue(kept.AsSpan().SequenceEqual(first) || kept.AsSpan().SequenceEqual(second), $"cut {cutAt}");
            Assert.AreEqual(ModelState.Confirmed, after.Info(default).State);
            Assert.AreEqual(ModelState.Confirmed, after.Upload(second, true).State);
        }

        Assert.IsGreaterThan(5, cuts);
    }

    [TestMethod]
    public void AnAdcThatFailsDrivesThePinsSafeUntilItWorksAgain()
    {
        using SimulatedBoard board = StartWithPumpOn(out List<PinEvent> log);
        _sensors.Failing = true;
        Assert.IsTrue(board.WaitForPin(18, false, Patience));
        _sensors.Failing = false;
        Assert.IsTrue(board.WaitForPin(18, true, Patience), "back at work after its pause");
        Assert.AreEqual(1, board.Starts);
        AssertFirstLevelsOfEveryStartAreSafe(log);
    }

    [TestMethod]
    public void AForwardPassThatHangsIsEndedByTheSupervisorWithinSeconds()
    {
        using SimulatedBoard board = StartWithPumpOn(out List<PinEvent> log);
        using ManualResetEventSlim hang = new();
        _sensors.Hang = hang;
        long begin = Environment.TickCount64;
        Assert.IsTrue(WaitUntil(() => board.GetPin(18) != true), "the pump must not run on while the loop hangs");
        long took = Environment.TickCount64 - begin;
        Console.WriteLine($"pump off {took} ms after the loop hung");
        Assert.IsLessThan(5000, took);
        _sensors.Hang = null;
        Assert.IsTrue(board.WaitForStart(2, Patience));
        hang.Set();
        Assert.IsTrue(board.WaitForPin(18, true, Patience), "the board works again after its reset");
        AssertFirstLevelsOfEveryStartAreSafe(log);
    }

    [TestMethod]
    public void WithTurboCompiledCodeComesBackAfterAResetAndOneImageServesEveryModelOfAShape()
    {
        using SimulatedBoard board = new(new SimulatedBoardOptions { Sensors = _sensors, Turbo = true });
        board.Start();
        Model[] models = [.. new[] { 1, 2, 3 }.Select(seed => FastModels.Read(FastModels.File(seed, Profile.Fast, 4, 8, 3)))];
        using (BoardLink link = BoardLink.Connect(board.Address))
        {
            Assert.AreEqual(0, link.Info(default).CompiledBytes);
            for (int m = 0; m < models.Length; m++)
            {
                link.Upload(FastModels.File(m + 1, Profile.Fast, 4, 8, 3), true);
                AssertCompiled(link, models[m]);
            }

            Assert.AreEqual(ModelState.Confirmed, link.Revert().State);
            AssertCompiled(link, models[1]);
        }

        Assert.AreEqual(1, board.LoadedImages);
        board.Reset();
        using (BoardLink link = BoardLink.Connect(board.Address))
        {
            AssertCompiled(link, models[1]);
        }

        Assert.AreEqual(1, board.LoadedImages);

        static void AssertCompiled(BoardLink link, Model reference)
        {
            Assert.IsTrue(WaitUntil(() => link.Info(default).CompiledBytes > 0), "compiled in the end");
            for (int part = 0; part <= 10; part++)
            {
                int largest = reference.Network.GetInputMaximum(0);
                int[] inputs = [largest * part / 10, largest * (10 - part) / 10, largest * part / 20, largest / 3];
                reference.Network.SetInputs(inputs, 0);
                reference.Network.Forward();
                CollectionAssert.AreEqual(reference.Network.Outputs, link.Ask(inputs, default).Outputs);
            }
        }
    }

    [TestMethod]
    public void TwoBoardsInOneProcessKnowNothingOfEachOther()
    {
        Probe otherSensors = new() { Count = 3500 };
        using SimulatedBoard one = new(new SimulatedBoardOptions { Sensors = _sensors });
        using SimulatedBoard other = new(new SimulatedBoardOptions { Sensors = otherSensors });
        one.Start();
        other.Start();
        using BoardLink oneLink = BoardLink.Connect(one.Address);
        using BoardLink otherLink = BoardLink.Connect(other.Address);
        otherLink.Upload(Bench.Identity(1, 20, Pump).Bytes, true);
        Assert.IsTrue(other.WaitForPin(18, true, Patience));
        Assert.IsFalse(one.GetPin(18));
        Assert.AreEqual(ModelState.Factory, oneLink.Info(default).State);
        other.Reset();
        Assert.AreEqual(1, one.Starts);
        Assert.AreEqual(ModelState.Factory, oneLink.Info(default).State, "the session has survived the other board's reset");
    }

    [TestMethod]
    public void InferencesGoOnThroughAnUploadOnTheSimulatedBoard()
    {
        using SimulatedBoard board = new(new SimulatedBoardOptions { Sensors = _sensors });
        board.Start();
        using BoardLink link = BoardLink.Connect(board.Address);
        byte[] large = Bench.Identity(40, 100, Pump).Bytes;
        BoardReport before = link.Info(default);
        link.Upload(large, false);
        BoardReport after = link.Info(default);
        uint periods = (after.UptimeMs - before.UptimeMs) / 100;
        uint inferences = after.InferenceCount - before.InferenceCount;
        Console.WriteLine($"{large.Length} bytes in {after.UptimeMs - before.UptimeMs} ms, {inferences} inferences, {after.LatePeriods - before.LatePeriods} missed, {board.ReceiveBytesLost} bytes lost");

        // A busy computer may take the simulation its time now and then; the fake clock of BoardTests is strict.
        Assert.IsGreaterThan(5u, inferences);
        Assert.IsGreaterThanOrEqualTo(periods - (periods / 4) - 1, inferences);
        Assert.AreEqual(0, board.ReceiveBytesLost);
    }

    [TestMethod]
    public void ThePinLogHoldsEveryChangeInOrderAndBeginsSafe()
    {
        string file = Path.GetTempFileName();
        using (SimulatedBoard board = new(new SimulatedBoardOptions { Sensors = _sensors, Port = null, PinLog = file }))
        {
            board.Start();
            Assert.IsTrue(WaitUntil(() => board.Console.Contains("NeuralEdge runs.")));
            board.Reset();
            Assert.IsTrue(WaitUntil(() => board.Console.Count(line => line == "NeuralEdge runs.") == 2));
        }

        string[] lines = File.ReadAllLines(file);
        File.Delete(file);
        Assert.AreEqual("microseconds,start,pin,level", lines[0]);
        string[][] rows = [.. lines.Skip(1).Select(line => line.Split(','))];
        string[] levels = [.. rows.Select(row => row[3])];
        int pins = OutputPins.Length;
        CollectionAssert.AreEqual(
            Enumerable.Repeat("0", pins).Concat(Enumerable.Repeat("z", pins)).Concat(Enumerable.Repeat("0", pins)).Concat(Enumerable.Repeat("z", pins)).ToArray(), levels);
        Assert.IsTrue(rows.Zip(rows.Skip(1)).All(pair => Time(pair.First) <= Time(pair.Second)));

        static double Time(string[] row) => double.Parse(row[0], CultureInfo.InvariantCulture);
    }

    [TestMethod]
    public void AFolderInUseAndAnAddressInUseAreRefusedInASentence()
    {
        using SimulatedBoard board = new();
        SimulatorException folder = Assert.ThrowsExactly<SimulatorException>(() => new SimulatedBoard(new SimulatedBoardOptions { StateFolder = board.StateFolder }));
        Assert.Contains(board.StateFolder, folder.Message);
        SimulatorException address = Assert.ThrowsExactly<SimulatorException>(() => new SimulatedBoard(new SimulatedBoardOptions { Port = board.Address }));
        Assert.Contains(board.Address, address.Message);
        Assert.ThrowsExactly<SimulatorException>(() => new SimulatedBoard(new SimulatedBoardOptions { Port = "COM5" }));
    }

    [TestMethod]
    public void APseudoTerminalServesTheHostsRealSerialCode()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Windows has no pseudo-terminal.");
        }

        string path = Path.Combine(Path.GetTempPath(), $"neuraledge-{Guid.NewGuid():N}");
        using (SimulatedBoard board = new(new SimulatedBoardOptions { Sensors = _sensors, PtyLink = path }))
        {
            board.Start();
            using BoardLink link = BoardLink.Connect(path);
            Assert.AreEqual(ModelState.Confirmed, link.Upload(Bench.Identity(1, 20, Pump).Bytes, true).State);
        }

        Assert.IsFalse(File.Exists(path), "the link goes with the board");
    }

    private static void AssertFirstLevelsOfEveryStartAreSafe(List<PinEvent> log)
    {
        lock (log)
        {
            foreach (IGrouping<int, PinEvent> start in log.Where(e => e.Level != null).GroupBy(e => e.Start))
            {
                CollectionAssert.AreEqual(OutputPins, start.Take(OutputPins.Length).Select(e => e.Pin).ToArray());
                Assert.IsTrue(start.Take(OutputPins.Length).All(e => e.Level == false), $"start {start.Key}");
            }
        }
    }

    private static bool WaitUntil(Func<bool> condition)
    {
        long deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!condition())
        {
            if (Environment.TickCount64 > deadline)
            {
                return false;
            }

            Thread.Sleep(1);
        }

        return true;
    }

    private SimulatedBoard StartWithPumpOn(out List<PinEvent> log)
    {
        List<PinEvent> events = [];
        SimulatedBoard board = new(new SimulatedBoardOptions { Sensors = _sensors });
        board.PinChanged += e =>
        {
            lock (events)
            {
                events.Add(e);
            }
        };
        board.Start();
        using (BoardLink link = BoardLink.Connect(board.Address))
        {
            link.Upload(Bench.Identity(1, 20, Pump).Bytes, true);
        }

        _sensors.Count = 3500;
        Assert.IsTrue(board.WaitForPin(18, true, Patience));
        log = events;
        return board;
    }

    /// <summary>Sensors that a test turns, breaks or hangs.</summary>
    private sealed class Probe : ISensors
    {
        public volatile bool Failing;
        public volatile int Count = 2000;
        public volatile ManualResetEventSlim? Hang;

        public double ReadCount(int channel, TimeSpan at)
        {
            Hang?.Wait();
            return Failing ? throw new TimeoutException("planted") : Count;
        }

        public void PinChanged(PinEvent change)
        {
        }
    }
}
