using System.Net;
using System.Net.Sockets;
using NeuralEdge.Board.Link;
using NeuralEdge.Host;
using NeuralEdge.Models;
using NeuralEdge.Simulator;
using NeuralEdge.Tests.Storage;

namespace NeuralEdge.Tests.Link;

/// <summary>The host's ports against the simulated board, which runs the firmware: sockets, and serial ports by a pseudo-terminal.</summary>
[TestClass]
public sealed class PortTests
{
    private static readonly byte[] File = Examples.Convert(Examples.WorkedExample).File.Bytes;

    [TestMethod]
    public void AModelGoesOverASocketAndComesBack()
    {
        using SimulatedBoard board = new();
        board.Start();
        MustServe(board.Address);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void AModelGoesOverAPseudoTerminalAndComesBack()
    {
        string path = Path.Combine(Path.GetTempPath(), $"neuraledge-test-{Guid.NewGuid():N}");
        using SimulatedBoard board = new(new SimulatedBoardOptions { PtyLink = path });
        board.Start();
        MustServe(board.Address);

        // The port can be opened again, and not by two at once.
        using BoardLink link = BoardLink.Connect(path);
        BoardLinkException second = Assert.Throws<BoardLinkException>(() => BoardLink.Connect(path));
        StringAssert.Contains(second.Message, $"in use by another neuraledge, process {Environment.ProcessId}: end that one first");
        Assert.AreEqual(ModelState.Confirmed, link.Info().State);
    }

    [TestMethod]
    [DataRow("socket://127.0.0.1:1", "connection refused")]
    [DataRow("socket://127.0.0.1", "write socket://HOST:PORT")]
    [DataRow("socket://127.0.0.1:0", "write socket://HOST:PORT")]
    [DataRow("socket://127.0.0.1:99999", "write socket://HOST:PORT")]
    [DataRow("socket://:5", "write socket://HOST:PORT")]
    [DataRow("socket://no-such-host.invalid:5", "Cannot connect to")]
    [DataRow("/dev/no-such-port", "Cannot open port /dev/no-such-port")]
    [DataRow("COM177", "Cannot open port COM177")]
    [DataRow("", "Cannot open port")]
    public void APortThatCannotBeOpenedFailsWithASentence(string port, string expected)
    {
        BoardLinkException e = Assert.Throws<BoardLinkException>(() => BoardLink.Connect(port).Dispose());
        StringAssert.Contains(e.Message, expected);
        StringAssert.EndsWith(e.Message, ".");
        Assert.AreEqual(-1, e.Message.IndexOfAny(['\r', '\n']));
    }

    [TestMethod]
    public void AnotherProgramBehindTheSocketIsNoBoard()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        using CancellationTokenSource end = new();
        Task echo = Task.Run(async () =>
        {
            using TcpClient client = await listener.AcceptTcpClientAsync(end.Token);
            NetworkStream stream = client.GetStream();
            byte[] buffer = new byte[1000];
            while (await stream.ReadAsync(buffer, end.Token) is int count and > 0)
            {
                await stream.WriteAsync(buffer.AsMemory(0, count), end.Token);
            }
        });
        string port = $"socket://{listener.LocalEndpoint}";
        LinkTimes times = new() { HelloAnswer = TimeSpan.FromMilliseconds(50) };
        BoardLinkException e = Assert.Throws<BoardLinkException>(() => BoardLink.Connect(port, times));
        StringAssert.StartsWith(e.Message, $"No board answers at {port}");
        end.Cancel();

        // It ends by itself when the host has closed the socket, or by the cancellation: either will do.
        Task.WhenAny(echo).GetAwaiter().GetResult();
    }

    [TestMethod]
    public void AClosedConnectionFailsWithASentence()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task close = Task.Run(async () =>
        {
            using TcpClient client = await listener.AcceptTcpClientAsync();
            await client.GetStream().ReadExactlyAsync(new byte[5]);
        });
        BoardLinkException e = Assert.Throws<BoardLinkException>(() => BoardLink.Connect($"socket://{listener.LocalEndpoint}"));
        StringAssert.Contains(e.Message, "closed the connection");
        close.GetAwaiter().GetResult();
    }

    private static void MustServe(string port)
    {
        using BoardLink link = BoardLink.Connect(port);
        Assert.AreEqual(ModelState.Factory, link.Info().State);
        UploadResult result = link.Upload(File);
        Assert.AreEqual(ModelState.Confirmed, result.State);
        CollectionAssert.AreEqual(File, link.ReadModel());
        Model desktop = ModelReader.Read(File, File.Length, link.Info().Limits, out _, out _);
        desktop.Network.SetInput(0, 16384);
        desktop.Network.SetInput(1, 24576);
        desktop.Network.Forward();
        CollectionAssert.AreEqual(desktop.Network.Outputs, link.Ask([16384, 24576]).Outputs);
        link.Subscribe(1);
        Assert.IsNotNull(link.ReadLive(TimeSpan.FromSeconds(5)));
        link.Subscribe(0);
        BoardReport after = link.Reset();
        Assert.AreEqual(StoreBoard.DigestOf(File), after.Digest);
        Assert.AreEqual(ModelState.Confirmed, after.State);
    }
}
