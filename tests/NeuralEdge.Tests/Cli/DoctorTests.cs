using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Host;
using NeuralEdge.Host.Ports;
using NeuralEdge.Simulator;
using NeuralEdge.Tests.Link;

namespace NeuralEdge.Tests.Cli;

/// <summary>doctor names the cause of each trouble that is planted, says one next step, and finds nothing where nothing is wrong.</summary>
[TestClass]
[DoNotParallelize]
public sealed class DoctorTests
{
    private const int Header = LinkProtocol.HeaderLength;
    private static readonly byte[] Model = Examples.Convert(Examples.WorkedExample).File.Bytes;

    [TestMethod]
    public void NothingIsWrongWithAGoodBoard()
    {
        using SimulatedBoard board = new();
        board.Start();
        ToolResult result = VerbRun.Run(null, "doctor", "--port", board.Address);
        StringAssert.Contains(result.MustSucceed().Output, "Next: Nothing is wrong.");
        Assert.DoesNotContain("warning", result.Output);
        Assert.AreEqual("ok", VerbRun.Run(null, "doctor", "--port", board.Address, "--json").Json().GetProperty("state").GetString());
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void NoPortNoRightsAndNobodyThere()
    {
        using PortTree tree = new();
        MustName(Run(tree.Search), "ports", "this computer has no serial port", "a cable that carries data");
        tree.AddFile("ttyUSB0", "10c4:ea60");
        tree.Forbidden.Add("ttyUSB0");
        MustName(Run(tree.Search), "rights", "you may not open", "sudo usermod -aG ");
        tree.Forbidden.Clear();
        tree.Open = _ => new SaidLine([]);
        MustName(Run(tree.Search), "answer", "nothing comes", "TX and RX are crossed");
        tree.Open = name => throw new PortException(PortProblem.NoRights, $"Cannot open port {name}: planted rights.");
        MustName(Run(tree.Search), "rights", "you may not open", "planted rights");
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void AnotherProgramAtTheSamePort()
    {
        using PortTree tree = new();
        using SimulatedBoard board = tree.AddBoard("ttyUSB0");
        using BoardLink other = BoardLink.Connect(tree.PathOf("ttyUSB0"));
        MustName(Run(tree.Search), "in use", "another program has", $"another neuraledge, process {Environment.ProcessId}");
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void AProgramThatTakesTheAnswersIsNamed()
    {
        using PortTree tree = new();
        using SimulatedBoard board = tree.AddBoard("ttyUSB0");
        board.PowerCut();
        using Process thief = Process.Start(new ProcessStartInfo("bash", ["-c", "exec 3<>\"$1\"; echo there; read -r line", "bash", tree.PathOf("ttyUSB0")]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Assert.AreEqual("there", thief.StandardOutput.ReadLine());
        MustName(Run(tree.Search), "in use", "another program has", $"bash, process {thief.Id}, has it open too");
        thief.StandardInput.Close();
        thief.WaitForExit();
    }

    [TestMethod]
    public void TwoProgramsAtOneSocket()
    {
        using SimulatedBoard board = new();
        board.Start();
        using BoardLink first = BoardLink.Connect(board.Address);
        MustName(VerbRun.Run(null, "doctor", "--port", board.Address), "in use", "another program has", "serves one at a time: end that one first");
        StringAssert.Contains(VerbRun.Run(null, "info", "--port", board.Address.Replace("socket:", "tcp:", StringComparison.Ordinal)).MustFail(3), "Another program is connected to tcp://");
        Assert.AreEqual(ModelState.Factory, first.Info().State);
    }

    [TestMethod]
    [DataRow("ets Jul 29 2019 12:21:46\r\n\r\nrst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\r\n", "boot messages")]
    [DataRow("rst:0x1 (POWERON_RESET)\r\nrst:0xc (SW_CPU_RESET)\r\n", "restarts again and again")]
    [DataRow("\r\n>>> raw REPL; CTRL-B to exit\r\n>", "MicroPython answers there")]
    [DataRow("MRKPCKT\0\u0001\0\0", "nanoFramework's debugger speaks there")]
    [DataRow("NFPKTV1\0\u0001\0\0", "nanoFramework's debugger speaks there")]
    [DataRow("rst:0x1 (POWERON_RESET)\r\nBrownout detector was triggered\r\n", "supply voltage breaks down")]
    [DataRow("rst:0x1 (POWERON_RESET),boot:0x3 (DOWNLOAD_BOOT(UART0/UART1/SDIO_REI_REO_V2))\r\nwaiting for download\r\n", "let go of the BOOT button")]
    [DataRow("invalid header: 0xffffffff\r\n", "the board has no firmware")]
    [DataRow("Guru Meditation Error: Core  0 panic'ed (LoadProhibited)\r\n", "the firmware on the board crashes")]
    [DataRow("temperature 21.5\r\ntemperature 21.6\r\n", "another program's text")]
    [DataRow("\u0080\u00f8\u0078\u0000\u0080\u0080\u00f8\u00e6\u0066\u009e\u00fe\u0018", "nothing at 115200 baud")]
    [DataRow("raspberrypi login: ", "a computer's console")]
    public void SomethingElseAtThePort(string said, string cause) =>
        MustName(Run(Encoding.Latin1.GetBytes(said)), "answer", "no answer of a board", cause);

    [TestMethod]
    public void ALineThatEchoes() => MustName(Run(name => new SaidLine([]) { Echoes = true }), "answer", "no answer of a board", "RX and TX are bridged");

    [TestMethod]
    public void ABoardOfAnotherVersion()
    {
        MustName(Run(LinkRequest.Hello, Refusal(1, 1)), "versions", "does not talk to this program", "older than this program (it speaks link version 1");
        MustName(Run(LinkRequest.Hello, Refusal(9, 9)), "versions", "does not talk to this program", "newer than this program");
    }

    [TestMethod]
    public void ABoardThatSaysWhatIsWrong()
    {
        (string Check, string Cause, string Next, Func<byte[], byte[]> Plant)[] planted =
        [
            ("chip", "the settings do not suit the chip", "Settings.cs", info => Set(Set(info, 276, 1, 1), 16, 4, 0)),
            ("chip", "GPIO 6", "Settings.cs", info => Set(Set(info, 276, 1, 2), 277, 1, 6)),
            ("model", "no model can run, so the outputs are off", "neuraledge upload", info => Set(info, 16, 4, 0)),
            ("model", "in test, slot A, upload 7", "neuraledge confirm", info => Set(Set(Set(info, 4, 1, 2), 5, 1, 0), 8, 4, 7)),
            ("sensors", "input 1 (b) gives no plausible count", "open or a shorted", info => Set(info, 208, 2, 1)),
            ("sensors", "input 0 (a) gives the same count", "it is frozen", info => Set(Set(info, 208, 2, 0), 210, 1, InfoReply.Frozen)),
            ("inputs", "inputs unlike those it was trained on: 50 of the last 60 looks", "train again", info => Set(Set(Set(info, 250, 1, 2), 248, 1, 50), 249, 1, 60)),
            ("inputs", "4 of 8 looks at rows unlike the training, half or more", "train again", info => Set(Set(Set(info, 250, 1, 1), 248, 1, 4), 249, 1, 8)),
            ("period", "the work takes 30 ms, longer than the period of 20 ms", "periodMs", info => Set(Set(Set(info, 48, 4, 0), 52, 4, 30_000), 56, 4, 0)),
            ("period", "400 periods of 20 ms were lost", "periodMs", info => Set(Set(info, 72, 4, 400), 68, 4, 1000)),
            ("memory", "1000 of 60000 bytes", "smaller model", info => Set(Set(info, 160, 4, 60_000), 164, 4, 1000)),
            ("memory", "-500 of 60000 bytes", "smaller model", info => Set(Set(info, 160, 4, 60_000), 164, 4, unchecked((uint)-500))),
            ("line", "opened its port anew 3 times", "RX and TX", info => Set(info, 76, 4, 3)),
            ("line", "serial port failed 9 times", "RX and TX", info => Set(info, 120, 4, 9)),
            ("line", "50 frames were damaged", "Shorten the wires", info => Set(Set(info, 84, 4, 100), 88, 4, 50)),
            ("faults", "the ADC could not be read", "neuraledge reset", info => Set(Set(info, 80, 4, 1 << 2), 240, 4, 1)),
            ("keys", "no key file was given", "--key-file", info => Set(info, 211, 1, 1)),
            ("keys", "cannot be read any more", "erase its flash", info => Set(info, 211, 1, 3)),
            ("firmware", "does not say on which chip it runs", "Deploy the firmware", info => Set(info, 260, 1, 0)),
        ];
        foreach ((string check, string cause, string next, Func<byte[], byte[]> plant) in planted)
        {
            MustName(Run(LinkRequest.Info, plant), check, cause, next);
        }
    }

    [TestMethod]
    public void AFewLooksAreTooEarlyToTell()
    {
        string said = Run(LinkRequest.Info, info => Set(Set(Set(info, 250, 1, 1), 248, 1, 7), 249, 1, 7)).MustSucceed().Output;
        StringAssert.Contains(said, "too early to tell: 7 of 7 looks at rows unlike the training, and 8 looks are wanted");
        StringAssert.Contains(said, "Next: Nothing is wrong so far; run neuraledge doctor again");
        StringAssert.Contains(Run(LinkRequest.Info, info => Set(Set(Set(info, 250, 1, 1), 248, 1, 3), 249, 1, 8)).MustSucceed().Output, "Next: Nothing is wrong.");
    }

    [TestMethod]
    public void AModelThatIsWiredToNothingActsOnNothing()
    {
        using Scratch scratch = new();
        using SimulatedBoard board = new();
        board.Start();
        VerbRun.Run(null, "upload", scratch.Write("m.nedge", Model), "--port", board.Address, "--anyway").MustSucceed();
        ToolResult result = VerbRun.Run(null, "doctor", "--port", board.Address);
        MustName(result, "wiring", "the model that runs is wired to no sensor and no pin: the board acts on nothing", "Train with --board FILE");
        Assert.DoesNotContain("all wired inputs", result.Output);
    }

    [TestMethod]
    public void TheNextStepIsAboutTheWorst()
    {
        ToolResult result = Run(LinkRequest.Info, info => Set(Set(info, 76, 4, 3), 208, 2, 1));
        StringAssert.Contains(result.Output, "Next: Look at the wires of the sensor");
        StringAssert.Contains(result.Output, "opened its port anew");
    }

    /// <summary>Claims that a check of this name is not ok, says the cause, and that the one next step is about it.</summary>
    private static void MustName(ToolResult result, string check, string cause, string next)
    {
        Assert.AreEqual(3, result.ExitCode, result.ToString());
        Assert.AreEqual("", result.Error, result.ToString());
        string? line = result.Output.Split('\n').FirstOrDefault(l => l.StartsWith("warning", StringComparison.Ordinal) || l.StartsWith("trouble", StringComparison.Ordinal));
        StringAssert.Contains(line, $" {check} ", result.ToString());
        string[] steps = [.. result.Output.Split('\n').Where(l => l.StartsWith("Next: ", StringComparison.Ordinal))];
        Assert.HasCount(1, steps, result.ToString());
        StringAssert.Contains(result.Output, cause, result.ToString());
        StringAssert.Contains(steps[0] + line, next, result.ToString());
    }

    private static ToolResult Run(PortSearch search)
    {
        try
        {
            BoardPort.LookIn(search);
            return VerbRun.Run(null, "doctor");
        }
        finally
        {
            BoardPort.LookIn(null);
        }
    }

    private static ToolResult Run(Func<string, IHostLine> open, LinkTimes? times = null)
    {
        try
        {
            BoardPort.LookIn(new PortSearch { Open = open, MayOpen = _ => true, Times = times ?? new LinkTimes { HelloAnswer = TimeSpan.FromMilliseconds(30), HelloTries = 2 } });
            return VerbRun.Run(null, "doctor", "--port", "P");
        }
        finally
        {
            BoardPort.LookIn(null);
        }
    }

    private static ToolResult Run(byte[] said) => Run(_ => new SaidLine(said));

    /// <summary>A board that is good but for one kind of reply.</summary>
    private static ToolResult Run(LinkRequest request, Func<byte[], byte[]> plant)
    {
        using VirtualBoard board = new();
        return Run(
            _ => new LyingLine(board, frame => [frame[1] == (int)request + LinkProtocol.Reply ? plant(Chip(frame, request)) : frame]),
            board.Times);
    }

    // The board of these tests has no chip, which would be a warning of its own.
    private static byte[] Chip(byte[] frame, LinkRequest request)
    {
        if (request == LinkRequest.Info)
        {
            "esp32"u8.CopyTo(frame.AsSpan(Header + 260));
        }

        return frame;
    }

    private static Func<byte[], byte[]> Refusal(byte lowest, byte highest) => frame =>
        [.. frame[..6], LinkProtocol.RefusalLength, 0, (byte)RequestStatus.Version, lowest, highest, 0, 0, 0];

    private static byte[] Set(byte[] frame, int at, int bytes, uint value)
    {
        byte[] number = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(number, value);
        number.AsSpan(0, bytes).CopyTo(frame.AsSpan(Header + at));
        return frame;
    }

    /// <summary>A port where something is said that is no answer.</summary>
    private sealed class SaidLine(byte[] said) : IHostLine
    {
        private readonly Queue<byte> _said = new(said);

        public string Name => "P";

        internal bool Echoes { get; init; }

        public int Read(Span<byte> buffer, TimeSpan timeout)
        {
            int count = 0;
            while (count < buffer.Length && _said.TryDequeue(out byte next))
            {
                buffer[count++] = next;
            }

            if (count == 0)
            {
                Thread.Sleep(timeout);
            }

            return count;
        }

        public void Write(ReadOnlySpan<byte> data)
        {
            foreach (byte next in Echoes ? data : [])
            {
                _said.Enqueue(next);
            }
        }

        public void Dispose()
        {
        }
    }
}
