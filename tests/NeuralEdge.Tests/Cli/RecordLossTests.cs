using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Simulator;
using NeuralEdge.Simulator.Sensors;

namespace NeuralEdge.Tests.Cli;

/// <summary>
/// record as a process of its own against simulated boards whose counts tell the time they were sampled at: what was sampled more than
/// a second ago is in the file, whatever is taken away.
/// </summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class RecordLossTests
{
    private const int Hangup = 1;
    private const int Interrupt = 2;
    private const int KilledBySignal = 128;

    // One count is this long; all of the ADC's range are almost seven minutes.
    private const double MsOfCount = 100;

    // A second, and what a busy computer takes to give a program its turn.
    private static readonly TimeSpan MostLost = TimeSpan.FromSeconds(3);

    [TestMethod]
    public void ABoardWhosePowerGoesIsWaitedForAndNothingIsLost()
    {
        using Scratch scratch = new();
        using SimulatedBoard board = Board();
        using Process record = Record(scratch, board.Address, "--count", "60");
        WaitForRows(scratch, 15);
        board.PowerCut();
        TimeSpan cut = board.Uptime;
        Thread.Sleep(1500);
        string[] kept = Rows(scratch);
        board.Start();
        MustHave(kept, cut);
        string output = MustEnd(record, 0);
        string[] rows = Rows(scratch);
        CollectionAssert.AreEqual(kept, rows[..kept.Length]);
        Assert.HasCount(60, rows);
        StringAssert.Contains(output, "The board was lost 1 time,");
        MustTellTheTime(rows);
    }

    [TestMethod]
    public void ABoardThatIsKilledAndStartedAgainIsFoundAgain()
    {
        using Scratch scratch = new();
        int port = FreePort();
        using (BoardProcess first = new(scratch.Folder, "--port", $"socket://127.0.0.1:{port}"))
        {
            using Process record = Record(scratch, first.Address, "--count", "40");
            WaitForRows(scratch, 10);
            first.Kill();
            Thread.Sleep(1000);
            string[] kept = Rows(scratch);
            using BoardProcess second = new(scratch.Folder, "--port", $"socket://127.0.0.1:{port}");
            string output = MustEnd(record, 0);
            StringAssert.Contains(output, "rows are kept; waiting for the board, Ctrl+C ends it.");
            StringAssert.Contains(output, "The board is back");
            string[] rows = Rows(scratch);
            CollectionAssert.AreEqual(kept, rows[..kept.Length]);
            Assert.HasCount(40, rows);
            long[] ms = [.. rows.Select(Ms)];
            CollectionAssert.AreEqual(ms.Order().Distinct().ToArray(), ms);
            Assert.IsGreaterThan(900, ms[kept.Length] - ms[kept.Length - 1], "the gap shows");
        }
    }

    [TestMethod]
    public void ALineThatIsUnpluggedIsPluggedInAgain()
    {
        using Scratch scratch = new();
        using SimulatedBoard board = Board();
        using Cable cable = new(board.Address);
        using Process record = Record(scratch, cable.Address, "--count", "60");
        WaitForRows(scratch, 15);
        TimeSpan cut = board.Uptime;
        cable.Unplug();
        Thread.Sleep(1500);
        string[] kept = Rows(scratch);
        cable.Plug();
        MustHave(kept, cut);
        string output = MustEnd(record, 0);
        StringAssert.Contains(output, "The board is back");
        string[] rows = Rows(scratch);
        CollectionAssert.AreEqual(kept, rows[..kept.Length]);
        Assert.HasCount(60, rows);
        MustTellTheTime(rows);
    }

    [TestMethod]
    public void ABoardThatStaysAwayEndsItWithWhatThereIs()
    {
        using Scratch scratch = new();
        using SimulatedBoard board = Board();
        using Cable cable = new(board.Address);
        using Process record = Record(scratch, cable.Address, "--count", "6000", "--wait", "1");
        WaitForRows(scratch, 10);
        cable.Unplug();
        Assert.IsTrue(record.WaitForExit(Tool.Patience));
        Assert.AreEqual(3, record.ExitCode);
        StringAssert.EndsWith(record.StandardError.ReadToEnd().TrimEnd(), $"r.csv has the {Rows(scratch).Length} rows recorded before that.");
    }

    [TestMethod]
    [DataRow(Hangup)]
    [DataRow(Interrupt)]
    [DataRow(9)]
    public void ATerminalThatClosesCtrlCAndAKillLeaveEveryRow(int signal)
    {
        using Scratch scratch = new();
        using SimulatedBoard board = Board();
        using Process record = Record(scratch, board.Address, "--count", "6000");
        WaitForRows(scratch, 10);
        TimeSpan cut = board.Uptime;
        Assert.AreEqual(0, kill(record.Id, signal));
        string output = MustEnd(record, signal == 9 ? KilledBySignal + 9 : 0);
        string[] rows = Rows(scratch);
        MustHave(rows, cut);
        MustTellTheTime(rows);
        if (signal != 9)
        {
            StringAssert.Contains(output, $"Stopped with {rows.Length} of 6000 rows.");
        }
    }

    [TestMethod]
    public void AFullDiskEndsItWithWholeRows()
    {
        using Scratch scratch = new();
        using SimulatedBoard board = Board();

        // The system lets a file grow to 1024 bytes; a shell that ignores the signal makes it an error like that of a full disk.
        ToolResult result = Tool.Run(
            "bash",
            scratch.Folder,
            ["-c", $"export DOTNET_EnableWriteXorExecute=0 DOTNET_EnableDiagnostics=0; trap '' XFSZ; ulimit -f 1; '{Tool.DotNet}' '{Path.Combine(AppContext.BaseDirectory, "NeuralEdge.Cli.dll")}' record --label x --channels 0 --period 20 --count 6000 --port {board.Address} -o r.csv"],
            Tool.Patience);
        Assert.AreEqual(2, result.ExitCode, result.ToString());
        string[] rows = Rows(scratch);
        StringAssert.Contains(result.Error, $"it has the {rows.Length} rows recorded before that");
        Assert.IsGreaterThan(20, rows.Length);
        Assert.EndsWith("\n", File.ReadAllText(scratch.PathOf("r.csv")));
        MustTellTheTime(rows);
        StringAssert.Contains(scratch.Run("record", "--label", "x", "--channels", "0", "--port", board.Address, "-o", "/dev/full").MustFail(2), "/dev/full");
    }

    private static SimulatedBoard Board()
    {
        SimulatedBoard board = new(new SimulatedBoardOptions { Sensors = new FunctionSensors((_, at) => at.TotalMilliseconds / MsOfCount) });
        board.Start();
        return board;
    }

    private static Process Record(Scratch scratch, string port, params string[] more) =>
        Tool.Start(scratch.Folder, ["record", "--label", "x", "--channels", "0", "--period", "50", "--port", port, "-o", "r.csv", .. more]);

    private static string MustEnd(Process record, int code)
    {
        Task<string> output = record.StandardOutput.ReadToEndAsync();
        Task<string> error = record.StandardError.ReadToEndAsync();
        if (!record.WaitForExit(Tool.Patience))
        {
            record.Kill();
            Assert.Fail($"It does not end: {output.GetAwaiter().GetResult()} {error.GetAwaiter().GetResult()}");
        }

        Assert.AreEqual(code, record.ExitCode, output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult());
        return output.GetAwaiter().GetResult();
    }

    private static void WaitForRows(Scratch scratch, int count)
    {
        long begin = Stopwatch.GetTimestamp();
        while (Rows(scratch).Length < count)
        {
            Assert.IsLessThan(Tool.Patience, Stopwatch.GetElapsedTime(begin), "no rows come");
            Thread.Sleep(20);
        }
    }

    /// <summary>The rows in the file as it is now.</summary>
    private static string[] Rows(Scratch scratch)
    {
        string path = scratch.PathOf("r.csv");
        return File.Exists(path) ? [.. File.ReadAllLines(path).Skip(1)] : [];
    }

    private static void MustHave(string[] rows, TimeSpan cut) =>
        Assert.IsLessThan(MostLost.TotalMilliseconds, cut.TotalMilliseconds - (Count(rows[^1]) * MsOfCount), "rows are lost that were sampled long before");

    /// <summary>Counts are those of the ADC, and times those of the counts, also over a gap.</summary>
    private static void MustTellTheTime(string[] rows)
    {
        foreach (string row in rows)
        {
            double sampled = (Count(row) - Count(rows[0])) * MsOfCount;
            Assert.AreEqual(sampled, Ms(row) - Ms(rows[0]), 1500, row);
        }
    }

    private static long Ms(string row) => long.Parse(row.Split(',')[0], CultureInfo.InvariantCulture);

    private static double Count(string row) => double.Parse(row.Split(',')[1], CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using TcpListener any = new(IPAddress.Loopback, 0);
        any.Start();
        return ((IPEndPoint)any.LocalEndpoint).Port;
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int process, int signal);

    /// <summary>A line to a board that can be unplugged: its port is gone then.</summary>
    private sealed class Cable : IDisposable
    {
        private readonly string _board;
        private readonly int _port;
        private TcpListener _listener;
        private TcpClient? _host;
        private TcpClient? _there;

        internal Cable(string board)
        {
            _board = board["socket://".Length..];
            _listener = new TcpListener(IPAddress.Loopback, 0);
            _listener.Start();
            _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
            Serve(_listener);
        }

        internal string Address => $"socket://127.0.0.1:{_port}";

        internal void Unplug()
        {
            _listener.Stop();
            _host?.Close();
            _there?.Close();
        }

        internal void Plug()
        {
            _listener = new TcpListener(IPAddress.Loopback, _port);
            _listener.Start();
            Serve(_listener);
        }

        public void Dispose() => Unplug();

        private void Serve(TcpListener listener) => Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    _host = await listener.AcceptTcpClientAsync();
                    _there = new TcpClient();
                    await _there.ConnectAsync(IPEndPoint.Parse(_board));
                    await Task.WhenAny(_host.GetStream().CopyToAsync(_there.GetStream()), _there.GetStream().CopyToAsync(_host.GetStream()));
                    _host.Close();
                    _there.Close();
                }
            }
            catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
            {
                // Unplugged.
            }
        });
    }
}
