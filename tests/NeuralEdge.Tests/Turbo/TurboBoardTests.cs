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

/// <summary>A whole board with turbo, in a time that only the hardware's costs move.</summary>
[TestClass]
public sealed class TurboBoardTests
{
    private readonly SimulatedCodeLoader _platform = new();

    /// <summary>The idle work of the board that was started last.</summary>
    private TurboCompiler? _compiler;

    [TestMethod]
    public void AModelIsCompiledBesideItsWorkAndTheHostIsTold()
    {
        byte[] file = FastModels.File(1, Profile.Fast, 4, 8, 3);
        TeachableBoard board = Start(new Bench(channel => 500 + (400 * channel)), _platform, file);
        Assert.AreEqual(0, Info(board).CompiledBytes);
        board.RunOnce();
        board.RunOnce();
        Assert.AreEqual(_platform.Images.Single().Length, Info(board).CompiledBytes);
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
        TeachableBoard board = Start(bench, _platform, FactoryModel.GetBytes());
        int compiled = 0;
        for (int operation = 0; operation < 400; operation++)
        {
            switch (random.Next(8))
            {
                case 0 or 1 or 2 or 3:
                    Assert.AreEqual(RequestStatus.Ok, Upload(board, files[random.Next(files.Length)], random));
                    break;
                case 4:
                    _ = board.Updates.Confirm();
                    break;
                case 5:
                    _ = Finish(board, board.Updates.Revert(), random);
                    break;
                case 6:
                    AssertAnswer(board, references, random);
                    break;
            }

            for (int periods = random.Next(4); periods > 0; periods--)
            {
                // One step at a time, so that other things happen in the middle of it.
                if (random.Next(3) > 0 && _compiler!.HasWork(board.Loop.Model))
                {
                    for (int steps = random.Next(40); steps > 0; steps--)
                    {
                        _ = _compiler!.Step(board.Loop.Model);
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
        Assert.HasCount(2, _platform.Images);
    }

    [TestMethod]
    public void CodeThatThrowsGivesWayToTheRowsInTheSamePeriodAndWithoutAFault()
    {
        byte[] file = FastModels.File(1, Profile.Fast, 4, 8, 3);
        TeachableBoard board = Start(new Bench(channel => 500 + (400 * channel)), _platform, file);
        board.RunOnce();
        board.RunOnce();
        Assert.IsGreaterThan(0, Info(board).CompiledBytes);
        Ruin(_platform.Images[0]);
        uint inferences = board.Loop.InferenceCount;
        Assert.IsTrue(board.Loop.RunPeriod());
        Assert.AreEqual(inferences + 1, board.Loop.InferenceCount);
        AssertRight(board, FastModels.Read(file));
        Assert.AreEqual(0, Info(board).CompiledBytes);
        board.RunOnce();
        Assert.AreEqual(TurboRefusal.Failure, _compiler!.Refusal);
        Assert.AreEqual(0u, board.Loop.Faults.Count);
        Assert.HasCount(1, _platform.Images);
    }

    [TestMethod]
    public void AQuestionIsAnsweredByTheRowsWhenTheCodeThrows()
    {
        byte[] file = FastModels.File(1, Profile.Fast, 4, 8, 3);
        TeachableBoard board = Start(new Bench(), _platform, file);
        board.RunOnce();
        board.RunOnce();
        Ruin(_platform.Images[0]);
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
        TeachableBoard board = Start(bench, _platform, FastModels.File(1, Profile.Fast, 4, 8, 3));
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
        TeachableBoard board = Start(new Bench(), _platform, []);
        for (int i = 0; i < 20; i++)
        {
            board.RunOnce();
        }

        Assert.AreEqual(TurboRefusal.NotFast, _compiler!.Refusal);
        Assert.AreEqual(0, Info(board).CompiledBytes);
        Assert.IsEmpty(_platform.Images);
        Assert.IsFalse(_compiler!.HasWork(null), "it has looked");
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
        byte[] file = Converter.Convert(new(model, ModelTask.Regression, wiring, Profile.Fast, Work: 1e5)).File.Bytes;
        int count = 4000;
        Bench bench = new(_ => count);
        TeachableBoard board = Start(bench, turbo ? _platform : null, file);
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

    [TestMethod]
    public void AStartThatEndsWhileCodeIsNewIsTriedThriceAndThenNoMoreUntilAnotherModelComes()
    {
        byte[] file = FastModels.File(1, Profile.Fast, 4, 8, 3);
        FakeFiles flash = new(new FakeClock(), 0);
        int loads = 0;
        Bench bench = new(files: flash);
        PlantedLoader hanging = new(image =>
        {
            // As long as the supervisor allows and more: no exception tells of that.
            loads++;
            bench.Supervisor.Check();
            bench.Clock.Microseconds += 30_000_000;
            bench.Supervisor.Check();
            throw new NotSupportedException("the board has been reset by now");
        });
        for (int start = 0; start < TurboGuard.MaxStarts; start++)
        {
            bench = new(files: flash);
            TeachableBoard dying = Start(bench, hanging, file);
            for (int i = 0; i < 100 && bench.Reset.Count == 0; i++)
            {
                dying.RunOnce();
            }

            Assert.AreEqual(1, bench.Reset.Count);
            Assert.AreEqual(start + 1, loads);
        }

        bench = new(files: flash);
        TeachableBoard board = Start(bench, hanging, file);
        for (int i = 0; i < 100; i++)
        {
            board.RunOnce();
        }

        Assert.AreEqual(0, bench.Reset.Count);
        Assert.AreEqual(TurboGuard.MaxStarts, loads);
        Assert.AreEqual((int)TurboRefusal.Starts, Info(board).TurboRefusal);
        AssertRight(board, FastModels.Read(file));

        // Another model begins anew, here on a platform that works; what has worked for some time is forgotten.
        bench = new(files: flash);
        board = Start(bench, _platform, file);
        Assert.AreEqual(RequestStatus.Ok, Upload(board, FastModels.File(2, Profile.Fast, 4, 8, 3), new PortableRandom(1)));
        for (int i = 0; i < TurboGuard.TrialPeriods + 5; i++)
        {
            board.RunOnce();
        }

        Assert.IsGreaterThan(0, Info(board).CompiledBytes);
        Assert.AreEqual(-1, flash.GetLength("turbo"));
    }

    [TestMethod]
    public void ABusyBoardThatEndsWheneverItsCodeIsUsedGivesItUpToo()
    {
        byte[] file = FastModels.File(1, Profile.Fast, 4, 8, 3);
        FakeFiles flash = new(new FakeClock(), 0);
        int used = 0;
        TurboRefusal refusal = TurboRefusal.None;
        for (int start = 0; start < 6; start++)
        {
            // No time to spare: a step of the compiler in each eighth period, so that it takes long from loading to use.
            Bench bench = new(files: flash);
            bench.Inputs.Count = _ =>
            {
                bench.Clock.Microseconds += 60_000;
                return 1000;
            };
            TeachableBoard board = Start(bench, new SimulatedCodeLoader(), file);
            for (int i = 0; i < 2000 && Info(board).CompiledBytes == 0; i++)
            {
                board.RunOnce();
            }

            used += Info(board).CompiledBytes > 0 ? 1 : 0;
            refusal = _compiler!.Refusal;
        }

        Assert.AreEqual(TurboGuard.MaxStarts, used);
        Assert.AreEqual(TurboRefusal.Starts, refusal);
    }

    [TestMethod]
    public void CodeIsNotTrustedBecauseOfPeriodsInWhichItDidNotRun()
    {
        FakeFiles flash = new(new FakeClock(), 0);
        bool fails = false;
        Bench bench = new(_ => fails ? throw new InvalidOperationException("no ADC") : 1000, files: flash);
        bench.Settings.FaultsBeforeReset = 1000;
        TeachableBoard board = Start(bench, _platform, FastModels.File(1, Profile.Fast, 4, 8, 3));
        board.RunOnce();
        board.RunOnce();
        Assert.IsGreaterThan(0, Info(board).CompiledBytes);
        fails = true;
        for (int i = 0; i < 5 * TurboGuard.TrialPeriods; i++)
        {
            board.RunOnce();
        }

        Assert.AreEqual(1, flash.GetLength("turbo"));
        fails = false;
        for (int i = 0; i < 100 * TurboGuard.TrialPeriods && flash.GetLength("turbo") > 0; i++)
        {
            board.RunOnce();
        }

        Assert.AreEqual(-1, flash.GetLength("turbo"));
        Assert.IsGreaterThan(0, Info(board).CompiledBytes);
    }

    [TestMethod]
    public void ARestartThatSomebodyAsksForIsNoneThatWentWrong()
    {
        FakeFiles flash = new(new FakeClock(), 0);
        TeachableBoard board = Start(new Bench(files: flash), _platform, FastModels.File(1, Profile.Fast, 4, 8, 3));
        board.RunOnce();
        board.RunOnce();
        Assert.AreEqual(1, flash.GetLength("turbo"));
        board.Restart();
        Assert.AreEqual(-1, flash.GetLength("turbo"));
    }

    [TestMethod]
    public void CodeThatIsGivenUpLeavesNoMark()
    {
        FakeFiles flash = new(new FakeClock(), 0);
        TeachableBoard board = Start(new Bench(files: flash), new PlantedLoader(_ => throw new NotSupportedException()), FastModels.File(1, Profile.Fast, 4, 8, 3));
        for (int i = 0; i < 5; i++)
        {
            board.RunOnce();
        }

        Assert.AreEqual(TurboRefusal.Load, _compiler!.Refusal);
        Assert.AreEqual(-1, flash.GetLength("turbo"));
    }

    [TestMethod]
    public void WithoutFlashToWriteItDownNothingIsLoaded()
    {
        Bench bench = new(files: new FakeFiles(new FakeClock(), 0) { IsBroken = true });
        TeachableBoard board = Start(bench, _platform, FastModels.File(1, Profile.Fast, 4, 8, 3));
        for (int i = 0; i < 10; i++)
        {
            board.RunOnce();
        }

        Assert.IsEmpty(_platform.Images);
        Assert.AreEqual((int)TurboRefusal.Load, Info(board).TurboRefusal);
    }

    private TeachableBoard Start(Bench bench, ICodeLoader? loader, byte[] factoryModel)
    {
        _compiler = TurboCompiler.Open(loader, 32768, bench.Parts.Files);
        bench.Parts.IdleWork = _compiler;
        bench.Outputs.DriveSafe();
        TeachableBoard board = new(bench.Parts, bench.Settings, factoryModel);
        board.Start();
        return board;
    }

    private static BoardInfo Info(TeachableBoard board)
    {
        BoardInfo info = new();
        board.Report(info);
        return info;
    }

    private static void Ruin(byte[] image) => image.AsSpan(image.Length - 200, 196).Clear();

    private RequestStatus Upload(TeachableBoard board, byte[] file, PortableRandom random)
    {
        RequestStatus status = Finish(board, board.Updates.Begin(file.Length, BitConverter.ToUInt32(file, file.Length - 4)), random);
        for (int at = board.Updates.UploadOffset; status == RequestStatus.Ok && at < file.Length; at += 256)
        {
            status = board.Updates.Append(at, file, at, Math.Min(256, file.Length - at));
        }

        return status == RequestStatus.Ok ? Finish(board, board.Updates.Commit(), random) : status;
    }

    // Inferences and compiling go on between the pieces of an operation.
    private RequestStatus Finish(TeachableBoard board, RequestStatus status, PortableRandom random)
    {
        while (status == RequestStatus.Working)
        {
            status = board.Updates.Poll();
            if (random.Next(8) == 0)
            {
                _ = _compiler!.Step(board.Loop.Model);
                _ = board.Loop.RunPeriod();
            }
        }

        return status;
    }

    // What the last period has left is what the planned passes of the same model make of the same inputs.
    private static void AssertRight(TeachableBoard board, Model reference)
    {
        for (int i = 0; i < reference.Network.InputCount; i++)
        {
            Assert.IsTrue(reference.Network.SetInput(i, board.Loop.GetInput(i)));
        }

        reference.Network.Forward();
        for (int o = 0; o < reference.Network.OutputCount; o++)
        {
            Assert.AreEqual(reference.Network.Outputs[o], board.Loop.GetOutput(o));
        }
    }

    private static void AssertAnswer(TeachableBoard board, Dictionary<uint, Model> references, PortableRandom random)
    {
        Model reference = references[board.Loop.ModelDigest];
        for (int i = 0; i < reference.Network.InputCount; i++)
        {
            int low = reference.Network.GetInputMinimum(i);
            int raw = low + random.Next(reference.Network.GetInputMaximum(i) - low + 1);
            reference.Network.SetInput(i, raw);
            Assert.AreEqual(RequestStatus.Ok, board.Questions.Set(i, raw));
        }

        board.Questions.Ask();
        reference.Network.Forward();
        for (int o = 0; o < reference.Network.OutputCount; o++)
        {
            Assert.AreEqual(reference.Network.Outputs[o], board.Questions.GetAnswer(o));
        }
    }
}
