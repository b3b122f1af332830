using System.Diagnostics;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion;
using NeuralEdge.Cli.Fleet;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Host;
using NeuralEdge.Simulator;
using NeuralEdge.Tests.Control;
using NeuralEdge.Tests.Security;

namespace NeuralEdge.Tests.Cli;

/// <summary>Many boards at once: a line for each, and nobody loses a model because another one fails.</summary>
[TestClass]
[DoNotParallelize]
public sealed class FleetTests
{
    /// <summary>How many boards; NEURALEDGE_FLEET=200 is the claim, less is quick.</summary>
    private static readonly int Size = (int)Campaigns.Number("NEURALEDGE_FLEET", 8);

    [TestMethod]
    public void OfAFleetThreeFailInDifferentWaysAndTheOthersRunTheModelEachWithALine()
    {
        using Scratch scratch = new();
        byte[] model = Bench.Identity(16, 20, new BoardOutput("y0", 18, ArgMax: false, On: 3000, Off: 2500)).Bytes;
        string file = scratch.Write("m.nedge", model);
        using Boards boards = new(Size, at => new SimulatedBoardOptions { HeapBytes = at == 3 ? 56 * 1024 : null, StateFolder = at == 1 ? scratch.PathOf("unplugged") : null });
        int unplugged = 0;
        boards[1].FlashChanging += name =>
        {
            // In the middle of the file.
            if (name.StartsWith('m') && Interlocked.Increment(ref unplugged) == 3)
            {
                boards[1].PowerCut();
                new Thread(boards[1].Dispose).Start();
            }
        };
        using (BoardLink link = BoardLink.Connect(boards[2].Address))
        {
            link.ProvisionFirst(Keys(scratch), closeReading: false);
        }

        string list = boards.Write(scratch, "boards.txt");
        Stopwatch clock = Stopwatch.StartNew();
        ToolResult result = VerbRun.Run(null, "upload", file, "--all", "--boards", list);
        Console.WriteLine($"{Size} boards in {clock.Elapsed.TotalSeconds:F1} s");
        Assert.AreEqual(3, result.ExitCode, result.ToString());
        string[] lines = result.Output.TrimEnd().Split('\n');
        for (int i = 0; i < Size; i++)
        {
            string line = lines.Single(l => l.Split("  ")[0].EndsWith(' ' + boards.Addresses[i], StringComparison.Ordinal));
            StringAssert.Contains(
                line,
                i switch { 1 => "FAILED", 2 => "  FAILED  The board is keyed", 3 => "  FAILED  This model is not for the board", _ => "  ok  NeuralEdge ESP32: confirmed, slot A, upload 1 (" });
        }

        Assert.Contains($"{Size - 3} of {Size} boards run the model, 3 failed.", lines);
        Assert.HasCount(Size + 4, lines, "and each failure once more at the end");

        // None is without a model.
        boards[1].Dispose();
        using SimulatedBoard again = new(new SimulatedBoardOptions { StateFolder = scratch.PathOf("unplugged") });
        again.Start();
        for (int i = 0; i < Size; i++)
        {
            using BoardLink link = BoardLink.Connect(i == 1 ? again.Address : boards[i].Address);
            BoardReport report = link.Info();
            Assert.IsGreaterThan(0, report.ModelLength, $"board {i}");
            Assert.AreEqual(i is 1 or 2 or 3 ? Board.Link.ModelState.Factory : Board.Link.ModelState.Confirmed, report.State, $"board {i}");
        }

        // What is there already is not sent again, and status says how all of them are.
        list = scratch.Write("again.txt", File.ReadAllText(list).Replace(boards.Addresses[1], again.Address, StringComparison.Ordinal));
        ToolResult status = VerbRun.Run(null, "status", "--boards", list).MustSucceed();
        StringAssert.Contains(status.Output, $"{Size} of {Size} boards answer.");
        StringAssert.Contains(status.Output, "NeuralEdge ESP32: esp32, confirmed, slot A, upload 1 (");
        StringAssert.Contains(VerbRun.Run(null, "upload", file, "--all", "--boards", list).Output, "already runs it");
    }

