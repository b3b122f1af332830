using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Storage;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Simulator.Turbo;
using NeuralEdge.Tests.Control;
using NeuralEdge.Tests.Storage;
using NeuralEdge.Turbo;

namespace NeuralEdge.Tests.Turbo;

/// <summary>A board remembers starts that ended while its code was new, and gives such code up.</summary>
[TestClass]
public sealed class TurboStartTests : TurboBoard
{
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
        board = Start(bench, Platform, file);
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
            refusal = Compiler!.Refusal;
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
        TeachableBoard board = Start(bench, Platform, FastModels.File(1, Profile.Fast, 4, 8, 3));
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
        TeachableBoard board = Start(new Bench(files: flash), Platform, FastModels.File(1, Profile.Fast, 4, 8, 3));
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

        Assert.AreEqual(TurboRefusal.Load, Compiler!.Refusal);
        Assert.AreEqual(-1, flash.GetLength("turbo"));
    }

    [TestMethod]
    public void AnotherModelMakesUpForTheStartsBeforeButNotForThisOne()
    {
        FakeFiles flash = new(new FakeClock(), 0);
        TurboGuard guard = new(flash);
        for (int start = 0; start < TurboGuard.MaxStarts; start++)
        {
            guard = new TurboGuard(flash);
            Assert.IsTrue(guard.Allows());
            guard.Open();
        }

        Assert.IsFalse(new TurboGuard(flash).Allows());
        guard.Forgive();
        Assert.AreEqual(1, flash.GetLength("turbo"));
        guard = new TurboGuard(flash);
        guard.Forgive();
        Assert.AreEqual(-1, flash.GetLength("turbo"), "nothing is on trial");
    }

    [TestMethod]
    public void WithoutFlashToWriteItDownNothingIsLoaded()
    {
        Bench bench = new(files: new FakeFiles(new FakeClock(), 0) { IsBroken = true });
        TeachableBoard board = Start(bench, Platform, FastModels.File(1, Profile.Fast, 4, 8, 3));
        for (int i = 0; i < 10; i++)
        {
            board.RunOnce();
        }

        Assert.IsEmpty(Platform.Images);
        Assert.AreEqual((int)TurboRefusal.Load, Info(board).TurboRefusal);
    }

    [TestMethod]
    public void AFlashThatCannotBeReadAllowsNoCode()
    {
        Assert.IsTrue(new TurboGuard(new FakeFiles(new FakeClock(), 0)).Allows());
        Assert.IsFalse(new TurboGuard(new UnreadableFiles(new FakeFiles(new FakeClock(), 0))).Allows(), "it may have been written down three times");
    }

    /// <summary>Nobody knows what is in these files.</summary>
    private sealed class UnreadableFiles(IFileStore files) : PlantedFault(files)
    {
        public override int GetLength(string name) => throw new IOException("planted");
    }
}
