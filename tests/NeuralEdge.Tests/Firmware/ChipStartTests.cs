using System.Diagnostics;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Chips;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Host;
using NeuralEdge.Simulator;
using NeuralEdge.Simulator.Sensors;
using NeuralEdge.Tests.Boards;
using NeuralEdge.Tests.Control;
using Program = NeuralEdge.Firmware.Program;

namespace NeuralEdge.Tests.Firmware;

/// <summary>The firmware as it comes, on each chip of the simulator: it runs there, or touches nothing and says why.</summary>
[TestClass]
public sealed class ChipStartTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static IEnumerable<object[]> Chips => ChipFacts.All.Select(facts => new object[] { facts.Name });

    [TestMethod]
    [DynamicData(nameof(Chips))]
    public void TheFirmwareAsItComesRunsOnTheChipAndTakesAModel(string name)
    {
        Chip chip = ChipTable.Find(name);
        int pin = BoardPins.OutputsOf(chip)[^1];
        int channel = BoardPins.ChannelsOf(chip)[^1];
        HashSet<int> touched = [];
        using SimulatedBoard board = new(new SimulatedBoardOptions { Chip = name, Sensors = new FunctionSensors((at, _) => at == channel ? 3500 : 1000) });
        board.PinChanged += change => Note(touched, change.Pin);
        board.Start();
        byte[] model = Bench.Identity(
            1, new BoardSpec(20, [new BoardInput("x0", channel, 1)], [new BoardOutput("y0", pin, ArgMax: false, On: 3000, Off: 2500)], Chip: name), Networks.Activation.Linear).Bytes;
        using (BoardLink link = BoardLink.Connect(board.Address))
        {
            BoardReport report = link.Info();
            Assert.AreEqual((name, null), (report.ChipName, report.Unsuitable));
            Assert.AreEqual(ModelState.Confirmed, link.Upload(model).State);
            Assert.IsTrue(board.WaitForPin(pin, true, Patience), "the sensor is where the board reads");
        }

        CollectionAssert.AreEquivalent(BoardPins.OutputsOf(chip), touched.ToArray(), "those and no others");
        Assert.AreEqual(1, board.Starts);
    }

    [TestMethod]
    public void AModelForAnotherChipIsRefusedBeforeAByteIsSent()
    {
        using SimulatedBoard board = new(new SimulatedBoardOptions { Chip = "esp32-s3" });
        board.Start();
        using BoardLink link = BoardLink.Connect(board.Address);
        byte[] classic = Bench.Identity(1, 20, new BoardOutput("y0", 21, ArgMax: false, On: 3000, Off: 2500)).Bytes;
        Refusals.Expect("wired for an ESP32,|an ESP32-S3|\"chip\": \"esp32-s3\"", () => link.Upload(classic));
        Assert.AreEqual(0, link.Info().UploadLength);
        Assert.AreEqual(ModelState.Confirmed, link.Upload(Bench.Identity(1, new BoardSpec(20, [], []), Networks.Activation.Linear).Bytes, anyway: true).State, "what is wired to nothing goes anywhere");
    }

    // The host refuses it before; this is for a flash that was carried from one board to another.
    [TestMethod]
    public void AModelInAFlashFromAnotherChipDoesNotRun()
    {
        string folder = Directory.CreateTempSubdirectory("neuraledge").FullName;
        try
        {
            byte[] classic = Bench.Identity(1, new BoardSpec(20, [new BoardInput("x0", 0, 1)], [new BoardOutput("y0", 21, ArgMax: false, On: 100, Off: 50)]), Networks.Activation.Linear).Bytes;
            using (SimulatedBoard first = new(new SimulatedBoardOptions { StateFolder = folder }))
            {
                first.Start();
                using BoardLink link = BoardLink.Connect(first.Address);
                Assert.AreEqual(ModelState.Confirmed, link.Upload(classic, anyway: true).State);
            }

            using (SimulatedBoard other = new(new SimulatedBoardOptions { StateFolder = folder, Chip = "esp32-s3" }))
            {
                other.Start();
                using BoardLink link = BoardLink.Connect(other.Address);
                BoardReport report = link.Info();
                Assert.AreEqual((ModelState.Factory, (int)FaultCode.Model), (report.State, report.LastFault));
                Assert.IsFalse(other.GetPin(21));
            }

            using SimulatedBoard back = new(new SimulatedBoardOptions { StateFolder = folder, Chip = "esp32-wrover" });
            back.Start();
            using BoardLink again = BoardLink.Connect(back.Address);
            Assert.AreEqual(ModelState.Confirmed, again.Info().State, "alike but for its memory");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    public void AChipThatIsNotKnownIsLeftAloneAndSaysSo() =>
        AssertLeftAlone(new SimulatedBoard(new SimulatedBoardOptions { Chip = "esp32-c5" }), "ESP32_C5", "knows no pins of the chip ESP32_C5: the runtime's image for it has no ADC");

    [TestMethod]
    public void SettingsOfAnotherBoardTouchNothingAndSaySo()
    {
        Chip chip = ChipTable.Find("esp32-s3");
        SafePin[] classic = SafePin.All(BoardPins.Classic.Outputs, false);
        SimulatedBoard board = new(
            new SimulatedBoardOptions { Chip = chip.Name },
            () => Program.Start(() => ChipWiring.Choose(chip.Runtime, chip, classic, 0, ChipWiring.Default, ChipWiring.Default)));
        AssertLeftAlone(board, chip.Name, "GPIO 19 is the USB socket");
    }

    [TestMethod]
    public void WithTheDebuggerOnTheLinksPortTheModelRunsWithoutALink()
    {
        using SimulatedBoard board = new(new SimulatedBoardOptions { Chip = "esp32-c3", UsbConnected = false, Port = null });
        board.Start();
        Assert.IsTrue(board.WaitForPin(10, false, Patience));
        Assert.IsTrue(WaitUntil(() => board.Console.Contains("NeuralEdge runs.")));
        StringAssert.Contains(string.Join(' ', board.Console), "The debugger has COM1");
        Assert.AreEqual(1, board.Starts);
    }

    private static void AssertLeftAlone(SimulatedBoard board, string name, string why)
    {
        HashSet<int> touched = [];
        List<string> written = [];
        using (board)
        {
            board.PinChanged += change => Note(touched, change.Pin);
            board.FlashChanging += written.Add;
            board.Start();
            using BoardLink link = BoardLink.Connect(board.Address);
            BoardReport report = link.Info();
            Assert.AreEqual((name, 0L, 0, 0), (report.ChipName, report.Limits.OutputPins, report.Limits.AdcChannels, report.ModelLength));
            StringAssert.Contains(report.Unsuitable, why);
            byte[] model = Bench.Identity(1, new BoardSpec(20, [], []), Networks.Activation.Linear).Bytes;
            Refusals.Expect("takes no model|" + why, () => link.Upload(model));

            // Once a second.
            Assert.IsTrue(WaitUntil(() => board.Console.Count(line => line.Contains(why, StringComparison.Ordinal)) >= 3));
            Assert.AreEqual(1, board.Starts);
            lock (touched)
            {
                Assert.IsEmpty(touched);
            }

            Assert.IsEmpty(written);
        }
    }

    private static void Note(HashSet<int> touched, int pin)
    {
        lock (touched)
        {
            touched.Add(pin);
        }
    }

    private static bool WaitUntil(Func<bool> condition)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!condition() && Stopwatch.GetElapsedTime(begin) < Patience)
        {
            Thread.Sleep(5);
        }

        return condition();
    }
}