    [TestMethod]
    public void ACanaryThatFailsKeepsTheModelFromAllOthers()
    {
        using Scratch scratch = new();
        string file = scratch.Write("m.nedge", Bench.Identity(1, 20).Bytes);
        using Boards boards = new(2, _ => new SimulatedBoardOptions());
        string list = scratch.Write("boards.json", $$"""["socket://127.0.0.1:1", {"port": "{{boards[0].Address}}"}, "{{boards[1].Address}}"]""");
        ToolResult result = VerbRun.Run(null, "upload", file, "--all", "--boards", list, "--first", "1", "--json");
        Assert.AreEqual(3, result.ExitCode);
        System.Text.Json.JsonElement document = System.Text.Json.JsonDocument.Parse(result.Output).RootElement;
        Assert.AreEqual((0, 1, 2), (document.GetProperty("done").GetInt32(), document.GetProperty("failed").GetInt32(), document.GetProperty("notTried").GetInt32()));
        for (int i = 0; i < 2; i++)
        {
            using BoardLink link = BoardLink.Connect(boards[i].Address);
            Assert.AreEqual(Board.Link.ModelState.Factory, link.Info().State);
        }
    }

    [TestMethod]
    public void ABoardKeepsItsNameAndItsModelComesBackWithItsOwn()
    {
        using Scratch scratch = new();
        using Boards boards = new(1, _ => new SimulatedBoardOptions());
        string port = boards[0].Address;
        Assert.AreEqual($"The board at {port} is called pump house (field 3).\n", VerbRun.Run(null, "name", "pump house", "--place", "field 3", "--port", port).MustSucceed().Output);
        boards[0].Reset();
        scratch.Write("net.json", """{"inputs":[{"name":"soil","min":0,"max":4095}],"layers":[{"weights":[[1]],"activation":"linear"}]}""");
        VerbRun.Run(null, "import", scratch.PathOf("net.json"), "-o", scratch.PathOf("m.nedge"), "--name", "bed", "--version", "3").MustSucceed();
        StringAssert.Contains(VerbRun.Run(null, "inspect", scratch.PathOf("m.nedge")).MustSucceed().Output, "name: bed\nversion: 3\n");
        VerbRun.Run(null, "upload", scratch.PathOf("m.nedge"), "--port", port, "--anyway").MustSucceed();
        string info = VerbRun.Run(null, "info", "--port", port).MustSucceed().Output;
        StringAssert.Contains(info, "pump house (field 3), firmware");
        StringAssert.Contains(info, "bed, version 3");
        StringAssert.Contains(VerbRun.Run(null, "monitor", "--port", port, "--count", "1").MustSucceed().Output, "; pump house (field 3), bed, version 3\n");
        StringAssert.Contains(VerbRun.Run(null, "status", "--boards", boards.Write(scratch, "b.txt")).MustSucceed().Output, "pump house (field 3): esp32, bed, version 3, confirmed");
        foreach (System.Text.Json.JsonElement document in new[]
        {
            VerbRun.Run(null, "status", "--boards", boards.Write(scratch, "b.txt"), "--json").Json().GetProperty("boards")[0].GetProperty("result"),
            VerbRun.Run(null, "name", " pump house ", "--port", port, "--json").Json(),
        })
        {
            Assert.AreEqual("pump house", document.GetProperty("board").GetString());
            System.Text.Json.JsonElement model = document.GetProperty("model");
            Assert.AreEqual(("bed", "3"), (model.GetProperty("name").GetString(), model.GetProperty("version").ToString()));
            Assert.AreEqual("soil", model.GetProperty("inputs")[0].GetString());
        }

        StringAssert.Contains(VerbRun.Run(null, "name", "  ", "--port", port).MustFail(2), "blanks only");
        VerbRun.Run(null, "download", "--port", port, "-o", scratch.PathOf("back.nedge")).MustSucceed();
        CollectionAssert.AreEqual(File.ReadAllBytes(scratch.PathOf("m.nedge")), File.ReadAllBytes(scratch.PathOf("back.nedge")));
        StringAssert.Contains(VerbRun.Run(null, "name", "Gewächshaus", "--port", port).MustFail(2), "ASCII");
        StringAssert.Contains(VerbRun.Run(null, "name", new string('x', 33), "--port", port).MustFail(2), "32 letters");
        Assert.AreEqual($"The board at {port} is called NeuralEdge ESP32 (field 3).\n", VerbRun.Run(null, "name", "", "--port", port).MustSucceed().Output);
    }

