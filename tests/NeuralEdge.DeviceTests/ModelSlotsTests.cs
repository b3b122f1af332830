using nanoFramework.TestFramework;
using NeuralEdge.Board;
using NeuralEdge.Board.Storage;
using NeuralEdge.Models;
using NeuralEdge.Numerics;

namespace NeuralEdge.DeviceTests
{
    /// <summary>The store on the interpreter: the same promises as in the desktop's campaign, on a small scale.</summary>
    [TestClass]
    public class ModelSlotsTests
    {
        private const int MaxBytes = 1024;

        /// <summary>What was confirmed runs after a start, and a revert goes back one step.</summary>
        [TestMethod]
        public void ConfirmedModelsSurviveAStartAndRevertGoesBack()
        {
            MemoryFiles files = new MemoryFiles();
            ModelSlots slots = Start(files);
            Assert.AreEqual(ModelSlots.Factory, slots.ActiveSlot);
            Assert.AreEqual((int)RequestStatus.Ok, (int)Upload(slots, Make(100, 1)));
            Assert.AreEqual((int)RequestStatus.Ok, (int)Upload(slots, Make(120, 2)));

            slots = Start(files);
            ModelUpload upload = new ModelUpload(slots);
            Assert.AreEqual(120, slots.ActiveLength);
            Assert.AreEqual((int)RequestStatus.Ok, (int)upload.Revert());
            Assert.AreEqual(100, slots.ActiveLength);
            Assert.AreEqual(100, Start(files).ActiveLength);
            Assert.AreEqual((int)RequestStatus.Ok, (int)upload.Revert());
            Assert.AreEqual((int)RequestStatus.NothingToRevert, (int)upload.Revert());
        }

        /// <summary>An upload that was cut off goes on where it stopped and its check value is that of the bytes.</summary>
        [TestMethod]
        public void AnUploadIsResumed()
        {
            MemoryFiles files = new MemoryFiles();
            byte[] model = Make(300, 3);
            ModelUpload upload = new ModelUpload(Start(files));
            upload.Begin(model.Length, DigestOf(model));
            upload.Append(0, model, 0, 256);

            upload = new ModelUpload(Start(files));
            Assert.AreEqual((int)RequestStatus.Ok, (int)upload.Begin(model.Length, DigestOf(model)));
            Assert.AreEqual(256, upload.Received);
            Assert.IsTrue(upload.StepCheck());
            byte[] block = new byte[260];
            System.Array.Copy(model, 0, block, 4, 256);
            Assert.AreEqual((long)Checksum.Crc32(block, 0, 260), (long)upload.PrefixCheck);
        }

        /// <summary>Power may go after any byte of an upload and its confirmation.</summary>
        [TestMethod]
        public void ACutAfterAnyByteLeavesOneOfTheTwoModels()
        {
            byte[] first = Make(40, 4);
            byte[] second = Make(60, 5);
            bool cut = true;
            for (int bytes = 0; cut; bytes++)
            {
                MemoryFiles files = new MemoryFiles();
                Upload(Start(files), first);
                ModelSlots slots = Start(files);
                files.CutAfter(bytes);
                RequestStatus result = Upload(slots, second);
                cut = files.IsDead;
                files.PowerOn();
                slots = Start(files);
                int length = slots.ActiveLength;
                Assert.IsTrue(length == second.Length || (length == first.Length && result != RequestStatus.Ok), "another model came up");
                byte[] content = new byte[length];
                Assert.AreEqual(length, slots.ReadActive(0, content, 0, length));
                Assert.AreEqual((long)LittleEndian.ReadUInt32(content, length - 4), (long)Checksum.Crc32(content, 0, length - 4));
                Assert.AreEqual((int)RequestStatus.Ok, (int)Upload(slots, Make(80, 6)));
            }
        }

        /// <summary>The journal is kept twice so a flipped bit of one copy costs nothing.</summary>
        [TestMethod]
        public void AFlippedBitOfTheJournalCostsNothing()
        {
            for (int bit = 0; bit < 320; bit++)
            {
                MemoryFiles files = new MemoryFiles();
                Upload(Start(files), Make(40, 7));
                files.Flip(bit % 2 == 0 ? "j0.log" : "j1.log", bit);
                Assert.AreEqual(40, Start(files).ActiveLength);
            }
        }

        /// <summary>A decision that failed is done if it can be read back, and surely not done if nothing is there.</summary>
        [TestMethod]
        public void ADecisionWhoseWriteFailedIsReadBack()
        {
            for (int undone = 0; undone < 2; undone++)
            {
                MemoryFiles files = new MemoryFiles();
                ModelSlots slots = Start(files);
                Upload(slots, Make(100, 8));
                Upload(slots, Make(120, 9));
                ModelUpload upload = new ModelUpload(slots);
                files.Fail(2, undone == 1);
                RequestStatus status = upload.Revert();
                Assert.AreEqual((int)(undone == 1 ? RequestStatus.StorageFailed : RequestStatus.Ok), (int)status);
                Assert.AreEqual(undone == 1 ? 120 : 100, slots.ActiveLength);
                Assert.AreEqual(undone == 1 ? 120 : 100, Start(files).ActiveLength);
            }
        }

        private static ModelSlots Start(MemoryFiles files)
        {
            ModelSlots slots = new ModelSlots(files, MaxBytes);
            slots.Start();
            return slots;
        }

        private static RequestStatus Upload(ModelSlots slots, byte[] model)
        {
            ModelUpload upload = new ModelUpload(slots);
            RequestStatus status = upload.Begin(model.Length, DigestOf(model));
            while (!upload.StepCheck())
            {
            }

            int at = upload.Received;
            while (status == RequestStatus.Ok && at < model.Length)
            {
                int count = model.Length - at > 32 ? 32 : model.Length - at;
                status = upload.Append(at, model, at, count);
                at += count;
            }

            if (status == RequestStatus.Ok)
            {
                status = upload.SetTesting();
            }

            return status == RequestStatus.Ok ? upload.Confirm() : status;
        }

        private static byte[] Make(int length, int seed)
        {
            byte[] model = new byte[length];
            for (int i = 0; i < length; i++)
            {
                seed = (seed * 1103515245) + 12345;
                model[i] = (byte)(seed >> 16);
            }

            LittleEndian.WriteUInt32(model, length - 4, Checksum.Crc32(model, 0, length - 4));
            return model;
        }

        private static uint DigestOf(byte[] model)
        {
            return LittleEndian.ReadUInt32(model, model.Length - 4);
        }
    }
}
