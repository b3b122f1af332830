using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Host;
using NeuralEdge.Models;
using NeuralEdge.Simulator;
using NeuralEdge.Simulator.Sensors;
using NeuralEdge.Tests.Control;
using NeuralEdge.Tests.Link;
using NeuralEdge.Tests.Storage;
using NeuralEdge.Tests.Turbo;

namespace NeuralEdge.Tests.Simulator;

/// <summary>
/// Four reverts that once said Ok and did something else, on the simulated board with the firmware's own settings: what the reply says,
/// what a pin does meanwhile, and what a restart runs.
/// </summary>
[TestClass]
public sealed class RevertedBoardTests : IDisposable
{
    private const int Pin = 18;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly BoardOutput Pump = new("y0", Pin, ArgMax: false, On: 3000, Off: 2500);
    private static readonly byte[] First = Bench.Identity(1, 20, Pump).Bytes;
    private static readonly byte[] Second = Bench.Identity(2, 20, Pump).Bytes;

    private readonly List<bool> _levels = [];
    private readonly SimulatedBoard _board = new(new SimulatedBoardOptions { HeapBytes = 128 * 1024, Sensors = new Steady(), FlashCommitMilliseconds = 0 });

    public void Dispose() => _board.Dispose();

    [TestMethod]
    public void WithTheDefaultLimitsTheWayBackFromAFastModelToALargeExactOneFits()
    {
        const int Limit = 65_536;
        byte[] exact = Bench.Identity(48, 20, Pump).Bytes;
        byte[] fast = FastModels.File(1, Profile.Fast, 2, 4, 2);
        Assert.IsGreaterThan(12_000, exact.Length);
        (int exactRuns, int exactLoads) = SizesOf(exact);
        (int fastRuns, int fastLoads) = SizesOf(fast);
        string sizes = $"{exactRuns}, {exactLoads} and {fastRuns}, {fastLoads}";
        Assert.IsGreaterThan(Limit, exactLoads + fastRuns, sizes);
        Assert.IsLessThanOrEqualTo(Limit, fastLoads + exactRuns, sizes);
        using BoardLink link = Start();
        Assert.AreEqual(Limit, link.Info().MaxHeapBytes);
        link.Upload(exact, anyway: true);
        Assert.IsTrue(_board.WaitForPin(Pin, true, Patience));
        link.Upload(fast, anyway: true);
        AssertGoesBackTo(link, exact, ModelState.Confirmed);
        Assert.IsTrue(_board.WaitForPin(Pin, true, Patience));
        AssertStartsWith(link, exact);
        AssertLevels("the pump, the model that drives no pin, the pump, the restart, the pump", false, true, false, true, false, true);
    }

    [TestMethod]
    public void PastARottenSlotTheRevertedModelDoesNotRunOn()
    {
        using BoardLink link = Start();
        Confirm(link, First, Second);
        string slot = Path.Combine(_board.StateFolder, "m0.nem");
        byte[] content = File.ReadAllBytes(slot);
        content[60] ^= 1;
        File.WriteAllBytes(slot, content);
        AssertGoesBackTo(link, FactoryModel.GetBytes(), ModelState.Factory);
        content[60] ^= 1;
        File.WriteAllBytes(slot, content);
        AssertStartsWith(link, FactoryModel.GetBytes());
        AssertLevels("the pump, and off for good", false, true, false, false);
    }

    [TestMethod]
    public void AConfirmationThatFailedToReportAndWasWrittenIsTakenBackForGood()
    {
        using BoardLink link = Start();
        Confirm(link, First);
        link.Upload(Second, confirm: false);
        bool fails = true;
        _board.FlashReading += file =>
        {
            if (fails && file.EndsWith(".log", StringComparison.Ordinal))
            {
                throw new IOException("planted");
            }
        };
        BoardReport shown = link.Info();
        Assert.AreEqual(RequestStatus.StorageUnknown, Assert.ThrowsExactly<BoardRefusedException>(() => link.Confirm(shown, anyway: true)).Status);
        Assert.AreEqual(ModelState.Test, link.Info().State);
        fails = false;
        AssertGoesBackTo(link, First, ModelState.Confirmed);
        AssertStartsWith(link, First);
        Assert.IsTrue(_board.WaitForPin(Pin, true, Patience));
        AssertLevels("the pump runs through all of it, but for the restart", false, true, false, true);
    }

    [TestMethod]
    public void AfterABeginThatFailedTheReplyNamesTheModelThatARestartRuns()
    {
        using BoardLink link = Start();
        Confirm(link, First, Second);
        bool fails = true;
        _board.FlashChanging += file =>
        {
            if (fails && file == "m0.nem")
            {
                throw new IOException("planted");
            }
        };
        byte[] third = Bench.Identity(3, 20, Pump).Bytes;
        Assert.AreEqual(RequestStatus.StorageFailed, Assert.ThrowsExactly<BoardRefusedException>(() => link.Upload(third)).Status);
        fails = false;
        AssertGoesBackTo(link, First, ModelState.Confirmed);
        AssertStartsWith(link, First);
        Assert.IsTrue(_board.WaitForPin(Pin, true, Patience));
        AssertLevels("the pump runs through all of it, but for the restart", false, true, false, true);
    }

    private static (int Running, int Loading) SizesOf(byte[] file)
    {
        Model model = FastModels.Read(file);
        return (ModelMemory.Of(model), ModelMemory.WhileLoading(model));
    }

    private static void AssertGoesBackTo(BoardLink link, byte[] file, ModelState state)
    {
        BoardReport report = link.Revert();
        Assert.AreEqual((state, StoreBoard.DigestOf(file)), (report.State, report.Digest));
    }

    private BoardLink Start()
    {
        _board.PinChanged += change =>
        {
            if (change is { Pin: Pin, Level: bool level })
            {
                lock (_levels)
                {
                    _levels.Add(level);
                }
            }
        };
        _board.Start();
        return BoardLink.Connect(_board.Address);
    }

    private void Confirm(BoardLink link, params byte[][] models)
    {
        foreach (byte[] model in models)
        {
            Assert.AreEqual(ModelState.Confirmed, link.Upload(model, anyway: true).State);
            Assert.IsTrue(_board.WaitForPin(Pin, true, Patience));
        }
    }

    private void AssertStartsWith(BoardLink link, byte[] file)
    {
        _board.Reset();
        Assert.AreEqual(StoreBoard.DigestOf(file), link.Info().Digest, "the next start runs what the reply said");
    }

    private void AssertLevels(string story, params bool[] levels)
    {
        lock (_levels)
        {
            CollectionAssert.AreEqual(levels, _levels, $"{story}: {string.Join(' ', _levels)}");
        }
    }

    /// <summary>Sensors that always read the same.</summary>
    private sealed class Steady : ISensors
    {
        public double ReadCount(int channel, TimeSpan at) => 3500;

        public void PinChanged(PinEvent change)
        {
        }
    }
}
