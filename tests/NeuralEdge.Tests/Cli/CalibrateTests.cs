using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Host;
using NeuralEdge.Simulator;
using NeuralEdge.Simulator.Sensors;
using NeuralEdge.Tests.Control;

namespace NeuralEdge.Tests.Cli;

/// <summary>calibrate: what a board reads at two voltages becomes what it should read.</summary>
[TestClass]
[DoNotParallelize]
public sealed class CalibrateTests
{
    [TestMethod]
    public void TwoVoltagesMakeTheCountsTrueAndTheBoardKeepsThem()
    {
        double volts = 0.5;
        using SimulatedBoard board = new(new SimulatedBoardOptions { Sensors = new FunctionSensors((_, _) => (int)Math.Round(40 + (1130 * volts))) });
        board.Start();
        string port = board.Address;
        string low = Read(port);
        StringAssert.Contains(low, "reads 605.0;");
        volts = 2.3;
        StringAssert.Contains(Read(port), "reads 2639.0;");
        string[] command = ["calibrate", "--port", port, "--channel", "0", "--low", "0.5", "--high", "2.3", "--low-count", "605", "--high-count", "2639"];
        StringAssert.Contains(VerbRun.Run(null, command).MustSucceed().Output, "Channel 0: 605 stands for 620, slope 1.0983; kept on the board");
        StringAssert.Contains(Read(port), "reads 2639.0; corrected 2854.0, 2.300 V.");
        board.Reset();
        volts = 1.5;
        StringAssert.Contains(Read(port), "1.50");
        StringAssert.Contains(VerbRun.Run(null, [.. command[..^4], "--low-count", "604.5", "--high-count", "2639.125"]).MustSucceed().Output, "Channel 0: 605 stands for 620, slope 1.0983;");
        StringAssert.Contains(VerbRun.Run(null, "info", "--port", port).MustSucceed().Output, "channel 0 corrected by two measured voltages");
        StringAssert.Contains(VerbRun.Run(null, "calibrate", "--port", port, "--channel", "0", "--remove").MustSucceed().Output, "Channel 0 has no correction.");

        // Nothing is sent when it makes no sense.
        StringAssert.Contains(VerbRun.Run(null, [.. command[..^4], "--low-count", "2639", "--high-count", "605"]).MustFail(2), "changed over");
        StringAssert.Contains(VerbRun.Run(null, [.. command[..^4], "--low-count", "605", "--high-count", "1105"]).MustFail(2), "slope");
        StringAssert.Contains(VerbRun.Run(null, "calibrate", "--port", port, "--channel", "0", "--low", "0.1", "--high", "2.3").MustFail(2), "0.15 to 2.45 V");
        StringAssert.Contains(VerbRun.Run(null, "calibrate", "--port", port, "--channel", "9").MustFail(2), "does not allow ADC channel 9");
        StringAssert.Contains(VerbRun.Run(null, "calibrate", "--port", port, "--channel", "0", "--low", "0.5").MustFail(1), "--low and --high go together; see");
        StringAssert.Contains(VerbRun.Run(null, [.. command[..^2]]).MustFail(1), "--low-count and --high-count go together");
        StringAssert.Contains(VerbRun.Run(null, [.. command[..^1], "4095"]).MustFail(2), "Channel 0 reads 4095.0, an end of the ADC");
        StringAssert.Contains(VerbRun.Run(null, [.. command[..^4], "--low-count", "0", "--high-count", "2639"]).MustFail(2), "Channel 0 reads 0.0, an end of the ADC");
        foreach (string wrong in (string[])["-1", "4096", "x", "NaN", "1,5"])
        {
            StringAssert.Contains(VerbRun.Run(null, [.. command[..^1], wrong]).MustFail(1), $"--high-count {wrong} is no count that can be used, 2 to 4093");
        }

        StringAssert.Contains(VerbRun.Run(null, "calibrate", "--port", port, "--channel", "0", "--remove").MustSucceed().Output, "had no correction that could be taken away; nothing was changed");
        using BoardLink link = BoardLink.Connect(port);
        Assert.AreEqual(0, link.Info().CorrectedChannels);
    }

