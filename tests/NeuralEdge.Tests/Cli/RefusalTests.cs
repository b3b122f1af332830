using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Host;

namespace NeuralEdge.Tests.Cli;

/// <summary>Whatever goes wrong on the way to a board: an exit code, one sentence, and a board that is as it was.</summary>
[TestClass]
public sealed class RefusalTests
{
    private static readonly byte[] Good = Examples.Convert(Examples.WorkedExample).File.Bytes;

    [TestMethod]
    public void AFileThatIsNoModelForThisBoardLeavesTheBoardAsItWas()
    {
        using Scratch scratch = new();
        scratch.Write("good.nedge", Good);
        scratch.Write("short.nedge", Good[..^100]);
        scratch.Write("stub.nedge", Good[..10]);
        scratch.Write("empty.nedge", "");
        scratch.Write("long.nedge", [.. Good, 0]);
        scratch.Write("text.nedge", "soil,light\n1,2\n");
        byte[] flipped = (byte[])Good.Clone();
        flipped[Good.Length / 2] ^= 0x10;
        scratch.Write("flipped.nedge", flipped);
        scratch.Write("wide.nedge", Imported.Model(Wide(64, 64, 64, 64, 8), range: 1));
        using BoardProcess board = new(scratch.Folder);
        scratch.Run("upload", "good.nedge", "--port", board.Address).MustSucceed();
        string before = ModelOf(board);

        foreach ((string file, string named) in new[]
        {
            ("nothere.nedge", "nothere.nedge"),
            (".", "access"),
            ("short.nedge", "short.nedge"),
            ("stub.nedge", "stub.nedge"),
            ("empty.nedge", "empty.nedge"),
            ("long.nedge", "long.nedge"),
            ("text.nedge", "text.nedge"),
            ("flipped.nedge", "flipped.nedge"),
            ("wide.nedge", "16384"),
        })
        {
            string sentence = scratch.Run("upload", file, "--port", board.Address).MustFail(2);
            StringAssert.Contains(sentence, named);
            Assert.AreEqual(before, ModelOf(board), file);
        }
    }

    [TestMethod]
    public void ABoardThatHasNothingToDecideSaysSo()
    {
        using Scratch scratch = new();
        scratch.Write("good.nedge", Good);
        using BoardProcess board = new(scratch.Folder);
        StringAssert.Contains(scratch.Run("confirm", "--port", board.Address).MustFail(3), "no model in test");
        StringAssert.Contains(scratch.Run("revert", "--port", board.Address).MustFail(3), "factory model");

        Assert.AreEqual("test", scratch.Run("upload", "good.nedge", "--port", board.Address, "--no-confirm", "--json").Json().GetProperty("state").GetString());
        Assert.AreEqual("confirmed", StateOf(scratch.Run("confirm", "--port", board.Address, "--json", "--anyway")));
        Assert.AreEqual("confirmed", StateOf(scratch.Run("reset", "--port", board.Address, "--json")));
        Assert.AreEqual("factory", StateOf(scratch.Run("revert", "--port", board.Address, "--json")));

        // A model in test does not outlive a restart.
        StringAssert.Contains(scratch.Run("upload", "good.nedge", "--port", board.Address, "--no-confirm").MustSucceed().Output, "In test");
        Assert.AreEqual("test", StateOf(scratch.Run("info", "--port", board.Address, "--json")));
        StringAssert.Contains(scratch.Run("reset", "--port", board.Address).MustSucceed().Output, "factory");
        StringAssert.Contains(scratch.Run("info", "--port", board.Address).MustSucceed().Output, "factory");
    }

    [TestMethod]
    public void EveryVerbThatNeedsABoardFailsWithASentenceWhereThereIsNone()
    {
        using Scratch scratch = new();
        scratch.Write("good.nedge", Good);
        string serial = OperatingSystem.IsWindows() ? "COM177" : "/dev/no-such-port";
        foreach (string verb in new[] { "upload good.nedge", "info", "confirm", "revert", "reset", "monitor", "record --label x -o x.csv", "ask 2 3" })
        {
            StringAssert.Contains(scratch.Run([.. verb.Split(' '), "--port", serial]).MustFail(3), serial);
            StringAssert.Contains(scratch.Run([.. verb.Split(' '), "--port", "socket://127.0.0.1:1", "--json"]).MustFail(3), "127.0.0.1:1");
        }

        Assert.IsFalse(File.Exists(scratch.PathOf("x.csv")));
        scratch.Run("upload", "good.nedge", "--port", "socket://nonsense").MustFail(3);
    }

    [TestMethod]
    public void APortThatStaysSilentIsGivenUp()
    {
        using Scratch scratch = new();
        scratch.Write("good.nedge", Good);
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        string sentence = scratch.Run("upload", "good.nedge", "--port", $"socket://{silent.LocalEndpoint}").MustFail(3);
        StringAssert.StartsWith(sentence, $"No board answers at socket://{silent.LocalEndpoint}");
    }