    [TestMethod]
    [DataRow("", "names no board")]
    [DataRow("# nothing\n\n", "names no board")]
    [DataRow("COM5\ncom5\n", "twice")]
    [DataRow("[{\"port\":\"COM5\",\"name\":\"x\"}]", "\"name\"")]
    [DataRow("socket://localhost:7112\ntcp://127.0.0.1:07112/\n", "\"socket://localhost:7112\" twice, the second time as \"tcp://127.0.0.1:07112/\"")]
    [DataRow("[{\"port\":\"COM5\",\"port\":\"COM6\"}]", "board 1 has \"port\" twice")]
    [DataRow("{\"port\":\"COM5\"}", "is one JSON object")]
    [DataRow("COM5\nCO\u0001M6\n", "is no text")]
    [DataRow("COM5\0\n", "is no text")]
    [DataRow("[{}]", "board 1 has no \"port\"")]
    [DataRow("[1]", "board 1 has no \"port\"")]
    [DataRow("[\"COM5\"", "is no JSON")]
    public void AFileOfBoardsThatIsNoneIsRefusedByName(string text, string why)
    {
        using Scratch scratch = new();
        InputRefusedException refused = Assert.ThrowsExactly<InputRefusedException>(() => FleetFile.Read(scratch.Write("boards.txt", text), (file, _) => KeyFile.Load(file)));
        StringAssert.Contains(refused.Message, why);
        Assert.HasCount(2, FleetFile.Read(scratch.Write("good.txt", "# the beds\r\n\r\nCOM5\r\n  /dev/ttyUSB0  \r\n"), (file, _) => KeyFile.Load(file)));
    }

    [TestMethod]
    public void AFolderIsNoFileOfBoards()
    {
        using Scratch scratch = new();
        StringAssert.Contains(VerbRun.Run(null, "status", "--boards", scratch.Folder).MustFail(2), "it is a folder");
    }

    [TestMethod]
    public void AKeyFileThatIsMissingIsOneBoardsTroubleForStatusAndKeepsUploadFromAll()
    {
        using Scratch scratch = new();
        using Boards boards = new(2, _ => new SimulatedBoardOptions());
        string list = scratch.Write("boards.json", $$"""[{"port": "{{boards.Addresses[0]}}", "keyFile": "nosuch.key"}, "{{boards.Addresses[1]}}"]""");
        ToolResult status = VerbRun.Run(null, "status", "--boards", list);
        Assert.AreEqual(3, status.ExitCode, status.ToString());
        StringAssert.Contains(status.Output, $" {boards.Addresses[0]}  FAILED  Cannot read the key file");
        StringAssert.Contains(status.Output, "1 of 2 boards answer, 1 failed.");
        string file = scratch.Write("m.nedge", Bench.Identity(1, 20).Bytes);
        StringAssert.Contains(VerbRun.Run(null, "upload", file, "--all", "--boards", list).MustFail(2), "Nothing was sent to any board.");
    }

    [TestMethod]
    [DataRow("upload m.nedge --all", "go together")]
    [DataRow("upload m.nedge --boards b.txt", "go together")]
    [DataRow("upload m.nedge --port P --first 1", "go together")]
    [DataRow("upload m.nedge --port P --all --boards b.txt", "cannot go together")]
    [DataRow("status", "--boards")]
    [DataRow("name --port P", "a name or --place is missing")]
    public void WhatDoesNotGoTogetherIsWrongUsage(string commandLine, string named) =>
        StringAssert.Contains(VerbRun.Run(null, commandLine.Split(' ')).MustFail(1), named);

    private static KeyFile Keys(Scratch scratch)
    {
        VerbRun.Run(null, "provision", "--new-key", scratch.PathOf("board.key")).MustSucceed();
        return KeyFile.Load(scratch.PathOf("board.key"));
    }

    /// <summary>Boards of this process, all running.</summary>
    private sealed class Boards : IDisposable
    {
        private readonly SimulatedBoard[] _boards;

        public Boards(int count, Func<int, SimulatedBoardOptions> options)
        {
            _boards = [.. Enumerable.Range(0, count).Select(at => new SimulatedBoard(options(at)))];
            Addresses = [.. _boards.Select(board => board.Address)];
            Array.ForEach(_boards, board => board.Start());
        }

        /// <summary>Where they are, also when one is gone.</summary>
        public string[] Addresses { get; }

        public SimulatedBoard this[int at] => _boards[at];

        public string Write(Scratch scratch, string name) => scratch.Write(name, string.Join('\n', Addresses));

        public void Dispose() => Array.ForEach(_boards, board => board.Dispose());
    }
}
