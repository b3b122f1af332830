using NeuralEdge.Board.Control;
using NeuralEdge.Board.Storage;
using NeuralEdge.Tests.Control;

namespace NeuralEdge.Tests.Storage;

/// <summary>Starts are counted and the last error is kept, whatever power does, and flash is spared.</summary>
[TestClass]
public sealed class StartRecordTests
{
    [TestMethod]
    public void StartsAreCountedByTheirReasons()
    {
        MemoryFlash flash = new();
        Start(flash);
        Start(flash).Announce(isAsked: true);
        StartRecord third = Start(flash);
        Assert.AreEqual((3u, 1u, 0u), (third.Starts, third.AskedStarts, third.OwnStarts));
        new AnnouncedReset(new FakeReset(), third).Reset();
        StartRecord fourth = Start(flash);
        Assert.AreEqual((4u, 1u, 1u), (fourth.Starts, fourth.AskedStarts, fourth.OwnStarts));

        // Somebody asked, and the board then restarts by its own hand.
        fourth.Announce(isAsked: true);
        fourth.Announce(isAsked: false);
        StartRecord fifth = Start(flash);
        Assert.AreEqual((5u, 2u, 1u), (fifth.Starts, fifth.AskedStarts, fifth.OwnStarts));
        Assert.AreEqual((6u, 2u, 1u), (Start(flash).Starts, fifth.AskedStarts, fifth.OwnStarts));
    }

    [TestMethod]
    public void OfEachStartTheFirstErrorIsKeptAndShownAfterTheNext()
    {
        MemoryFlash flash = new();
        StartRecord first = Start(flash);
        first.KeepError("opening COM2 with RX 16, TX 17: NotSupportedException");
        first.KeepError("another: Exception");
        Start(flash);
        StartRecord third = Start(flash);
        Assert.AreEqual(("opening COM2 with RX 16, TX 17: NotSupportedException", 1u), (third.Error, third.ErrorStart));
        third.KeepError(new string('x', 100));
        StartRecord fourth = Start(flash);
        Assert.AreEqual((new string('x', 80), 3u), (fourth.Error, fourth.ErrorStart));
    }

    [TestMethod]
    public void AStartWritesOneFileOnceAndAnErrorOneMore()
    {
        MemoryFlash flash = new();
        for (int start = 0; start < 5; start++)
        {
            flash.Changes = 0;
            StartRecord record = Start(flash);
            record.Begin();
            Assert.AreEqual(1, flash.Changes);
            record.KeepError("a");
            record.KeepError("b");
            Assert.AreEqual(2, flash.Changes);
        }
    }

    [TestMethod]
    public void PowerThatGoesAtAnyByteOfAWriteCostsThatOneCountAtMost()
    {
        for (int cut = 0; cut < 400; cut++)
        {
            MemoryFlash flash = new();
            Start(flash).KeepError("kept: Exception");
            uint before = Start(flash).Starts;
            flash.BytesLeft = cut;
            StartRecord torn = Start(flash);
            torn.Announce(isAsked: true);
            flash.BytesLeft = int.MaxValue;
            StartRecord after = Start(flash);
            Assert.IsInRange(before + 1, before + 2, after.Starts, $"cut at {cut}");
            Assert.AreEqual("kept: Exception", after.Error, $"cut at {cut}");
        }
    }

    [TestMethod]
    public void FlashThatCannotBeWrittenCountsNothingAndThrowsNothing()
    {
        MemoryFlash flash = new() { BytesLeft = -1 };
        StartRecord record = Start(flash);
        record.KeepError("sampling: Exception");
        record.Announce(isAsked: false);
        Assert.AreEqual((0u, "sampling: Exception"), (record.Starts, record.Error));
    }

    [TestMethod]
    public void AnErrorIsNamedWhereItHappenedAndSaidOnce()
    {
        List<string> printed = [];
        StartRecord record = Start(new MemoryFlash());
        BoardErrors errors = new(record, new Console(printed));
        InvalidOperationException error = new();
        errors.Name("reading ADC channel 3", error);
        errors.Note("sampling", error);
        errors.Note("serving the link", error);
        InvalidOperationException again = new();
        errors.Name("reading ADC channel 3", again);
        errors.Note("sampling", again);
        errors.Note("writing m0.nem", new IOException());
        CollectionAssert.AreEqual(new[] { "reading ADC channel 3: InvalidOperationException", "writing m0.nem: IOException" }, printed);
        Assert.AreEqual("reading ADC channel 3: InvalidOperationException", record.Error);
    }

    private static StartRecord Start(IFileStore files)
    {
        StartRecord record = new(files);
        record.Begin();
        return record;
    }

    private sealed class Console(List<string> lines) : IBoardConsole
    {
        public void Print(string line) => lines.Add(line);
    }

    /// <summary>Files in memory whose writes may be cut off at a byte.</summary>
    private sealed class MemoryFlash : IFileStore
    {
        private readonly Dictionary<string, byte[]> _files = [];

        public int BytesLeft { get; set; } = int.MaxValue;

        public int Changes { get; set; }

        public int GetLength(string name) => _files.TryGetValue(name, out byte[]? file) ? file.Length : -1;

        public int Read(string name, int position, byte[] buffer, int offset, int count)
        {
            byte[] file = _files.GetValueOrDefault(name, []);
            count = Math.Clamp(file.Length - position, 0, count);
            Array.Copy(file, position, buffer, offset, count);
            return count;
        }

        public void Write(string name, byte[] data, int offset, int count)
        {
            Changes++;
            if (BytesLeft < 0)
            {
                throw new IOException();
            }

            int kept = Math.Min(count, BytesLeft);
            BytesLeft = BytesLeft == int.MaxValue ? BytesLeft : BytesLeft - kept;
            _files[name] = data.AsSpan(offset, kept).ToArray();
        }

        public void Append(string name, byte[] data, int offset, int count) => throw new NotSupportedException();

        public void Delete(string name) => throw new NotSupportedException();
    }
}
