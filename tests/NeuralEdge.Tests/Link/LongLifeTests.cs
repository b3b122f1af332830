using System.Globalization;
using NeuralEdge.Board.Security;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;
using NeuralEdge.Networks;
using NeuralEdge.Tests.Cli;
using NeuralEdge.Tests.Control;

namespace NeuralEdge.Tests.Link;

/// <summary>
/// A day of a board, quickly: 500 uploads, 500 restarts and a noisy line, with a sensor that is stuck most of the time; once open and once
/// keyed. A week:
/// <c>NEURALEDGE_HOURS=168 dotnet test tests/NeuralEdge.Tests --filter FullyQualifiedName~LongLifeTests</c>.
/// </summary>
[TestClass]
public sealed class LongLifeTests
{
    private const int UploadsOfADay = 500;
    private const int PeriodMs = 250;
    private const int MinOnMs = 2000;
    private const int MinOffMs = 3000;
    private const int MaxOnMs = 10_000;
    private const int DeadTimeMs = 500;

    /// <summary>An inference may wait for a slice of the link that has begun.</summary>
    private const int SliceMs = 20;

    private static readonly int[] Grouped = [19, 21];

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void MemoryStaysFlatEveryInferenceIsRightAndNoLimitOfALoadIsBroken() => Live(owner: null);

    /// <summary>
    /// The same of a keyed board: every upload is signed, with a higher security number each time, and so is every restart; at noon
    /// the keys are replaced and reading is closed, so that live values are the owner's, too.
    /// </summary>
    [TestMethod]
    public void AKeyedBoardLivesTheSameDay()
    {
        using Scratch scratch = new();
        Live(new Owner(KeyFile.Create(scratch.PathOf("morning")), KeyFile.Create(scratch.PathOf("afternoon"))));
    }

    private void Live(Owner? owner)
    {
        double hours = double.Parse(Environment.GetEnvironmentVariable("NEURALEDGE_HOURS") ?? "24", CultureInfo.InvariantCulture);
        int uploads = (int)Math.Ceiling(hours * UploadsOfADay / 24);
        ModelFile[] models = [.. new[] { 1500, 2000, 2500 }.Select(MakeModel)];
        using VirtualBoard board = new(seed: 9, new LineFaults(Drop: 4, Repeat: 4, Corrupt: 4, Noise: 4)) { Counts = Sensor };
        PinLog pins = new();
        board.PinWritten = pins.Write;
        BoardLink link = board.Connect(owner?.Morning);
        if (owner is not null)
        {
            Assert.AreEqual(SecurityMode.Keyed, link.ProvisionFirst(owner.Morning, closeReading: false).SecurityMode);
        }

        Dictionary<(uint, SecurityMode), int> memory = [];
        int inferences = 0;
        for (int k = 0; k < uploads; k++)
        {
            if (owner is not null && k == uploads / 2)
            {
                Assert.AreEqual(SecurityMode.ReadingClosed, link.Provision(owner.Afternoon, closeReading: true, now: owner.Morning).SecurityMode);
                link.Dispose();
                link = board.Connect(owner.Afternoon);
            }

            ModelFile model = models[k % models.Length];
            link.Upload(model.Bytes, version: owner is null ? null : new ModelVersion((uint)k, Older: false));
            BoardReport report = link.Info();
            Assert.AreEqual(owner is null ? (SecurityMode.Open, 0u) : (k < uploads / 2 ? SecurityMode.Keyed : SecurityMode.ReadingClosed, (uint)k), (report.SecurityMode, report.SecurityNumber));
            Measure(board, model, report.SecurityMode, memory);
            link.Subscribe(1);
            long until = board.Now + (long)(hours * 3600e6 / uploads);
            while (board.Now < until)
            {
                if (link.ReadLive(TimeSpan.FromSeconds(2)) is not LiveValues live)
                {
                    // A frame was lost with the next ones behind it; the host asks again.
                    link.Subscribe(1);
                    continue;
                }

                Assert.AreEqual(model.Model.Digest, live.Digest);
                CollectionAssert.AreEqual(model.Run(live.Inputs), live.Outputs, $"inference {inferences}");
                inferences++;
            }

            pins.IsRestarting = true;
            link.Reset();
            pins.IsRestarting = false;
            Assert.AreEqual(model.Model.Digest, link.Info().Digest, "what was confirmed runs after a restart");
        }

        link.Dispose();

        TestContext.WriteLine($"{hours} hours{(owner is null ? "" : " keyed")}, {uploads} uploads, {board.Restarts} restarts, {inferences} inferences compared, {pins.Changes} changes of pins, {pins.Rests} at the longest time on");
        Assert.IsGreaterThanOrEqualTo(uploads, board.Restarts);
        Assert.IsGreaterThan((int)(hours * 3600 * 1000 / PeriodMs / 2), inferences);
        Assert.IsGreaterThan(uploads, pins.Rests);
    }

