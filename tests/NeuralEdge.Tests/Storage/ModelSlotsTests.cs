using NeuralEdge.Board;
using NeuralEdge.Board.Storage;

namespace NeuralEdge.Tests.Storage;

/// <summary>The store, without faults or with a single one.</summary>
[TestClass]
public sealed class ModelSlotsTests
{
    private static readonly byte[] First = StoreBoard.MakeModel(300, 1);
    private static readonly byte[] Second = StoreBoard.MakeModel(400, 2);

    // "NESL", sequence 1, length 24, digest, CRC-32, the model.
    private const string SlotBytes = "4E45534C0100000018000000A4FFDD3BDCC691AA000102030405060708090A0B0C0D0E0F10111213A4FFDD3B";

    // "NEJL", generation 1, highest sequence 1, slot 0 {1, 24, digest}, slot 1 empty, CRC-32.
    private const string JournalBytes = "4E454A4C01000000010000000100000018000000A4FFDD3B000000000000000000000000977C3679";

    [TestMethod]
    public void WithoutAConfirmedModelTheOlderUploadGivesWay()
    {
        StoreBoard board = new(new FaultyFlash(FlashModel.CommitOnClose, 0));
        board.Start();
        foreach (int seed in Enumerable.Range(1, 6))
        {
            Assert.AreEqual(RequestStatus.Ok, board.Begin(StoreBoard.MakeModel(300, seed)));
            Assert.AreEqual((seed - 1) % 2, board.Transfer.Slot);
        }
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void AConfirmedModelThatCannotBeLoadedKeepsItsSlotAlsoWhenTheOtherUploadIsNewer(int slot)
    {
        StoreBoard board = new(new FaultyFlash(FlashModel.CommitOnClose, 0));
        board.Start();
        if (slot == 1)
        {
            Assert.AreEqual(RequestStatus.Ok, board.Upload(StoreBoard.MakeModel(200, 3)));
        }

        Assert.AreEqual(RequestStatus.Ok, board.UploadAndConfirm(First));
        Assert.AreEqual(slot, board.Slots.ActiveSlot);
        Assert.AreEqual(RequestStatus.Ok, board.Upload(Second));
        board.Slots.SkipActive();
        Assert.AreEqual(RequestStatus.Ok, board.Begin(StoreBoard.MakeModel(250, 4)));
        Assert.AreEqual(1 - slot, board.Transfer.Slot);
    }

    [TestMethod]
    public void WithoutAnUploadNothingIsSaidOfOne()
    {
        StoreBoard board = new(new FaultyFlash(FlashModel.CommitOnClose, 0));
        board.Start();
        board.Begin(First);
        board.Send(First, 100);
        ModelUpload upload = board.Transfer;
        upload.Discard();
        Assert.AreEqual((-1, 0u, 0, 0u, 0), (upload.Slot, upload.Sequence, upload.Length, upload.Digest, upload.Received));
    }

    [TestMethod]
    public void AnEmptyFlashMeansTheFactoryModelAndNothingToRevertTo()
    {
        StoreBoard board = new(new FaultyFlash(FlashModel.CommitOnClose, 0));
        Assert.IsNull(board.Start());
        Assert.AreEqual((0u, 0), (board.Slots.ActiveSequence, board.Slots.ActiveLength));
        Assert.AreEqual(RequestStatus.NothingToRevert, board.Transfer.Revert());
        Assert.AreEqual(RequestStatus.NothingToConfirm, board.Transfer.Confirm());
    }

    [TestMethod]
    public void ATestedModelThatIsNotConfirmedIsGoneAfterAStartButNeedNotBeSentAgain()
    {
        FaultyFlash flash = new(FlashModel.CommitOnClose, 0);
        StoreBoard board = new(flash);
        board.Start();
        board.UploadAndConfirm(First);
        Assert.AreEqual(RequestStatus.Ok, board.Upload(Second));

        board = new StoreBoard(flash);
        CollectionAssert.AreEqual(First, board.Start());
        Assert.AreEqual(RequestStatus.Ok, board.Begin(Second));
        Assert.AreEqual(Second.Length, board.Transfer.Received);
    }

    [TestMethod]
    public void AnInterruptedUploadGoesOnWhereItStopped()
    {
        FaultyFlash flash = new(FlashModel.CommitOnClose, 0);
        StoreBoard board = new(flash);
        board.Start();
        board.Begin(First);
        board.Send(First, 256);

        board = new StoreBoard(flash);
        board.Start();
        Assert.AreEqual(RequestStatus.Ok, board.Begin(First));
        Assert.AreEqual(256, board.Transfer.Received);
    }

    [TestMethod]
    public void AnotherModelOfTheSameLengthDoesNotGoOnWhereTheFirstStopped()
    {
        StoreBoard board = new(new FaultyFlash(FlashModel.CommitOnClose, 0));
        board.Start();
        board.Begin(First);
        board.Send(First, 100);
        board.Begin(StoreBoard.MakeModel(First.Length, 7));
        Assert.AreEqual(0, board.Transfer.Received);
    }

    [TestMethod]
    public void BytesFromElsewhereAreIgnoredAndTheWantedOffsetStays()
    {
        StoreBoard board = new(new FaultyFlash(FlashModel.CommitOnClose, 0));
        board.Start();
        board.Begin(First);
        board.Send(First, 100);
        Assert.AreEqual(RequestStatus.Ok, board.Transfer.Append(0, First, 0, 100));
        Assert.AreEqual(RequestStatus.Ok, board.Transfer.Append(200, First, 200, 100));
        Assert.AreEqual(100, board.Transfer.Received);
        Assert.AreEqual(RequestStatus.BadRequest, board.Transfer.Append(100, new byte[500], 0, First.Length - 99));
        Assert.AreEqual(100, board.Transfer.Received);
    }

    [TestMethod]
    [DataRow(int.MinValue)]
    [DataRow(-1)]
    [DataRow(0)]
    [DataRow(19)]
    [DataRow(StoreBoard.MaxBytes + 1)]
    [DataRow(int.MaxValue)]
    public void AnImpossibleLengthIsRefusedAndLeavesTheUploadAlone(int length)
    {
        StoreBoard board = new(new FaultyFlash(FlashModel.CommitOnClose, 0));
        board.Start();
        board.Begin(First);
        board.Send(First, 100);
        Assert.AreEqual(RequestStatus.BadLength, board.Transfer.Begin(length, 0));
        Assert.AreEqual(100, board.Transfer.Received);
    }

    [TestMethod]
    public void RevertTakesBackOneStepAtATime()
    {
        FaultyFlash flash = new(FlashModel.CommitOnClose, 0);
        StoreBoard board = new(flash);
        board.Start();
        board.UploadAndConfirm(First);
        board.UploadAndConfirm(Second);
        Assert.AreEqual(RequestStatus.Ok, board.Upload(StoreBoard.MakeModel(200, 3)));
        Assert.AreEqual(RequestStatus.Ok, board.Transfer.Revert());
        CollectionAssert.AreEqual(Second, board.Load(), "the test gave up what a revert would have led to");
        Assert.AreEqual(RequestStatus.Ok, board.Transfer.Revert());
        Assert.IsNull(board.Load());
        Assert.AreEqual(RequestStatus.NothingToRevert, board.Transfer.Revert());
        Assert.IsNull(new StoreBoard(flash).Start());
    }

    [TestMethod]
    public void AConfirmationThatFailedMayBeTriedAgain()
    {
        FaultyFlash flash = new(FlashModel.TornPrefix, 0) { OnlyFails = true };
        StoreBoard board = new(new JournalFails(flash, 2));
        board.Start();
        Assert.AreEqual(RequestStatus.Ok, board.Upload(First));
        Assert.AreEqual(RequestStatus.StorageFailed, board.Transfer.Confirm());
        Assert.AreEqual(UploadState.Testing, board.Transfer.State);
        Assert.AreEqual(RequestStatus.Ok, board.Transfer.Confirm());
        CollectionAssert.AreEqual(First, new StoreBoard(flash).Start());
    }

    [TestMethod]
    public void OneFailureOfTheJournalIsHealedByASecondAttempt()
    {
        FaultyFlash flash = new(FlashModel.TornPrefix, 0);
        StoreBoard board = new(new JournalFails(flash, 1));
        board.Start();
        Assert.AreEqual(RequestStatus.Ok, board.UploadAndConfirm(First));
    }

    [TestMethod]
    public void AThousandConfirmationsAndRevertsNeverReuseASequence()
    {
        FaultyFlash flash = new(FlashModel.CommitOnClose, 0);
        Random random = new(3);
        HashSet<uint> sequences = [];
        StoreBoard board = new(flash);
        board.Start();
        for (int i = 0; i < 1000; i++)
        {
            Assert.AreEqual(RequestStatus.Ok, board.Upload(StoreBoard.MakeModel(40, i)));
            Assert.IsTrue(sequences.Add(board.Transfer.Sequence), $"sequence {board.Transfer.Sequence} again at {i}");
            switch (random.Next(4))
            {
                case 0:
                    board.Transfer.Revert();
                    break;
                case 1:
                    board.Transfer.Confirm();
                    board.Transfer.Revert();
                    board.Load();
                    break;
                case 2:
                    board.Transfer.Confirm();
                    break;
                default:
                    board = new StoreBoard(flash);
                    board.Start();
                    break;
            }
        }
    }

    [TestMethod]
    public void TheFilesKeepTheirLayoutSoThatNewFirmwareFindsTheOldModel()
    {
        FaultyFlash flash = new(FlashModel.CommitOnClose, 0);
        StoreBoard board = new(flash);
        board.Start();
        byte[] model = [.. Enumerable.Range(0, 24).Select(i => (byte)i)];
        BitConverter.TryWriteBytes(model.AsSpan(20), Numerics.Checksum.Crc32(model, 0, 20));
        board.UploadAndConfirm(model);
        Assert.AreEqual(SlotBytes, Convert.ToHexString(flash.Files["m0.nem"]));
        Assert.AreEqual(JournalBytes, Convert.ToHexString(flash.Files["j0.log"]));
        Assert.AreEqual(JournalBytes, Convert.ToHexString(flash.Files["j1.log"]));
        Assert.HasCount(3, flash.Files);
    }

    [TestMethod]
    public void TheStoreAllocatesNothingAfterItsConstruction()
    {
        StoreBoard board = new(new NoFiles());
        board.Slots.Start();
        board.Transfer.Begin(First.Length, 1);
        Allocations.AssertNone(_ =>
        {
            for (int i = 0; i < 100; i++)
            {
                board.Slots.Start();
                board.Transfer.Begin(First.Length, 1);
                board.Transfer.Append(0, First, 0, 256);
                board.Transfer.Append(256, First, 256, First.Length - 256);
                board.Transfer.SetTesting();
                board.Transfer.Confirm();
                board.Transfer.Revert();
            }
        });
    }

    /// <summary>The first writes of the journal fail half way.</summary>
    private sealed class JournalFails(IFileStore files, int times) : PlantedFault(files)
    {
        private int _left = times;

        public override void Write(string name, byte[] data, int offset, int count)
        {
            if (name[0] == 'j' && _left-- > 0)
            {
                base.Write(name, data, offset, count / 2);
                throw new IOException("the flash is full");
            }

            base.Write(name, data, offset, count);
        }
    }

    /// <summary>Files that are always empty.</summary>
    private sealed class NoFiles : IFileStore
    {
        public int GetLength(string name) => -1;

        public int Read(string name, int position, byte[] buffer, int offset, int count) => 0;

        public void Write(string name, byte[] data, int offset, int count)
        {
        }

        public void Append(string name, byte[] data, int offset, int count)
        {
        }

        public void Delete(string name)
        {
        }
    }
}
