using nanoFramework.TestFramework;
using NeuralEdge.Board.Storage;
using NeuralEdge.Models;
using NeuralEdge.Numerics;

namespace NeuralEdge.DeviceTests
{
    /// <summary>The store on the interpreter: the same promises as in the desktop's campaign, on a small scale.</summary>
    [TestClass]
    public class ModelStoreTests
    {
        private const int MaxBytes = 1024;

        /// <summary>What was confirmed runs after a start, and a revert goes back one step.</summary>
        [TestMethod]
        public void ConfirmedModelsSurviveAStartAndRevertGoesBack()
        {
            MemoryFiles files = new MemoryFiles();
            ModelStore store = Start(files);
            Assert.AreEqual(ModelStore.Factory, store.ActiveSlot);
            Assert.AreEqual((int)StoreResult.Ok, (int)Upload(store, Make(100, 1)));
            Assert.AreEqual((int)StoreResult.Ok, (int)Upload(store, Make(120, 2)));

            store = Start(files);
            Assert.AreEqual(120, store.ActiveLength);
            Assert.AreEqual((int)StoreResult.Ok, (int)store.Revert());
            Assert.AreEqual(100, store.ActiveLength);
            Assert.AreEqual(100, Start(files).ActiveLength);
            Assert.AreEqual((int)StoreResult.Ok, (int)store.Revert());
            Assert.AreEqual((int)StoreResult.Nothing, (int)store.Revert());
        }

        /// <summary>An upload that was cut off goes on where it stopped and its check value is that of the bytes.</summary>
        [TestMethod]
        public void AnUploadIsResumed()
        {
            MemoryFiles files = new MemoryFiles();
            byte[] model = Make(300, 3);
            ModelStore store = Start(files);
            store.Begin(model.Length, DigestOf(model));
            store.Append(0, model, 0, 256);

            store = Start(files);
            Assert.AreEqual((int)StoreResult.Ok, (int)store.Begin(model.Length, DigestOf(model)));
            Assert.AreEqual(256, store.ReceivedLength);
            Assert.IsTrue(store.StepCheck());
            byte[] block = new byte[260];
            System.Array.Copy(model, 0, block, 4, 256);
            Assert.AreEqual((long)Checksum.Crc32(block, 0, 260), (long)store.PrefixCheck);
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
                ModelStore store = Start(files);
                files.CutAfter(bytes);
                StoreResult result = Upload(store, second);
                cut = files.IsDead;
                files.PowerOn();
                store = Start(files);
                int length = store.ActiveLength;
                Assert.IsTrue(length == second.Length || (length == first.Length && result != StoreResult.Ok), "another model came up");
                byte[] content = new byte[length];
                Assert.AreEqual(length, store.ReadActive(0, content, 0, length));
                Assert.AreEqual((long)LittleEndian.ReadUInt32(content, length - 4), (long)Checksum.Crc32(content, 0, length - 4));
                Assert.AreEqual((int)StoreResult.Ok, (int)Upload(store, Make(80, 6)));
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

        private static ModelStore Start(MemoryFiles files)
        {
            ModelStore store = new ModelStore(files, MaxBytes);
            store.Start();
            return store;
        }

        private static StoreResult Upload(ModelStore store, byte[] model)
        {
            StoreResult result = store.Begin(model.Length, DigestOf(model));
            while (!store.StepCheck())
            {
            }

            int at = store.ReceivedLength;
            while (result == StoreResult.Ok && at < model.Length)
            {
                int count = model.Length - at > 32 ? 32 : model.Length - at;
                result = store.Append(at, model, at, count);
                at += count;
            }

            if (result == StoreResult.Ok)
            {
                result = store.SetTesting();
            }

            return result == StoreResult.Ok ? store.Confirm() : result;
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
