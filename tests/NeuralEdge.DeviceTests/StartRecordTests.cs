using System;
using nanoFramework.TestFramework;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Storage;

namespace NeuralEdge.DeviceTests
{
    /// <summary>The record of starts and errors, with the exceptions of whatever runs these tests.</summary>
    [TestClass]
    public class StartRecordTests
    {
        [TestMethod]
        public void StartsAndTheFirstErrorOfOneOutliveTheNext()
        {
            MemoryFiles files = new MemoryFiles();
            Start(files).Announce(true);
            StartRecord second = Start(files);
            BoardErrors errors = new BoardErrors(second, new Silence());
            errors.Note("counting", Thrown());
            errors.Note("later", new ArgumentException());
            StartRecord third = Start(files);
            Assert.AreEqual(3u, third.Starts);
            Assert.AreEqual(1u, third.AskedStarts);
            Assert.AreEqual(0u, third.OwnStarts);
            Assert.AreEqual(2u, third.ErrorStart);
            Assert.AreEqual("counting: IndexOutOfRangeException", third.Error);
        }

        /// <summary>Power goes at every fourth byte: at most that start is not counted.</summary>
        [TestMethod]
        public void APowerCutCostsOneCountAtMost()
        {
            for (int cut = 0; cut < 120; cut += 4)
            {
                MemoryFiles files = new MemoryFiles();
                Start(files);
                Start(files);
                files.CutAfter(cut);
                Start(files);
                files.PowerOn();
                uint starts = Start(files).Starts;
                Assert.IsTrue(starts == 3 || starts == 4, "cut at " + cut.ToString());
            }
        }

        /// <summary>A name and a place as NAME brings them.</summary>
        [TestMethod]
        public void ANameOutlivesTheStart()
        {
            MemoryFiles files = new MemoryFiles();
            NameRecord names = new NameRecord(files);
            names.Start();
            Assert.AreEqual((int)NeuralEdge.Board.RequestStatus.Ok, (int)names.Set(new byte[] { 2, 0x41, 0x62, 1, 0x33 }, 0, 5));
            Assert.AreEqual((int)NeuralEdge.Board.RequestStatus.BadRequest, (int)names.Set(new byte[] { 2, 0x41, 0x0A, 1, 0x33 }, 0, 5));
            NameRecord after = new NameRecord(files);
            after.Start();
            Assert.AreEqual("Ab", after.Name);
            Assert.AreEqual("3", after.Place);
        }

        private static Exception Thrown()
        {
            try
            {
                int[] none = new int[0];
                none[0] = 1;
                return null;
            }
            catch (Exception e)
            {
                return e;
            }
        }

        private static StartRecord Start(IFileStore files)
        {
            StartRecord record = new StartRecord(files);
            record.Begin();
            return record;
        }

        private sealed class Silence : IBoardConsole
        {
            public void Print(string line)
            {
            }
        }
    }
}
