using NeuralEdge.Board;

namespace NeuralEdge.Tests.Storage;

/// <summary>Stored bytes that change by themselves.</summary>
[TestClass]
public sealed class BitRotTests
{
    private static readonly byte[] First = StoreBoard.MakeModel(120, 1);
    private static readonly byte[] Second = StoreBoard.MakeModel(150, 2);
    private static readonly byte[] Third = StoreBoard.MakeModel(90, 3);

    [TestMethod]
    public void OneFlippedBitAnywhereCostsAtMostTheModelItIsIn()
    {
        foreach (string name in TwoConfirmed().Files.Keys)
        {
            for (int bit = 0; bit < TwoConfirmed().Files[name].Length * 8; bit++)
            {
                FaultyFlash flash = TwoConfirmed();
                flash.Files[name][bit / 8] ^= (byte)(1 << (bit % 8));

                // The second model runs from slot 1; a bit of the journal costs nothing, because it is kept twice.
                byte[] expected = name == "m1.nem" ? First : Second;
                MustRunThenTakeAnUpload(flash, expected, $"{name} bit {bit}");
            }
        }
    }

    [TestMethod]
    public void OneFileCutShortAnywhereCostsAtMostTheModelItIsIn()
    {
        foreach (string name in TwoConfirmed().Files.Keys)
        {
            for (int length = 0; length < TwoConfirmed().Files[name].Length; length++)
            {
                FaultyFlash flash = TwoConfirmed();
                flash.Files[name] = flash.Files[name][..length];
                MustRunThenTakeAnUpload(flash, name == "m1.nem" ? First : Second, $"{name} of {length} bytes");
            }
        }
    }

    [TestMethod]
    public void OneMissingFileCostsAtMostTheModelInIt()
    {
        foreach (string name in TwoConfirmed().Files.Keys)
        {
            FaultyFlash flash = TwoConfirmed();
            flash.Files.Remove(name);
            MustRunThenTakeAnUpload(flash, name == "m1.nem" ? First : Second, name);
        }
    }

    [TestMethod]
    public void EveryFlipOfTwoBitsOfOneJournalCostsNothing()
    {
        for (int first = 0; first < 320; first++)
        {
            for (int second = 0; second < first; second++)
            {
                FaultyFlash flash = TwoConfirmed();
                flash.Files["j0.log"][first / 8] ^= (byte)(1 << (first % 8));
                flash.Files["j0.log"][second / 8] ^= (byte)(1 << (second % 8));
                CollectionAssert.AreEqual(Second, new StoreBoard(flash).Start(), $"bits {first} and {second}");
            }
        }
    }

    [TestMethod]
    public void AStartRestoresTheRottenCopyOfTheJournal()
    {
        foreach (string name in new[] { "j0.log", "j1.log" })
        {
            FaultyFlash flash = TwoConfirmed();
            byte[] whole = [.. flash.Files[name]];
            flash.Files[name][20] ^= 1;
            new StoreBoard(flash).Start();
            CollectionAssert.AreEqual(whole, flash.Files[name]);
        }
    }

    [TestMethod]
    public void BothJournalsLostMeansTheFactoryModelAndAnUploadThatNeedsNoBytes()
    {
        FaultyFlash flash = TwoConfirmed();
        flash.Files["j0.log"][0] ^= 1;
        flash.Files["j1.log"] = [];
        StoreBoard board = new(flash);
        Assert.IsNull(board.Start());

        Assert.AreEqual(RequestStatus.Ok, board.Begin(Second));
        Assert.AreEqual(Second.Length, board.Transfer.Received);
        Assert.AreEqual(RequestStatus.Ok, board.Test());
        Assert.AreEqual(RequestStatus.Ok, board.Transfer.Confirm());
        CollectionAssert.AreEqual(Second, new StoreBoard(flash).Start());
    }

    [TestMethod]
    public void AFileThatCannotBeReadMakesTheStoreReadOnlyUntilTheNextStart()
    {
        foreach (string name in TwoConfirmed().Files.Keys)
        {
            FaultyFlash flash = TwoConfirmed();
            flash.Unreadable = name;
            Dictionary<string, byte[]> before = flash.Files.ToDictionary(f => f.Key, f => (byte[])f.Value.Clone());
            StoreBoard board = new(flash);
            CollectionAssert.AreEqual(name == "m1.nem" ? First : Second, board.Start(), name);
            Assert.IsTrue(board.Slots.ReadOnly);
            Assert.AreEqual(RequestStatus.StorageFailed, board.Upload(Third), name);
            Assert.AreEqual(RequestStatus.StorageFailed, board.Transfer.Revert(), name);
            foreach ((string file, byte[] content) in before)
            {
                CollectionAssert.AreEqual(content, flash.Files[file], $"{file} was written while {name} could not be read");
            }

            flash.Unreadable = null;
            MustRunThenTakeAnUpload(flash, Second, name);
        }
    }

    private static FaultyFlash TwoConfirmed()
    {
        FaultyFlash flash = new(FlashModel.CommitOnClose, 0);
        StoreBoard board = new(flash);
        board.Start();
        Assert.AreEqual(RequestStatus.Ok, board.UploadAndConfirm(First));
        Assert.AreEqual(RequestStatus.Ok, board.UploadAndConfirm(Second));
        return flash;
    }

    private static void MustRunThenTakeAnUpload(FaultyFlash flash, byte[] expected, string what)
    {
        StoreBoard board = new(flash);
        CollectionAssert.AreEqual(expected, board.Start(), what);
        Assert.AreEqual(RequestStatus.Ok, board.UploadAndConfirm(Third), what);
        board = new StoreBoard(flash);
        CollectionAssert.AreEqual(Third, board.Start(), what);
        Assert.AreEqual(RequestStatus.Ok, board.Transfer.Revert(), what);
        CollectionAssert.AreEqual(expected, board.Load(), what);
        CollectionAssert.AreEqual(expected, new StoreBoard(flash).Start(), what);
    }
}
