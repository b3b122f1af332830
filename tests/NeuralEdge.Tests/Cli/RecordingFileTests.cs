using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion;
using NeuralEdge.Host.Recordings;

namespace NeuralEdge.Tests.Cli;

/// <summary>The file of a recording: whole rows, soon on the disk, behind the same columns only.</summary>
[TestClass]
public sealed class RecordingFileTests
{
    private static readonly string[] Columns = ["ms", "adc0", "label"];

    [TestMethod]
    public void ARowIsInTheFileAtOnceAndKeptByTheDiskWithinASecond()
    {
        using Scratch scratch = new();
        Disk disk = new(int.MaxValue);
        using RecordingFile file = new(scratch.PathOf("r.csv"), Columns, _ => disk);
        Assert.IsEmpty(Directory.GetFiles(scratch.Folder), "no file before the first row");
        file.Add("0,1,dry");
        Assert.AreEqual("ms,adc0,label\n0,1,dry\n", disk.Text);
        long begin = Environment.TickCount64;
        while (disk.Flushes == 0 && Environment.TickCount64 - begin < 5000)
        {
            file.KeepInTime();
            Thread.Sleep(20);
        }

        Assert.AreEqual(1, disk.Flushes);
        Assert.IsGreaterThan(400, Environment.TickCount64 - begin, "not each row for itself");
        Thread.Sleep(600);
        file.KeepInTime();
        Assert.AreEqual(1, disk.Flushes, "nothing is new");
        file.Add("10,1,dry");
        Thread.Sleep(600);
        file.Add("20,1,dry");
        Assert.AreEqual(2, disk.Flushes);
    }

    [TestMethod]
    public void AFullDiskKeepsWholeRowsAndSaysHowMany()
    {
        using Scratch scratch = new();
        for (int room = 0; room < 60; room++)
        {
            Disk disk = new(room);
            using RecordingFile file = new(scratch.PathOf("r.csv"), Columns, _ => disk);
            InputRefusedException e = Assert.Throws<InputRefusedException>(() =>
            {
                for (int i = 0; i < 100; i++)
                {
                    file.Add($"{i * 10},1,dry");
                }
            });
            string[] lines = disk.Text.Split('\n');
            Assert.AreEqual("", lines[^1], "no half row");
            Assert.HasCount(file.Rows == 0 ? 1 : file.Rows + 2, lines);
            StringAssert.Contains(e.Message, file.Rows == 0 ? "nothing was recorded" : $"it has the {file.Rows} row");
        }
    }

    [TestMethod]
    public void ADiskThatKeepsNothingIsNoSuccess()
    {
        using Scratch scratch = new();
        Disk disk = new(int.MaxValue) { KeepsNothing = true };
        using RecordingFile file = new(scratch.PathOf("r.csv"), Columns, _ => disk);
        file.Add("0,1,dry");
        StringAssert.Contains(Assert.Throws<InputRefusedException>(file.Keep).Message, "nothing was recorded");
    }

    [TestMethod]
    [DataRow("", "ms,adc0,label\n7,1,dry\n", null)]
    [DataRow("ms,adc0,label", "ms,adc0,label\n7,1,dry\n", null)]
    [DataRow("ms,adc0,label\n", "ms,adc0,label\n7,1,dry\n", null)]
    [DataRow("\uFEFFms,adc0,label\r\n3,4,wet\r\n", "\uFEFFms,adc0,label\r\n3,4,wet\r\n7,1,dry\n", 3L)]
    [DataRow("ms,adc0,label\n3,4,wet\n5000000000,4,\"a,b\"\n", "ms,adc0,label\n3,4,wet\n5000000000,4,\"a,b\"\n7,1,dry\n", 5000000000L)]
    public void RowsAreAddedBehindTheSameColumns(string before, string after, long? last)
    {
        using Scratch scratch = new();
        scratch.Write("r.csv", System.Text.Encoding.UTF8.GetBytes(before));
        using (RecordingFile file = new(scratch.PathOf("r.csv"), Columns))
        {
            Assert.AreEqual(last, file.LastMs);
            Assert.AreEqual(last is not null, file.IsAppended);
            file.Add("7,1,dry");
        }

        CollectionAssert.AreEqual(System.Text.Encoding.UTF8.GetBytes(after), File.ReadAllBytes(scratch.PathOf("r.csv")));
    }

    [TestMethod]
    [DataRow("adc0,label\n1,dry\n", "choose another file")]
    [DataRow("ms;adc0;label\n1;2;dry\n", "choose another file")]
    [DataRow("ms,adc0,label\n3,4,wet\n5,6,we", "half a row")]
    [DataRow("ms,adc0,label\nx,4,wet\n", "milliseconds")]
    [DataRow("ms,adc0,label\n-3,4,wet\n", "milliseconds")]
    public void AnythingElseIsRefusedAndStaysAsItIs(string before, string why)
    {
        using Scratch scratch = new();
        scratch.Write("r.csv", before);
        StringAssert.Contains(Assert.Throws<InputRefusedException>(() => new RecordingFile(scratch.PathOf("r.csv"), Columns)).Message, why);
        Assert.AreEqual(before, File.ReadAllText(scratch.PathOf("r.csv")));
    }

    [TestMethod]
    public void ALongTableIsAppendedToByItsEnd()
    {
        using Scratch scratch = new();
        scratch.Write("r.csv", "ms,adc0,label\n" + string.Concat(Enumerable.Range(0, 30_000).Select(i => $"{i * 10},1,dry\n")));
        using RecordingFile file = new(scratch.PathOf("r.csv"), Columns);
        Assert.AreEqual(299_990, file.LastMs);
    }

    /// <summary>A disk with room for so many bytes, which writes what fits and fails then.</summary>
    private sealed class Disk(int room) : MemoryStream
    {
        internal bool KeepsNothing { get; init; }

        internal int Flushes { get; private set; }

        internal string Text => System.Text.Encoding.UTF8.GetString(ToArray());

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            int fits = (int)Math.Min(buffer.Length, room - Position);
            base.Write(buffer[..fits]);
            if (fits < buffer.Length)
            {
                throw new IOException("No space left on device");
            }
        }

        public override void Flush()
        {
            Flushes++;
            if (KeepsNothing)
            {
                throw new IOException("Input/output error");
            }
        }
    }
}
