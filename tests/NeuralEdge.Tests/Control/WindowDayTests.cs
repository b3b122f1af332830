using System.Globalization;
using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Tests.Features;
using NeuralEdge.Tests.Link;

namespace NeuralEdge.Tests.Control;

/// <summary>
/// A board that samples three channels 200 times a second, with other models every few minutes, an ADC that is held up now and then and a flash that takes
/// longer than a period. The day: <c>NEURALEDGE_WINDOW_HOURS=24 dotnet test tests/NeuralEdge.Tests --filter FullyQualifiedName~WindowDayTests</c>.
/// </summary>
[TestClass]
public sealed class WindowDayTests
{
    private const long Second = 1_000_000;
    private const int PeriodMs = 5;
    private const int ByteMicroseconds = 87;
    private const int FlashMicroseconds = 12_000;
    private const int ConversionMicroseconds = 45;
    private const int HoldUpMicroseconds = 18_000;
    private const int ConversionsToHoldUp = 50_000;

    // An hour has six models with windows, and six without, which run for a while only.
    private const int WindowedSeconds = 560;
    private const int PlainSeconds = 40;

    private static readonly BoardOutput Pump = new("y0", 18, ArgMax: false, On: 3000, Off: 2500);

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void EverySampleIsTakenOrCountedMemoryIsFlatAndPinsAreSafeWhileModelsChange()
    {
        double hours = double.Parse(Environment.GetEnvironmentVariable("NEURALEDGE_WINDOW_HOURS") ?? "1", CultureInfo.InvariantCulture);
        Life life = new();
        ModelFile[] models =
        [
            WindowedModels.Create(PeriodMs, 50, 4, 3, ["mean", "std", "maxdiff"], Pump),
            Bench.Identity(3, new BoardSpec(100, [new("x0", 0, 1), new("x1", 1, 1), new("x2", 2, 1)], [Pump]), Activation.Linear),
            WindowedModels.Create(PeriodMs, 32, 2, 3, ["mean", "range", "octave2"], Pump),
            Bench.Identity(3, new BoardSpec(20, [new("x0", 0, 1), new("x1", 1, 1), new("x2", 2, 1)], [Pump]), Activation.Linear),
        ];
        Dictionary<uint, int> memory = [];
        int uploads = 0;
        long end = (long)(hours * 3600 * Second);
        while (life.Now < end)
        {
            ModelFile model = models[uploads++ % models.Length];
            life.Upload(model);
            int bytes = new HeapWalk(part => part.GetType().Assembly == typeof(WindowDayTests).Assembly).Measure(life.Board);
            Assert.AreEqual(memory.GetValueOrDefault(model.Model.Digest, bytes), bytes, $"upload {uploads}: what the board holds depends on the model it runs");
            memory[model.Model.Digest] = bytes;
            life.RunQuietly(model.HasWindows ? WindowedSeconds : PlainSeconds, model);
        }

        PeriodTally tally = life.Tally;
        TestContext.WriteLine(
            $"{life.Now / 3600.0 / Second:F2} hours, {uploads} uploads: {tally.Samples} samples, {tally.Missed} counted as missed, {tally.Uncounted} not, {life.HoldUps} hold-ups; {life.Quiet} stretches, {life.Allocating} of them with {life.Allocated} bytes allocated");
        Assert.AreEqual(0, tally.Uncounted);
        Assert.AreEqual(uploads + 1, tally.Grids, "the factory model has one, too");
        Assert.AreEqual(tally.Elapsed, tally.Covered, "samples and missed ones are all of the time");
        Assert.IsInRange(end - Second, life.Now + Second, tally.Elapsed);
        Assert.IsGreaterThanOrEqualTo(3 * life.HoldUps, tally.Missed);
        Assert.IsGreaterThan(0, life.HoldUps);
        Assert.AreEqual(0u, life.Board.Loop.Faults.Count);

        // The runtime itself allocates a little when it compiles a method anew.
        Assert.IsLessThanOrEqualTo(Allocations.Rounds, life.Allocating, $"{life.Allocated} bytes");
    }

    /// <summary>The tally can fail: by a sample too few, by one that is late, and by one that is late and not counted.</summary>
    [TestMethod]
    public void ASampleThatIsLostAndNotCountedIsNoticed()
    {
        PeriodTally tally = new();
        tally.TakeFirst(0, 5, 100, 105, 1, 0);
        tally.Take(5, 105, 110, 1, 0);
        tally.Take(5, 121, 125, 1, 2);
        Assert.AreEqual((3, 2, 25, 1), (tally.Samples, tally.Missed, tally.Covered, tally.Grids));
        Assert.Throws<AssertFailedException>(() => tally.Take(5, 126, 130, 0, 2));
        Assert.Throws<AssertFailedException>(() => tally.Take(5, 130, 130, 1, 2));
        Assert.Throws<AssertFailedException>(() => tally.Take(5, 131, 135, 1, 2));
        Assert.Throws<AssertFailedException>(() => tally.Take(5, 120, 130, 1, 2));
        tally.TakeFirst(5, 20, 124, 144, 1, 2);
        Assert.AreEqual((0, 44), (tally.Uncounted, tally.Covered), "less than a period of the first grid was left");
        tally.TakeFirst(20, 5, 164, 169, 1, 2);
        Assert.AreEqual(2, tally.Uncounted, "144 and 164");
        Assert.AreEqual((69, 49), (tally.Elapsed, tally.Covered));
    }

