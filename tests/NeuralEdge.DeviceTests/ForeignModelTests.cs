using nanoFramework.TestFramework;
using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Models;

namespace NeuralEdge.DeviceTests
{
    /// <summary>A flash that was carried to another chip, and a model that is sent to one: the same pins are others there.</summary>
    [TestClass]
    public class ForeignModelTests
    {
        /// <summary>What one chip has confirmed runs on no other, and is still there when the flash comes back.</summary>
        [TestMethod]
        public void AStoredModelOfAnotherChipDoesNotRun()
        {
            MemoryFiles files = new MemoryFiles();
            BoardHost first = new BoardHost(files, new Bench(), "esp32");
            Assert.AreEqual((int)RequestStatus.Ok, (int)Upload(first));
            BoardInfo info = first.Info();
            Assert.AreEqual((int)RequestStatus.Ok, (int)first.Board.Updates.Confirm(info.Sequence, info.Digest, true));
            Assert.AreEqual((int)ModelState.Confirmed, (int)new BoardHost(files, new Bench(), "esp32").Info().State, "it runs where it belongs");
            Assert.AreEqual((int)ModelState.Confirmed, (int)new BoardHost(files, new Bench(), "esp32-wrover").Info().State, "the same silicon");

            BoardHost other = new BoardHost(files, new Bench(), "esp32-s3");
            Assert.AreEqual((int)ModelState.Factory, (int)other.Info().State);
            Assert.AreEqual((int)FaultCode.Model, (int)other.Board.Loop.Faults.Last);
            Assert.AreEqual((int)ModelState.Confirmed, (int)new BoardHost(files, new Bench(), "esp32").Info().State, "nothing was deleted");
        }

        /// <summary>Sent to another chip it is refused as ModelError 17, and what ran goes on.</summary>
        [TestMethod]
        public void AModelOfAnotherChipIsRefusedAfterItsUpload()
        {
            BoardHost host = new BoardHost(new MemoryFiles(), new Bench(), "esp32-c3");
            Assert.AreEqual((int)RequestStatus.ModelRefused, (int)Upload(host));
            Assert.AreEqual(17, host.Board.Updates.RefusalCode);
            Assert.AreEqual((int)ModelError.Chip, host.Board.Updates.RefusalCode);
            Assert.AreEqual((int)ModelState.Factory, (int)host.Info().State);
            host.Board.RunOnce();
            Assert.AreEqual((int)FaultCode.None, (int)host.Board.Loop.Faults.Last);
        }

        /// <summary>Sends the factory's own model, which is wired as on an ESP32 and names no chip, as somebody's.</summary>
        private static RequestStatus Upload(BoardHost host)
        {
            byte[] file = FactoryModel.GetBytes();
            IModelUpdates updates = host.Board.Updates;
            RequestStatus status = updates.Begin(file.Length, LittleEndian.ReadUInt32(file, file.Length - 4));
            while (status == RequestStatus.Working)
            {
                status = updates.Poll();
            }

            for (int at = 0; status == RequestStatus.Ok && at < file.Length; at += 100)
            {
                status = updates.Append(at, file, at, file.Length - at < 100 ? file.Length - at : 100);
            }

            status = status == RequestStatus.Ok ? updates.Commit() : status;
            while (status == RequestStatus.Working)
            {
                status = updates.Poll();
            }

            return status;
        }
    }
}
