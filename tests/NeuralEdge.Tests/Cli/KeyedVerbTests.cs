using NeuralEdge.Cli.Verbs;
using NeuralEdge.Host;

namespace NeuralEdge.Tests.Cli;

/// <summary>A keyed board from the command line: what its owner types, and what others are told.</summary>
[TestClass]
public sealed class KeyedVerbTests
{
    private static readonly byte[] First = Examples.Convert(Examples.WorkedExample).File.Bytes;
    private static readonly byte[] Second = Control.Bench.Identity(2, 20).Bytes;

    [TestMethod]
    public void ABoardIsKeyedTaughtRestartedReadAndOpenedAgain()
    {
        using Scratch scratch = new();
        scratch.Write("first.nedge", First);
        scratch.Write("second.nedge", Second);
        string said = "";
        ToolResult made = Must("provision --new-key a.key");
        StringAssert.Contains(made.Output, "a.key");
        using (BoardProcess board = new(scratch.Folder, "--state", "flash"))
        {
            string port = $" --port {board.Address}";
            StringAssert.Contains(Must("info" + port).Output, "open: anybody");
            StringAssert.Contains(MustFail($"provision --key-file a.key{port}", 3), "--first");
            StringAssert.Contains(Must($"provision --first --key-file a.key{port}").Output, "is keyed, security number 0; anybody may read");
            StringAssert.Contains(MustFail("upload first.nedge" + port, 3), "--key-file");
            StringAssert.Contains(MustFail("reset" + port, 3), "NEURALEDGE_KEY_FILE");
            Must($"upload first.nedge --anyway --security-number 5 --key-file a.key{port}");
            StringAssert.Contains(Must("info" + port).Output, "keyed, security number 5");
            Must("verify first.nedge --input rows.csv" + port);
        }

        // The flash is all that is left of it, and it is enough.
        using (BoardProcess board = new(scratch.Folder, "--state", "flash"))
        {
            string port = $" --port {board.Address}";
            System.Text.Json.JsonElement security = Must($"info --json{port}").Json().GetProperty("security");
            Assert.AreEqual(("keyed", 5), (security.GetProperty("mode").GetString(), security.GetProperty("number").GetInt32()));
            Must("provision --new-key other.key");
            StringAssert.Contains(MustFail($"upload second.nedge --key-file other.key{port}", 3), "has another key than other.key");
            StringAssert.Contains(MustFail($"upload second.nedge --security-number 4 --key-file a.key{port}", 3), "--older");
            Must($"upload second.nedge --security-number 4 --older --anyway --key-file a.key{port}");
            Must($"revert second.nedge --key-file a.key{port}");
            Must($"reset --key-file a.key{port}");

            Must("provision --new-key b.key");
            StringAssert.Contains(MustFail($"provision --first --key-file b.key{port}", 3), "leave --first away");
            Must($"provision --key-file b.key --key-now a.key --close-reading{port}");
            StringAssert.Contains(MustFail($"ask 1 2{port}", 3), "--key-file");
            StringAssert.Contains(MustFail($"revert --key-file other.key{port}", 3), "has another key");
            Must($"ask 1 2 --key-file b.key{port}");
            Must($"monitor --count 1 --key-file b.key{port}");
            StringAssert.Contains(Must("info" + port).Output, "reading needs the key");
            StringAssert.Contains(MustFail($"provision --open --key-file a.key{port}", 3), "replacement key");
            Must($"provision --open --key-file b.key{port}");
            Must("ask 1 2" + port);
        }

        foreach (string key in Directory.GetFiles(scratch.Folder, "*.key").SelectMany(File.ReadAllLines))
        {
            Assert.DoesNotContain(key[..8], said, "a key was printed");
        }

        ToolResult Must(string command)
        {
            scratch.Write("rows.csv", "a,b\n1,2\n2,3\n");
            ToolResult result = scratch.Run(command.Split(' ')).MustSucceed();
            said += result.ToString().ToUpperInvariant();
            return result;
        }

        string MustFail(string command, int code)
        {
            ToolResult result = scratch.Run(command.Split(' '));
            said += result.ToString().ToUpperInvariant();
            return result.Output.Length == 0 ? result.MustFail(code) : LastOf(result, code);
        }

        static string LastOf(ToolResult result, int code)
        {
            // An upload or a decision has said by then what it is about.
            Assert.AreEqual(code, result.ExitCode, result.ToString());
            return result.Error;
        }
    }