    /// <summary>The board and its host, and what is seen of it.</summary>
    private sealed class Life
    {
        private readonly Bench _bench;
        private readonly ScriptedHost _host;
        private readonly ControlLoop _loop;
        private long _began;
        private int _samples;
        private int _conversions;
        private bool _isBeforeDecision;
        private uint _decisions;

        internal Life()
        {
            _bench = new Bench(flashMicroseconds: FlashMicroseconds);
            _bench.Inputs.Count = Convert;
            _bench.Settings.PeriodMs = PeriodMs;
            _host = new ScriptedHost(_bench.Clock, ByteMicroseconds);
            _bench.Parts.Link = _host;
            _bench.Outputs.DriveSafe();
            Board = new TeachableBoard(_bench.Parts, _bench.Settings, Bench.Identity(1, PeriodMs).Bytes);
            Board.Start();
            _loop = Board.Loop;
            Board.RunOnce();
            Tally.TakeFirst(0, _loop.Period, _began, Due, _samples, _loop.MissedPeriods);
        }

        internal TeachableBoard Board { get; }

        internal PeriodTally Tally { get; } = new();

        internal int HoldUps { get; private set; }

        /// <summary>Stretches without an upload.</summary>
        internal int Quiet { get; private set; }

        /// <summary>How many of them allocated anything.</summary>
        internal int Allocating { get; private set; }

        internal long Allocated { get; private set; }

        internal long Now => _bench.Clock.Microseconds;

        private long Due => Now + _loop.Remaining();

        internal void Upload(ModelFile model)
        {
            _host.Replies.Clear();
            _host.EnqueueUpload(model.Bytes);
            long begin = Now;
            while (!_host.IsDone)
            {
                Period();
                Assert.IsLessThan(begin + (60 * Second), Now, $"the host waits for ever: {string.Join(' ', _host.Replies)} {Board.Info().State}");
            }

            Assert.IsTrue(_host.Replies.TrueForAll(status => status == RequestStatus.Ok), string.Join(' ', _host.Replies));
            Assert.AreEqual(model.Model.Digest, _loop.Model.Digest);
            Assert.AreEqual(ModelState.Confirmed, Board.Info().State);
        }

        internal void RunQuietly(int seconds, ModelFile model)
        {
            RunUntil(Now + (10 * Second));
            long samples = Tally.Samples + Tally.Missed;
            uint decisions = _loop.InferenceCount;
            long before = GC.GetAllocatedBytesForCurrentThread();
            RunUntil(Now + ((seconds - 10) * Second));
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Quiet++;
            Allocating += allocated > 0 ? 1 : 0;
            Allocated += allocated;

            // None of the hold-ups is long enough to begin a window anew.
            long periods = Tally.Samples + Tally.Missed - samples;
            long decided = _loop.InferenceCount - decisions;
            int hop = model.Model.Windows?.Shape.Hop ?? 1;
            Assert.IsInRange((periods / hop) - (hop == 1 ? Tally.Missed : 1), (periods / hop) + 1, decided);
            Assert.IsTrue(_bench.Pins.Levels[18], "the model is at work");
        }

        private void RunUntil(long end)
        {
            while (Now < end)
            {
                Period();
            }
        }

        private void Period()
        {
            int models = _loop.ModelCount;
            long period = _loop.Period;
            _samples = 0;
            Board.RunOnce();
            if (_loop.ModelCount == models)
            {
                Tally.Take(_loop.Period, _began, Due, _samples, _loop.MissedPeriods);
            }
            else
            {
                Tally.TakeFirst(period, _loop.Period, _began, Due, _samples, _loop.MissedPeriods);
                _isBeforeDecision = _loop.Model.Windows is not null;
                _decisions = _loop.InferenceCount;
            }

            _isBeforeDecision &= _loop.InferenceCount == _decisions;
            if (_isBeforeDecision && !_bench.IsSafe())
            {
                Assert.Fail($"a pin is on at {Now}, before a window has ended");
            }
        }

        private int Convert(int channel)
        {
            if (channel == 0)
            {
                _samples++;
                _began = Now;
            }

            _bench.Clock.Microseconds += ConversionMicroseconds;
            if (++_conversions == ConversionsToHoldUp)
            {
                _conversions = 0;
                HoldUps++;
                _bench.Clock.Microseconds += HoldUpMicroseconds;
            }

            return 3200 + (_conversions & 255) + channel;
        }
    }
}