    [TestMethod]
    public void WhoeverIsAskedForTwoVoltagesMayPutThemRightWithoutStartingAnew()
    {
        // At the first: an open wire, and then the voltage of the other one. At the second: the same again. From the beginning: as it should be.
        Queue<double?> reads = new([null, 2639, 2639, 605.4, null, 2639]);
        using StringWriter said = new() { NewLine = "\n" };
        CorrectionPoints points = new GuidedMeasurement(said, new StringReader("\n\nok\n\n\n\n\n"), "channel 0 (GPIO36)", Measure).Run(0.5, 2.3, CancellationToken.None);
        Assert.AreEqual(new CorrectionPoints(605, 620, 2639, 2854), points);
        Assert.IsEmpty(reads);
        string[] lines = said.ToString().Split('\n');
        Assert.AreEqual("Put 0.5 V on channel 0 (GPIO36), then press Enter. Channel 0 reads nothing. Once more; Ctrl+C gives up.", lines[0]);
        Assert.AreEqual("Put 0.5 V on channel 0 (GPIO36), then press Enter. It reads 2639.0, which stands for 2.127 V.", lines[1]);
        StringAssert.StartsWith(lines[2], "Put 2.3 V on channel 0 (GPIO36), then press Enter. It reads");
        StringAssert.StartsWith(lines[3], "Counts 2639 and 2639, which should be 620 and 2854, make no correction: ");
        StringAssert.EndsWith(lines[3], "Once more from the beginning; Ctrl+C gives up.");
        StringAssert.StartsWith(lines[4], "Put 0.5 V");

        Assert.ThrowsExactly<OperationCanceledException>(() => new GuidedMeasurement(said, TextReader.Null, "channel 0", Measure).Run(0.5, 2.3, CancellationToken.None), "nobody answers any more");

        double Measure(CancellationToken cancellation) => reads.Dequeue() ?? throw new InputRefusedException("Channel 0 reads nothing.");
    }

    [TestMethod]
    public void WhereNobodyCanAnswerNobodyIsAsked()
    {
        using Scratch scratch = new();
        using BoardProcess board = new(scratch.Folder);
        string[] command = ["calibrate", "--port", board.Address, "--channel", "0", "--low", "0.5", "--high"];
        StringAssert.Contains(scratch.Run([.. command, "2.3"]).MustFail(2), "here nobody can answer");
        StringAssert.Contains(scratch.Run([.. command, "0.7"]).MustFail(2), "too near to each other; 0.32 V apart is the least");
    }

    [TestMethod]
    public void ASensorOutsideTheChipsUsefulRangeIsWarnedAbout()
    {
        Conversion.Files.ModelFile model = Bench.Identity(1, 20, new BoardOutput("y0", 18, ArgMax: false, On: 3000, Off: 2500));
        Assert.AreEqual("", Text(1000, 1000));
        Assert.AreEqual("", Text(1000, 4000, few: true), "a few rows are what ends are for");
        StringAssert.Contains(Text(1000, 3700), "warning: x0 is outside 186 to 3040 counts in 10 of 20 rows, and only there does the ADC of the ESP32 measure well (150 to 2450 mV)");
        StringAssert.Contains(Text(100, 2000), "10 of 20 rows");

        string Text(double one, double other, bool few = false)
        {
            using StringWriter writer = new() { NewLine = "\n" };
            AdcRangeText.Write(writer, model, [.. Enumerable.Range(0, 20).Select(i => new[] { i % 2 == 0 || few ? one : other }), .. few ? [[other]] : Array.Empty<double[]>()], "row");
            return writer.ToString();
        }
    }

    private static string Read(string port) => VerbRun.Run(null, "calibrate", "--port", port, "--channel", "0").MustSucceed().Output;
}