    [TestMethod]
    public void AKeyFileThatIsNotThereIsNamedInOurWords()
    {
        using Scratch scratch = new();
        scratch.Run("provision", "--new-key", "k").MustSucceed();
        Directory.CreateDirectory(scratch.PathOf("folder"));
        foreach ((string path, string why) in new[] { ("nothing", "no such file"), ("no/where", "no such f"), ("folder", "folder") })
        {
            foreach (string[] command in new[] { new[] { "info", "--port", "x", "--key-file", path }, ["provision", "--port", "x", "--key-file", "k", "--key-now", path] })
            {
                string sentence = scratch.Run(command).MustFail(2);
                StringAssert.StartsWith(sentence, $"Cannot read the key file \"{path}\": ");
                StringAssert.Contains(sentence, why);
                Assert.DoesNotContain("Could not find", sentence);
                Assert.DoesNotContain("denied", sentence);
                Assert.DoesNotContain(scratch.Folder, sentence, "the path as it was given, and no other");
            }
        }

        string folder = scratch.Run("provision", "--new-key", "no/where").MustFail(2);
        StringAssert.Contains(folder, "no such folder");
        Assert.DoesNotContain(scratch.Folder, folder);
    }

    [TestMethod]
    public void AnEmptyNameOfAKeyFileIsAMistake()
    {
        using Scratch scratch = new();
        scratch.Write("m.nedge", First);
        scratch.Run("provision", "--new-key", "k").MustSucceed();
        foreach (string command in new[] { "info --port x --key-file", "upload m.nedge --port x --key-file", "reset --port x --key-file", "provision --port x --key-file" })
        {
            StringAssert.StartsWith(scratch.Run([.. command.Split(' '), ""]).MustFail(2), "--key-file is empty");
        }

        StringAssert.StartsWith(scratch.Run("provision", "--port", "x", "--key-file", "k", "--key-now", "").MustFail(2), "--key-now is empty");
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void OneWarningForEachKeyFileThatOthersMayRead()
    {
        using Scratch scratch = new();
        scratch.Write("m.nedge", First);
        scratch.Run("provision", "--new-key", "k").MustSucceed();
        scratch.Run("provision", "--new-key", "n").MustSucceed();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(scratch.PathOf("k"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        }

        const string Warning = "warning: others on this computer may read the keys in k: chmod 600 it.";
        using BoardProcess board = new(scratch.Folder);
        foreach (string command in new[] { "info --key-file k", "upload m.nedge --anyway --key-file k", "provision --key-file n --key-now k", "provision --first --key-file k" })
        {
            ToolResult result = scratch.Run($"{command} --port {board.Address}".Split(' '));
            Assert.AreEqual(1, result.Error.Split('\n').Count(line => line == Warning), result.ToString());
        }
    }

    [TestMethod]
    public void AKeyFileIsMadeForItsOwnerOnlyAndNeverWrittenOver()
    {
        using Scratch scratch = new();
        scratch.Run("provision", "--new-key", "k").MustSucceed();
        byte[] before = File.ReadAllBytes(scratch.PathOf("k"));
        StringAssert.Contains(scratch.Run("provision", "--new-key", "k").MustFail(2), "already");
        CollectionAssert.AreEqual(before, File.ReadAllBytes(scratch.PathOf("k")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(scratch.PathOf("k")));
            File.SetUnixFileMode(scratch.PathOf("k"), UnixFileMode.UserRead | UnixFileMode.GroupRead);
            StringAssert.Contains(scratch.Run("provision", "--port", "x", "--open", "--close-reading", "--key-file", "k").Error, "others on this computer may read");
        }

        StringAssert.EndsWith(ProvisionVerb.Privacy(isPrivate: true), "readable by you alone");
        StringAssert.Contains(ProvisionVerb.Privacy(isPrivate: false), "could not be made readable by you alone");
        Assert.AreEqual(!OperatingSystem.IsWindows(), scratch.Run("provision", "--new-key", "json", "--json").Json().GetProperty("isPrivate").GetBoolean());
        foreach (string command in new[] { "provision", "provision --port socket://127.0.0.1:1", "provision --new-key n --port x", "provision --new-key n --key-file k", "provision --port x --first --open --key-file k", "provision --port x --first --key-file k --key-now k", "provision --port x --open --close-reading --key-file k", "provision --port x --key-file nothing" })
        {
            ToolResult result = scratch.Run(command.Split(' '));
            Assert.AreEqual(2, result.ExitCode, result.ToString());
            Assert.DoesNotContain("Exception", result.Error);
        }

        Assert.IsFalse(File.Exists(scratch.PathOf("n")));
        Assert.IsNotNull(KeyFile.Load(scratch.PathOf("k")));
    }
}
