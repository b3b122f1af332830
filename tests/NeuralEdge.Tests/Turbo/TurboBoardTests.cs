using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Simulator.Turbo;
using NeuralEdge.Tests.Control;
using NeuralEdge.Turbo;


namespace NeuralEdge.Tests.Turbo;

/// <summary>A board compiles what it runs, beside its work: every answer is right, and every period holds.</summary>
[TestClass]
public sealed class TurboBoardTests : TurboBoard
{
    [TestMethod]
    public void AModelIsCompiledBesideItsWorkAndTheHostIsTold()
    {
        byte[] file = FastModels.File(1, Profile.Fast, 4, 8, 3);
        TeachableBoard board = Start(new Bench(channel => 500 + (400 * channel)), Platform, file);
        Assert.AreEqual(0, Info(board).CompiledBytes);
        board.RunOnce();
        board.RunOnce();
        Assert.AreEqual(Platform.Images.Single().Length, Info(board).CompiledBytes);
        AssertRight(board, FastModels.Read(file));
        Assert.AreEqual(0u, board.Loop.MissedPeriods);
    }

    [TestMethod]
    public void WithoutALoaderThereIsNoCompiler()
    {
        TeachableBoard board = Start(new Bench(), null, FastModels.File(1, Profile.Fast, 4, 8, 3));
        board.RunOnce();
        Assert.AreEqual(BoardInfo.NoTurbo, Info(board).TurboRefusal);
        Assert.AreEqual(0, Info(board).CompiledBytes);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void WhateverIsUploadedConfirmedAndTakenBackEveryAnswerIsRight(int seed)
    {
        // Three models of one shape, one of another, one that is not of the profile fast.
        byte[][] files =
        [
            FastModels.File(1, Profile.Fast, 4, 8, 3), FastModels.File(2, Profile.Fast, 4, 8, 3), FastModels.File(3, Profile.Fast, 4, 8, 3),
            FastModels.File(4, Profile.Fast, 3, 5, 5, 2), FastModels.File(5, Profile.Exact, 4, 8, 3),
        ];
        Dictionary<uint, Model> references = files.Select(FastModels.Read).Append(FastModels.Read(FactoryModel.GetBytes())).ToDictionary(model => model.Digest);
        PortableRandom random = new(seed);
        Bench bench = new(_ => random.Next(4096));
        TeachableBoard board = Start(bench, Platform, FactoryModel.GetBytes());
        int compiled = 0;
        for (int operation = 0; operation < 400; operation++)
        {
            switch (random.Next(8))
            {
                case 0 or 1 or 2 or 3:
                    Assert.AreEqual(RequestStatus.Ok, Upload(board, files[random.Next(files.Length)], random));
                    break;
                case 4:
                    _ = board.Confirm();
                    break;
                case 5:
                    _ = Finish(board, board.BeginRevert(), random);
                    break;
                case 6:
                    AssertAnswer(board, references, random);
                    break;
            }

            for (int periods = random.Next(4); periods > 0; periods--)
            {
                // One step at a time, so that other things happen in the middle of it.
                if (random.Next(3) > 0 && Compiler!.HasWork(board.Loop.Model))
                {
                    for (int steps = random.Next(40); steps > 0; steps--)
                    {
                        _ = Compiler!.Step(board.Loop.Model);
                    }

                    Assert.IsTrue(bench.Period(board.Loop));
                }
                else
                {
                    board.RunOnce();
                }

                AssertRight(board, references[board.Loop.ModelDigest]);
                compiled += Info(board).CompiledBytes > 0 ? 1 : 0;
            }
        }

        Console.WriteLine($"{board.Loop.InferenceCount} inferences, {compiled} on compiled code");
        Assert.IsGreaterThan(100, compiled);
        Assert.AreEqual(0u, board.Loop.Faults.Count);

        // Two shapes, and the factory model is not of the profile fast.
        Assert.HasCount(2, Platform.Images);
    }

    [TestMethod]
    public void CodeThatThrowsGivesWayToTheRowsInTheSamePeriodAndWithoutAFault()
    {
        byte[] file = FastModels.File(1, Profile.Fast, 4, 8, 3);
        TeachableBoard board = Start(new Bench(channel => 500 + (400 * channel)), Platform, file);
        board.RunOnce();
        board.RunOnce();
        Assert.IsGreaterThan(0, Info(board).CompiledBytes);
        Ruin(Platform.Images[0]);
        uint inferences = board.Loop.InferenceCount;
        Assert.IsTrue(board.Loop.RunPeriod());
        Assert.AreEqual(inferences + 1, board.Loop.InferenceCount);
        AssertRight(board, FastModels.Read(file));
        Assert.AreEqual(0, Info(board).CompiledBytes);
        board.RunOnce();
        Assert.AreEqual(TurboRefusal.Failure, Compiler!.Refusal);
        Assert.AreEqual(0u, board.Loop.Faults.Count);
        Assert.HasCount(1, Platform.Images);
    }

    [TestMethod]
    public void TheTimeOfAPeriodInWhichCodeThrowsIsThatOfItsRows()
    {
        Bench bench = new();
        TickingClock clock = new() { Tick = 10 };
        bench.Parts.Clock = clock;
        TeachableBoard board = Start(bench, Platform, FastModels.File(1, Profile.Fast, 4, 8, 3));
        for (int i = 0; i < 1000 && Info(board).CompiledBytes == 0; i++)
        {
            board.RunOnce();
        }

        Ruin(Platform.Images[0]);
        clock.Tick = 30;
        Assert.IsTrue(board.Loop.RunPeriod());
        Assert.AreEqual(0, Info(board).CompiledBytes);
        Assert.AreEqual(30, Info(board).ForwardMicros);
    }

    [TestMethod]
    public void AQuestionIsAnsweredByTheRowsWhenTheCodeThrows()
    {
        byte[] file = FastModels.File(1, Profile.Fast, 4, 8, 3);
        TeachableBoard board = Start(new Bench(), Platform, file);
        board.RunOnce();
        board.RunOnce();
        Ruin(Platform.Images[0]);
        AssertAnswer(board, new Dictionary<uint, Model> { [board.Loop.Model.Digest] = FastModels.Read(file) }, new PortableRandom(1));
        Assert.AreEqual(0, Info(board).CompiledBytes);
    }

    [TestMethod]
    public void TheInferencePeriodHoldsWhileThePlatformLoadsAnImage()
    {
        Bench bench = new(_ => 1000);
        PlantedLoader slow = new(image =>
        {
            bench.Clock.Microseconds += 60_000;
            return new InterpretedPass(image);
        });
        bench.Settings.PeriodMs = 100;
        TeachableBoard board = Start(bench, slow, FastModels.File(1, Profile.Fast, 4, 8, 3));
        for (int i = 0; i < 20; i++)
        {
            board.RunOnce();
        }

        Assert.AreEqual(1, slow.Loads);
        Assert.IsGreaterThan(0, Info(board).CompiledBytes);
        Assert.AreEqual(0u, board.Loop.MissedPeriods);
    }

    [TestMethod]
    public void ABoardThatHasNoTimeToSpareGetsItsCodeAllTheSame()
    {
        Bench bench = new();
        bench.Inputs.Count = _ =>
        {
            bench.Clock.Microseconds += 60_000;
            return 1000;
        };
        TeachableBoard board = Start(bench, Platform, FastModels.File(1, Profile.Fast, 4, 8, 3));
        int periods = 0;
        while (Info(board).CompiledBytes == 0)
        {
            board.RunOnce();
            periods++;
            Assert.IsLessThan(2000, periods);
        }

        Assert.IsGreaterThan(50u, board.Loop.MissedPeriods);
        Assert.IsGreaterThan(500, periods, "a step in each eighth period");
    }

    [TestMethod]
    public void ABoardWithoutAModelCompilesNothing()
    {
        TeachableBoard board = Start(new Bench(), Platform, []);
        for (int i = 0; i < 20; i++)
        {
            board.RunOnce();
        }

        Assert.AreEqual(TurboRefusal.NotFast, Compiler!.Refusal);
        Assert.AreEqual(0, Info(board).CompiledBytes);
        Assert.IsEmpty(Platform.Images);
        Assert.IsFalse(Compiler!.HasWork(null), "it has looked");
    }

    [TestMethod]
    [DataRow(1, false)]
    [DataRow(1, true)]
    [DataRow(int.MaxValue, false)]
    [DataRow(int.MaxValue, true)]
    public void APinThatFailsIsAFaultWithAndWithoutTurbo(int failures, bool turbo)
    {
        // On while the count is high.
        FloatNetwork network = new(
            new FloatLayer([[1.0 / 2048], [-1.0 / 2048]], [-1.0, 1.0], Activation.Tanh), new FloatLayer([[1.0, -1.0]], [0.0], Activation.Linear));
        FloatModel model = new(network, [new InputSpec("x", "", 0, 4095)], [new OutputSpec("y")]);
        BoardSpec wiring = new(100, [new BoardInput("x", 0, 1)], [new BoardOutput("y", 18, false, 0.5, -0.5)]);
        byte[] file = Converter.Convert(new(model, ModelTask.Regression, wiring, Profile.Fast, AcceptError: double.PositiveInfinity, Work: Examples.QuickProof) { RoundingWork = Examples.QuickProof }).File.Bytes;
        int count = 4000;
        Bench bench = new(_ => count);
        TeachableBoard board = Start(bench, turbo ? Platform : null, file);
        for (int i = 0; i < 5; i++)
        {
            board.RunOnce();
        }

        Assert.AreEqual(turbo, Info(board).CompiledBytes > 0);
        Assert.IsTrue(bench.Pins.Levels[18]);
        count = 100;
        bench.Pins.Failures = failures;
        bench.Pins.BrokenPin = 18;
        for (int i = 0; i < 50 && bench.Reset.Count == 0; i++)
        {
            try
            {
                board.RunOnce();
            }
            catch (InvalidOperationException)
            {
                // From the reset on, which this bench only counts.
                Assert.AreEqual(1, bench.Reset.Count);
            }
        }

        Assert.AreEqual(1u, board.Loop.Faults.Count);
        Assert.AreEqual(FaultCode.Inference, board.Loop.Faults.Last);
        Assert.AreEqual(failures > 1, bench.Reset.Count > 0, "what cannot be driven safe is left to a reset");
        if (failures == 1)
        {
            Assert.IsFalse(bench.Pins.Levels[18]);
            Assert.AreEqual(turbo, Info(board).CompiledBytes > 0, "the code was innocent");
        }
    }

    /// <summary>Each look at the time takes some.</summary>
    private sealed class TickingClock : IBoardClock
    {
        private long _now;

        public int Tick { get; set; }

        public long Microseconds => _now += Tick;

        public void Sleep(int milliseconds) => _now += Math.Max(1, milliseconds) * 1000L;
    }
}