    [TestMethod]
    public void ABoardThatDiesDuringAnUploadIsReportedAndTheNextUploadGoesOnFromThere()
    {
        using Scratch scratch = new();
        scratch.Write("net.nedge", Imported.Model(Wide(24, 32, 32, 4), range: 1));
        using BoardProcess board = new(scratch.Folder, "--state", "flash");
        using System.Diagnostics.Process upload = Tool.Start(scratch.Folder, "upload", "net.nedge", "--port", board.Address);
        Task<string> error = upload.StandardError.ReadToEndAsync();
        while (upload.StandardOutput.ReadLine() is string line && !line.StartsWith("sending  5", StringComparison.Ordinal))
        {
        }

        board.Kill();
        Assert.IsTrue(upload.WaitForExit(Tool.Patience));
        ToolResult result = new("upload", upload.ExitCode, "", error.GetAwaiter().GetResult());
        result.MustFail(3);

        using BoardProcess again = new(scratch.Folder, "--state", "flash");
        Assert.AreEqual("factory", StateOf(scratch.Run("info", "--port", again.Address, "--json")));
        JsonElement second = scratch.Run("upload", "net.nedge", "--port", again.Address, "--json").Json();
        Assert.AreEqual("confirmed", second.GetProperty("state").GetString());
        Assert.IsGreaterThan(0, second.GetProperty("resumed").GetInt32());
    }

    [TestMethod]
    [DataRow("import net.txt -o m.nedge", "net.txt")]
    [DataRow("import nothere.json -o m.nedge", "nothere.json")]
    [DataRow("import broken.json -o m.nedge", "broken.json")]
    [DataRow("import good.nedge -o m.nedge", "upload")]
    [DataRow("import net.json -o m.nedge --range 4,-4", "--range")]
    [DataRow("import net.json -o m.nedge --range -1e308,1e308", "-1E+308..1E+308")]
    [DataRow("import net.json -o m.nedge --range -1e300,1e300 --profile fast", "1E+300")]
    [DataRow("import net.json -o m.nedge --range 0,1e-320", "0..1E-320")]
    [DataRow("import net.json -o m.nedge --range 1000000,1000000.000001 --profile fast", "1000000..1000000.000001")]
    [DataRow("import net.json -o m.nedge --calibrate nothere.csv", "nothere.csv")]
    [DataRow("inspect nothere.nedge", "nothere.nedge")]
    [DataRow("inspect net.txt", "net.txt")]
    [DataRow("run good.nedge --input nothere.csv", "nothere.csv")]
    [DataRow("run good.nedge --input words.csv", "words.csv")]
    [DataRow("run good.nedge --input three.csv", "three.csv")]
    [DataRow("simulate --sensors nothere.csv", "nothere.csv")]
    [DataRow("simulate --duration -1", "--duration")]
    [DataRow("simulate --duration 1e300", "--duration")]
    [DataRow("simulate --day NaN", "--day")]
    [DataRow("simulate --model nothere.nedge --sensors words.csv", "nothere.nedge")]
    public void AFileOrValueThatCannotBeUsedIsRefusedByName(string commandLine, string named)
    {
        using Scratch scratch = new();
        scratch.Write("good.nedge", Good);
        scratch.Write("net.txt", "hello");
        scratch.Write("net.json", """{"layers":[{"weights":[[1]],"activation":"linear"}]}""");
        scratch.Write("broken.json", """{"layers":[{"weights":[[1""");
        scratch.Write("words.csv", "a,b\n1,two\n");
        scratch.Write("three.csv", "1,2,3\n");
        string[] arguments = commandLine.Split(' ');
        StringAssert.Contains(scratch.Run(arguments).MustFail(2), named);
        StringAssert.Contains(scratch.Run([.. arguments, "--json"]).MustFail(2), named);
        Assert.IsFalse(File.Exists(scratch.PathOf("m.nedge")));
    }

    [TestMethod]
    [DataRow("compact")]
    [DataRow("fast")]
    public void ScoresThatFitNoCommonScaleAreSaidToBeTooLarge(string profile)
    {
        using Scratch scratch = new();
        scratch.Write("net.json", """
            {"inputs":[{"name":"x","min":0,"max":1000000}],"layers":[{"weights":[[1e4],[-1e4]],"activation":"relu"},
            {"weights":[[1e4,1],[1,1e4]],"activation":"relu"},{"weights":[[1e4,0],[0,1e4]],"activation":"softmax"}]}
            """);
        StringAssert.Contains(scratch.Run("import", "net.json", "--profile", profile, "-o", "m.nedge").MustFail(2), "layer 2");
    }

    /// <summary>A network of these widths, with weights that do not repeat.</summary>
    internal static string Wide(params int[] widths)
    {
        StringBuilder json = new("{\"layers\":[");
        for (int l = 1; l < widths.Length; l++)
        {
            json.Append(l == 1 ? "" : ",").Append("{\"activation\":\"tanh\",\"weights\":[");
            for (int n = 0; n < widths[l]; n++)
            {
                IEnumerable<string> row = Enumerable.Range(0, widths[l - 1]).Select(i => (((((n * 31) + (i * 17) + l) % 41) - 20) / 64.0).ToString(System.Globalization.CultureInfo.InvariantCulture));
                json.Append(n == 0 ? "[" : ",[").AppendJoin(',', row).Append(']');
            }

            json.Append("]}");
        }

        return json.Append("]}").ToString();
    }

    private static string StateOf(ToolResult result) => result.Json().GetProperty("model").GetProperty("state").GetString()!;

    private static string ModelOf(BoardProcess board)
    {
        using BoardLink link = BoardLink.Connect(board.Address);
        BoardReport report = link.Info();
        return $"{report.State} {report.Slot} {report.Sequence} {report.Digest} {Convert.ToHexString(link.ReadModel())}";
    }
}
