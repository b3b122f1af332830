using nanoFramework.TestFramework;
using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Models;

namespace NeuralEdge.DeviceTests
{
    /// <summary>What a board keeps of itself, outside of every model: NAME, CORRECT and CORRECTION on the interpreter.</summary>
    [TestClass]
    public class RecordTests
    {
        // Channel 0 reads 210 where 372 would be right, and 2950 where 3103 would be.
        private static readonly byte[] Points = new byte[] { 0, 210, 0, 0x74, 0x01, 0x86, 0x0B, 0x1F, 0x0C };

        /// <summary>A correction holds for the model that runs from its next period on, and for those of later starts.</summary>
        [TestMethod]
        public void ACorrectionHoldsAtOnceAndIsKept()
        {
            MemoryFiles files = new MemoryFiles();
            Bench bench = new Bench();
            bench.Count = 2000;
            BoardHost host = new BoardHost(files, bench, "");
            int plain = InputOf(host);
            Says(host, 0, 16384, 0, 0);
            Assert.AreEqual((int)RequestStatus.Ok, (int)host.Ask(LinkRequest.Correct, Points));
            Says(host, 2, 16330, 210, 372);

            // 372 + (2000 - 210) * 16330 / 16384 = 2156.1 counts, which is what a board reads there without a correction.
            bench.Count = 2156;
            int expected = InputOf(new BoardHost(new MemoryFiles(), bench, ""));
            bench.Count = 2000;
            Near(expected, InputOf(host), plain);
            BoardHost next = new BoardHost(files, bench, "");
            Assert.AreEqual(1, next.Info().CorrectedChannels);
            Says(next, 2, 16330, 210, 372);
            Near(expected, InputOf(next), plain);

            Assert.AreEqual((int)RequestStatus.Ok, (int)next.Ask(LinkRequest.Correct, new byte[] { 0 }));
            Assert.AreEqual(plain, InputOf(next));
            BoardHost last = new BoardHost(files, bench, "");
            Says(last, 0, 16384, 0, 0);
            Assert.AreEqual(plain, InputOf(last));
        }

        /// <summary>What cannot have been meant is refused, and nothing changes.</summary>
        [TestMethod]
        public void NonsenseIsABadRequest()
        {
            BoardHost host = new BoardHost(new MemoryFiles(), new Bench(), "");
            host.Ask(LinkRequest.Correct, Points);
            byte[] foreign = new byte[] { 8, 210, 0, 0x74, 0x01, 0x86, 0x0B, 0x1F, 0x0C };
            byte[] falling = new byte[] { 0, 0x86, 0x0B, 0x1F, 0x0C, 210, 0, 0x74, 0x01 };
            byte[] beyond = new byte[] { 0, 210, 0, 0x74, 0x01, 0x00, 0x10, 0x1F, 0x0C };
            Assert.AreEqual((int)RequestStatus.BadRequest, (int)host.Ask(LinkRequest.Correct, foreign), "a channel that the board has not");
            Assert.AreEqual((int)RequestStatus.BadRequest, (int)host.Ask(LinkRequest.Correct, falling), "a slope below zero");
            Assert.AreEqual((int)RequestStatus.BadRequest, (int)host.Ask(LinkRequest.Correct, beyond), "a count of 4096");
            Assert.AreEqual((int)RequestStatus.BadRequest, (int)host.Ask(LinkRequest.Correct, new byte[] { 0, 210 }), "another length");
            Assert.AreEqual((int)RequestStatus.BadRequest, (int)host.Ask(LinkRequest.Correction, new byte[] { 8 }));
            Says(host, 2, 16330, 210, 372);
        }

        /// <summary>Power goes at every 32nd byte of a correction that replaces another: the next start has one of the two.</summary>
        [TestMethod]
        public void APowerCutLeavesOneOfTwoCorrections()
        {
            byte[] other = new byte[] { 0, 0, 0, 0, 0, 0xD0, 0x07, 0xB8, 0x0B };
            for (int cut = 0; cut < 352; cut += 32)
            {
                MemoryFiles files = new MemoryFiles();
                Bench bench = new Bench();
                bench.Count = 2000;
                BoardHost host = new BoardHost(files, bench, "");
                host.Ask(LinkRequest.Correct, Points);
                files.CutAfter(cut);
                RequestStatus status = host.Ask(LinkRequest.Correct, other);
                files.PowerOn();
                BoardHost next = new BoardHost(files, bench, "");
                next.Ask(LinkRequest.Correction, new byte[] { 0 });
                int gain = LittleEndian.ReadUInt16(next.Reply, 2);
                Assert.IsTrue(gain == 24576 || (gain == 16330 && status != RequestStatus.Ok), "cut at " + cut.ToString() + ": " + gain.ToString());
            }
        }

        /// <summary>A name and a place are told at once, are told after a start, and go when an empty name comes.</summary>
        [TestMethod]
        public void ANameIsToldAndKeptUntilItIsTakenAway()
        {
            MemoryFiles files = new MemoryFiles();
            BoardHost host = new BoardHost(files, new Bench(), "");
            Assert.AreEqual("firmware", host.Info().Name);
            Assert.AreEqual((int)RequestStatus.Ok, (int)host.Ask(LinkRequest.Name, new byte[] { 4, 0x70, 0x75, 0x6D, 0x70, 2, 0x66, 0x33 }));
            IsCalled(host, "pump", "f3");
            Assert.AreEqual((int)RequestStatus.BadRequest, (int)host.Ask(LinkRequest.Name, new byte[] { 1, 0x07, 0 }), "a bell");
            Assert.AreEqual((int)RequestStatus.BadRequest, (int)host.Ask(LinkRequest.Name, new byte[] { 2, 0x70, 0x75, 9, 0x66 }), "a place that is not there");
            BoardHost next = new BoardHost(files, new Bench(), "");
            IsCalled(next, "pump", "f3");
            Assert.AreEqual((int)RequestStatus.Ok, (int)next.Ask(LinkRequest.Name, new byte[] { 0, 0 }));
            IsCalled(next, "firmware", "");
            IsCalled(new BoardHost(files, new Bench(), ""), "firmware", "");
        }

        private static void IsCalled(BoardHost host, string name, string place)
        {
            BoardInfo info = host.Info();
            Assert.AreEqual(name, info.Name);
            Assert.AreEqual(place, info.Place);
        }

        /// <summary>The first input of the factory model, at channel 0, as the next period reads it.</summary>
        private static int InputOf(BoardHost host)
        {
            host.Board.RunOnce();
            return new LoopValues(host.Board.Loop).GetInput(0);
        }

        // A correction of a sum of conversions has the fraction that a whole count has not: within half a count, which "plain" is 156 away from.
        private static void Near(int expected, int actual, int plain)
        {
            int off = actual > expected ? actual - expected : expected - actual;
            int moved = expected > plain ? expected - plain : plain - expected;
            Assert.IsTrue(off * 300 < moved, actual.ToString() + " is not near " + expected.ToString());
        }

        private static void Says(BoardHost host, int source, int gain, int measured, int stands)
        {
            Assert.AreEqual((int)RequestStatus.Ok, (int)host.Ask(LinkRequest.Correction, new byte[] { 0 }));
            Assert.AreEqual(source, (int)host.Reply[1]);
            Assert.AreEqual(gain, LittleEndian.ReadUInt16(host.Reply, 2));
            Assert.AreEqual(measured, LittleEndian.ReadUInt16(host.Reply, 4));
            Assert.AreEqual(stands, LittleEndian.ReadUInt16(host.Reply, 6));
        }
    }
}
