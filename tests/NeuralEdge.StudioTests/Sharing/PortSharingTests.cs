using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Chips;
using NeuralEdge.Host;
using NeuralEdge.Host.Ports;
using NeuralEdge.Studio;
using NeuralEdge.Studio.Boards;
using NeuralEdge.Studio.Sharing;
using NeuralEdge.Studio.Simulation;
using NeuralEdge.StudioTests.Boards;

namespace NeuralEdge.StudioTests.Sharing;

[TestClass]
public sealed class PortSharingTests
{
    private const string DataHome = "XDG_DATA_HOME";

    private readonly string? _before = Environment.GetEnvironmentVariable(DataHome);
    private readonly string _home = Directory.CreateTempSubdirectory("neuraledge-ports-").FullName;

    [TestInitialize]
    public void UseAHomeOfItsOwn()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Inconclusive("the folder of the sockets is moved by a variable of Linux");
        }

        Environment.SetEnvironmentVariable(DataHome, _home);
    }

    [TestCleanup]
    public void Delete()
    {
        Environment.SetEnvironmentVariable(DataHome, _before);
        Directory.Delete(_home, recursive: true);
    }

    [TestMethod]
    public async Task AnotherProgramSpeaksWithTheBoardAndTheStudioGoesOnAfterwards()
    {
        using SimulatedWorld world = new();
        await using BoardService board = new(new StudioOptions { Folder = _home, ApplicationName = "none" });
        using PortSharing sharing = new(board);
        string port = world.Start(ChipTable.Classic);
        board.Connect(port);
        await BoardServiceTests.Until(() => board.Now.State == BoardState.Connected && board.Rows?.Count > 2, "the board");
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(SharedPort.Folder!),
                "nobody else gets into the folder");
        }

        for (int times = 0; times < 2; times++)
        {
            using (BoardLink link = BoardLink.Connect(SharedPort.TryOpen(port)!))
            {
                Assert.AreEqual(BoardState.Lent, board.Now.State);
                Assert.AreEqual(port, link.Port);
                BoardReport report = link.Info();
                Assert.AreEqual(report.ModelLength, link.ReadModel().Length, "as many bytes as a verb wants");
                StringAssert.Contains(Assert.Throws<BoardLinkException>(() => { _ = board.Do((l, end) => l.Info(end)); }).Message, "Another program");
            }

            long before = board.Rows!.Count;
            await BoardServiceTests.Until(() => board.Now.State == BoardState.Connected && board.Rows.Count > before, "that the studio goes on");
        }
    }

    [TestMethod]
    public async Task WhileTheStudioNeedsTheBoardItSaysSoAndKeepsIt()
    {
        using SimulatedWorld world = new();
        await using BoardService board = new(new StudioOptions { Folder = _home, ApplicationName = "none" });
        using PortSharing sharing = new(board);
        string port = world.Start(ChipTable.Classic);
        board.Connect(port);
        await BoardServiceTests.Until(() => board.Now.State == BoardState.Connected, "the board");
        board.WhyKept = () => "The studio records dry: end that first.";
        Assert.AreEqual("The studio records dry: end that first.", Assert.Throws<BoardLinkException>(() => SharedPort.TryOpen(port)).Message);
        board.WhyKept = () => null;
        using ManualResetEventSlim begun = new();
        using ManualResetEventSlim end = new();
        Task work = board.Do((_, cancellation) =>
        {
            begun.Set();
            end.Wait(cancellation);
            return true;
        });
        await BoardServiceTests.Until(() => begun.IsSet, "that it is at work");
        StringAssert.Contains(Assert.Throws<BoardLinkException>(() => SharedPort.TryOpen(port)).Message, "at work");
        end.Set();
        await work;
        Assert.AreEqual(BoardState.Connected, board.Now.State);
    }

    [TestMethod]
    public async Task WhoLooksForBoardsFindsTheOneThatTheStudioHas()
    {
        using SimulatedWorld world = new();
        await using BoardService board = new(new StudioOptions { Folder = _home, ApplicationName = "none" });
        using PortSharing sharing = new(board);
        string port = world.Start(ChipTable.Classic);
        board.Connect(port);
        await BoardServiceTests.Until(() => board.Now.State == BoardState.Connected, "the board");
        FoundPort found = new(port) { IsLikely = true };
        using (AskedPort first = new PortSearch().Ask([found])[0])
        {
            Assert.AreEqual(PortAnswer.Board, first.Answer, first.Sentence);

            // As a monitor in another window has it: whoever comes second hears of it soon, and in words.
            long begin = System.Diagnostics.Stopwatch.GetTimestamp();
            using AskedPort second = new PortSearch().Ask(found);
            Assert.IsLessThan(TimeSpan.FromSeconds(10), System.Diagnostics.Stopwatch.GetElapsedTime(begin));
            Assert.AreEqual(PortAnswer.InUse, second.Answer);
            StringAssert.StartsWith(second.Sentence, "Another command has the board through the studio");
            Assert.IsNotNull(first.Link!.Info(), "and takes nothing from the first");
        }

        // At once, as in a script.
        using (AskedPort next = new PortSearch().Ask(found))
        {
            Assert.AreEqual(PortAnswer.Board, next.Answer, next.Sentence);
        }

        await BoardServiceTests.Until(() => board.Now.State == BoardState.Connected, "that the studio goes on");
        board.WhyKept = () => "The studio records dry: end that first.";
        using AskedPort kept = new PortSearch().Ask(found);
        Assert.AreEqual((PortAnswer.InUse, "The studio records dry: end that first."), (kept.Answer, kept.Sentence));
    }

    [TestMethod]
    public async Task WhatAKilledStudioLeftBehindIsInNobodysWay()
    {
        const string Port = "socket://127.0.0.1:7";
        string path = SharedPort.PathOf(Port)!;
        Assert.IsNull(SharedPort.TryOpen(Port), "there is nothing");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (System.Net.Sockets.Socket dead = new(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified))
        {
            dead.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(path));
        }

        if (!File.Exists(path))
        {
            File.WriteAllText(path, "");
        }

        Assert.IsNull(SharedPort.TryOpen(Port), "nobody listens");
        await using BoardService board = new(new StudioOptions { Folder = _home, ApplicationName = "none" });
        using (PortSharing sharing = new(board))
        {
            board.Connect(Port);
            await BoardServiceTests.Until(() => board.Now.State == BoardState.Lost, "the failure");
            Assert.IsTrue(File.Exists(path));
        }

        Assert.IsFalse(File.Exists(path), "an end in order takes the socket away");
    }

    [TestMethod]
    public async Task VerbsOfTheCommandLineUseTheRunningStudio()
    {
        using SimulatedWorld world = new();
        string port = world.Start(ChipTable.Classic);
        using StudioProcess studio = new("--port", port);
        StringAssert.Contains(await Must("info", "--port", port, "--json"), "\"state\": \"factory\"");
        StringAssert.Contains(await Must("doctor", "--port", port), $"a board answers at {port}");
        string boards = Path.Combine(studio.Home, "boards.txt");
        string model = Path.Combine(studio.Home, "m.nedge");
        await File.WriteAllTextAsync(boards, port + "\n");
        StringAssert.Contains(await Must("status", "--boards", boards), "1 of 1 board answers.");
        await File.WriteAllTextAsync(model + ".json", """{"layers":[{"weights":[[1,-1]],"activation":"tanh"}],"inputs":[{"name":"a","min":0,"max":1},{"name":"b","min":0,"max":1}],"outputs":[{"name":"y"}]}""");
        await Must("import", model + ".json", "-o", model);
        StringAssert.Contains(await Must("upload", model, "--all", "--boards", boards, "--anyway"), "1 of 1 board runs the model.");
        StringAssert.Contains(await Must("status", "--boards", boards), "confirmed");

        async Task<string> Must(params string[] arguments)
        {
            (int ended, string said, string wrong) = await studio.Run(arguments);
            Assert.AreEqual((0, ""), (ended, wrong), said);
            return said;
        }
    }
}