    /// <summary>The log can fail: each limit is broken once.</summary>
    [TestMethod]
    public void ABrokenLimitIsNoticed()
    {
        const long Second = 1_000_000;
        (long, int, bool)[][] broken =
        [
            [(0, 18, true), (11 * Second, 18, false)],
            [(0, 18, true), (1 * Second, 18, false)],
            [(0, 18, true), (5 * Second, 18, false), (7 * Second, 18, true)],
            [(0, 19, true), (1 * Second, 21, true)],
            [(0, 19, true), (5 * Second, 19, false), ((5 * Second) + 400_000, 21, true)],
        ];
        foreach ((long, int, bool)[] changes in broken)
        {
            PinLog pins = new();
            Assert.Throws<AssertFailedException>(() => Array.ForEach(changes, change => pins.Write(change.Item1, change.Item2, change.Item3)), string.Join(' ', changes));
        }
    }

    // High for 40 s and low for 20, with a glance at the other side now and then.
    private static int Sensor(int channel, long now)
    {
        long second = now / 1_000_000;
        bool high = (second + (channel * 25)) % 60 < 40;
        return (second % 97 == 5 ? !high : high) ? 3000 + (int)(now / 1000 % 16) : 400 + (int)(now / 1000 % 16);
    }

    private static ModelFile MakeModel(int threshold) => Bench.Identity(
        3,
        new BoardSpec(
            PeriodMs,
            [new BoardInput("x0", 0, 1), new BoardInput("x1", 1, 1), new BoardInput("x2", 2, 1)],
            [
                Limited(new BoardOutput("y0", 18, ArgMax: false, On: threshold, Off: threshold - 200)),
                Limited(new BoardOutput("y1", 19, ArgMax: false, On: threshold, Off: threshold - 200, Group: "bridge")),
                Limited(new BoardOutput("y2", 21, ArgMax: false, On: threshold, Off: threshold - 200, Group: "bridge")),
            ],
            DeadTimeMs: DeadTimeMs),
        Activation.Linear);

    private static BoardOutput Limited(BoardOutput output) => output with { MinOnMs = MinOnMs, MinOffMs = MinOffMs, MaxOnMs = MaxOnMs, RestMs = 4000 };

    // What the board holds depends on the model it runs and on who may do what, and on nothing that was before.
    private static void Measure(VirtualBoard board, ModelFile model, SecurityMode mode, Dictionary<(uint, SecurityMode), int> memory)
    {
        int bytes = new HeapWalk(part => part.GetType().Assembly == typeof(LongLifeTests).Assembly).Measure(board.Board);
        if (!memory.TryAdd((model.Model.Digest, mode), bytes))
        {
            Assert.AreEqual(memory[(model.Model.Digest, mode)], bytes);
        }
    }

    /// <summary>Who has the keys of a board.</summary>
    /// <param name="Morning">Its keys in the first half of the day.</param>
    /// <param name="Afternoon">And in the second.</param>
    private sealed record Owner(KeyFile Morning, KeyFile Afternoon);

    /// <summary>Changes of the pins, held to the limits of their loads.</summary>
    private sealed class PinLog
    {
        private readonly Dictionary<int, (bool High, long At)> _pins = [];
        public int Changes { get; private set; }

        public int Rests { get; private set; }

        /// <summary>A restart makes times on short, and only those.</summary>
        public bool IsRestarting { get; set; }

        public void Write(long now, int pin, bool high)
        {
            (bool before, long at) = _pins.GetValueOrDefault(pin, (false, long.MinValue / 2));
            if (before == high)
            {
                return;
            }

            Changes++;
            double ms = (now - at) / 1000.0;
            if (high)
            {
                Assert.IsGreaterThanOrEqualTo(MinOffMs, ms, $"GPIO {pin} was off for {ms} ms");
                foreach (int other in Grouped.Where(other => Grouped.Contains(pin) && other != pin))
                {
                    (bool on, long changed) = _pins.GetValueOrDefault(other, (false, long.MinValue / 2));
                    Assert.IsFalse(on, $"GPIO {other} and {pin} at once");
                    Assert.IsGreaterThanOrEqualTo(DeadTimeMs, (now - changed) / 1000.0, $"GPIO {pin} after {other}");
                }
            }
            else
            {
                Assert.IsLessThanOrEqualTo(MaxOnMs + PeriodMs + SliceMs, ms, $"GPIO {pin} was on for {ms} ms");
                Assert.IsTrue(IsRestarting || ms >= MinOnMs, $"GPIO {pin} was on for {ms} ms");
                Rests += ms >= MaxOnMs ? 1 : 0;
            }

            _pins[pin] = (high, now);
        }
    }
}
