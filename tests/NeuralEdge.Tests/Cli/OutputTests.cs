using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.Tests.Cli;

/// <summary>No command destroys a file that it reads, and none leaves half of its files.</summary>
[TestClass]
public sealed class OutputTests
{
    private const string Net = """{"inputs":[{"name":"a","min":-1,"max":1}],"layers":[{"weights":[[1]],"activation":"linear"}]}""";
    private const string Board = """{"inputs":[],"outputs":[]}""";

    [TestMethod]
    [DataRow("train rows.csv --target y -o rows.csv")]
    [DataRow("train rows.csv --target y -o ./rows.csv")]
    [DataRow("train rows.csv --target y --test other.csv -o other.csv")]
    [DataRow("train rows.csv --target y --board board.json -o board.json")]
    [DataRow("train rows.csv --target y -o m.nedge --report rows.csv")]
    [DataRow("train rows.csv --target y -o m.nedge --report link.csv")]
    [DataRow("train rows.csv --target y -o linked/rows.csv")]
    [DataRow("import net.json -o net.json")]
    [DataRow("import net.json -o crooked.json")]
    [DataRow("import net.json --calibrate rows.csv -o rows.csv")]
    [DataRow("import net.json -o good.nedge --report good.nedge")]
    [DataRow("run good.nedge --input rows.csv --output rows.csv")]
    [DataRow("run good.nedge --input rows.csv --output good.nedge")]
    [DataRow("export good.nedge --csharp good.nedge --class A")]
    [DataRow("export good.nedge --csharp link.nedge --class A")]
    [DataRow("export link.nedge --csharp good.nedge --class A")]
    [DataRow("simulate --sensors rows.csv --pin-log rows.csv --duration 1")]
    public void AFileThatIsReadIsNotWritten(string commandLine)
    {
        using Scratch scratch = new();
        scratch.Write("net.json", Net);
        scratch.Write("good.nedge", Imported.Model(Net));
        scratch.Write("board.json", Board);
        scratch.Write("rows.csv", "a,y\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i / 20.0:0.00},{i}\n")));
        scratch.Write("other.csv", File.ReadAllText(scratch.PathOf("rows.csv")));
        if (!OperatingSystem.IsWindows())
        {
            // Windows lets few people make links.
            File.CreateSymbolicLink(scratch.PathOf("link.csv"), scratch.PathOf("rows.csv"));
            File.CreateSymbolicLink(scratch.PathOf("link.nedge"), scratch.PathOf("good.nedge"));
            Directory.CreateSymbolicLink(scratch.PathOf("linked"), scratch.Folder);
            File.CreateSymbolicLink(scratch.PathOf("crooked.json"), "linked/net.json");
        }
        else if (commandLine.Contains("link", StringComparison.Ordinal) || commandLine.Contains("crooked", StringComparison.Ordinal))
        {
            return;
        }

        Dictionary<string, byte[]> before = Contents(scratch);
        StringAssert.Contains(scratch.Run(commandLine.Split(' ')).MustFail(2), "would be lost");
        Dictionary<string, byte[]> after = Contents(scratch);
        CollectionAssert.AreEquivalent(before.Keys, after.Keys);
        foreach ((string file, byte[] content) in before)
        {
            CollectionAssert.AreEqual(content, after[file], file);
        }
    }

    [TestMethod]
    public void WhenThePageCannotBeWrittenTheOldModelStays()
    {
        using Scratch scratch = new();
        scratch.Write("net.json", Net);
        scratch.Run("import", "net.json", "-o", "m.nedge").MustSucceed();
        scratch.Write("other.json", Net.Replace("[[1]]", "[[0.3]]", StringComparison.Ordinal));
        byte[] old = File.ReadAllBytes(scratch.PathOf("m.nedge"));
        scratch.Write("m.nedge.part", "somebody's");

        // A name that is too long for any file system, in a folder that is there.
        scratch.Run("import", "other.json", "-o", "m.nedge", "--report", new string('x', 300)).MustFail(2);
        CollectionAssert.AreEqual(old, File.ReadAllBytes(scratch.PathOf("m.nedge")));
        Assert.AreEqual("somebody's", File.ReadAllText(scratch.PathOf("m.nedge.part")));
        Assert.HasCount(4, Directory.GetFiles(scratch.Folder));
        scratch.Run("import", "other.json", "-o", "m.nedge", "--report", "m.html").MustSucceed();
        CollectionAssert.AreNotEqual(old, File.ReadAllBytes(scratch.PathOf("m.nedge")));
        Assert.AreEqual("somebody's", File.ReadAllText(scratch.PathOf("m.nedge.part")));
    }

    [TestMethod]
    public void LinksThatLeadInCirclesAndTheBoardsFlashAreNoPlaceToWrite()
    {
        using Scratch scratch = new();
        scratch.Write("net.json", Net);
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(scratch.PathOf("a.nedge"), "b.nedge");
            File.CreateSymbolicLink(scratch.PathOf("b.nedge"), "a.nedge");
            StringAssert.Contains(scratch.Run("import", "net.json", "-o", "a.nedge").MustFail(2), "circles");
        }

        Directory.CreateDirectory(scratch.PathOf("flash"));
        StringAssert.Contains(scratch.Run("simulate", "--state", "flash", "--pin-log", "flash/m0.nem", "--duration", "1").MustFail(2), "flash");
    }

    // Names may have 255 bytes on most systems.
    [TestMethod]
    public void AFileMayHaveTheLongestName()
    {
        using Scratch scratch = new();
        scratch.Write("net.json", Net);
        string name = new string('m', 240) + ".nedge";
        scratch.Run("import", "net.json", "-o", name).MustSucceed();
        Assert.IsTrue(File.Exists(scratch.PathOf(name)));
    }

    private static Dictionary<string, byte[]> Contents(Scratch scratch) =>
        Directory.GetFiles(scratch.Folder).ToDictionary(file => file, File.ReadAllBytes);
}
