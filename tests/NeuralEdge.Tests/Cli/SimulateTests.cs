using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Quantisation;

namespace NeuralEdge.Tests.Cli;

/// <summary>The simulated board as a program: how it begins, what it keeps, how it ends.</summary>
[TestClass]
public sealed class SimulateTests
{
    [TestMethod]
    public void DurationEndsItAndThePinLogIsATable()
    {
        using Scratch scratch = new();
        using BoardProcess board = new(scratch.Folder, "--duration", "2", "--pin-log", "pins.csv");
        (int exitCode, string error) = board.WaitForEnd();
        Assert.AreEqual(0, exitCode, error);
        Assert.AreEqual("", error);
        Assert.HasCount(2, board.Output);
        Assert.AreEqual("noise of 4 counts (standard deviation) is added to what the sensors give, as a real ADC adds it", board.Output.First());
        string[] log = File.ReadAllLines(scratch.PathOf("pins.csv"));
        Assert.AreEqual("microseconds,start,pin,level", log[0]);

        // The first thing the firmware does is to drive every output pin to its inactive level.
        string[] first = [.. log.Skip(1).GroupBy(line => line.Split(',')[2]).Select(pin => pin.First())];
        Assert.HasCount(10, first);
        Assert.IsTrue(Array.TrueForAll(first, line => line.EndsWith(",0", StringComparison.Ordinal)));
        Assert.IsFalse(Array.Exists(log, line => line.EndsWith(",1", StringComparison.Ordinal)), "the factory model drives no pin");
    }

    [TestMethod]
    public void AsJsonItIsOneDocument()
    {
        using Scratch scratch = new();
        JsonElement json = scratch.Run("simulate", "--duration", "0.2", "--json").Json();
        StringAssert.StartsWith(json.GetProperty("listening").GetString(), "socket://127.0.0.1:");
        Assert.AreEqual(4, json.GetProperty("adcNoise").GetDouble());
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [DataRow("TERM")]
    [DataRow("INT")]
    public void ASignalEndsItWellAndReleasesItsFlash(string signal)
    {
        using Scratch scratch = new();
        using BoardProcess board = new(scratch.Folder, "--state", "flash");
        StringAssert.Contains(scratch.Run("simulate", "--state", "flash", "--duration", "5").MustFail(3), "flash");
        using (Process kill = Process.Start("kill", ["-" + signal, board.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        (int exitCode, string error) = board.WaitForEnd();
        Assert.AreEqual(0, exitCode, error);
        Assert.AreEqual("", error);
        scratch.Run("simulate", "--state", "flash", "--duration", "0.2").MustSucceed();
    }

    [TestMethod]
    public void ThePortOfAnotherBoardIsRefused()
    {
        using Scratch scratch = new();
        using BoardProcess board = new(scratch.Folder);
        StringAssert.Contains(scratch.Run("simulate", "--port", board.Address).MustFail(3), board.Address);
        StringAssert.Contains(scratch.Run("simulate", "--port", "nonsense").MustFail(3), "nonsense");
    }

    [TestMethod]
    [OSCondition(ConditionMode.Include, OperatingSystems.Linux)]
    public void APseudoTerminalIsASerialPort()
    {
        using Scratch scratch = new();
        string link = scratch.PathOf("ttyBoard");
        using (BoardProcess board = new(scratch.Folder, "--pty", link))
        {
            Assert.AreEqual(link, board.Address);
            JsonElement info = scratch.Run("info", "--port", link, "--json").Json();
            Assert.AreEqual("factory", info.GetProperty("model").GetProperty("state").GetString());
            Assert.AreEqual(0, info.GetProperty("link").GetProperty("errors").GetInt32());
            scratch.Write("good.nedge", Examples.Convert(Examples.WorkedExample).File.Bytes);
            Assert.AreEqual("confirmed", scratch.Run("upload", "good.nedge", "--port", link, "--json").Json().GetProperty("state").GetString());
            StringAssert.StartsWith(scratch.Run("ask", "--port", link, "2", "3").MustSucceed().Output, "y = 1.2382");
        }

        // The board is gone, its link still lies there or not: either way it is a sentence.
        StringAssert.Contains(scratch.Run("info", "--port", link).MustFail(3), link);
        scratch.Write("occupied", "a file of somebody's");
        StringAssert.Contains(scratch.Run("simulate", "--pty", "occupied").MustFail(3), "occupied");
        Assert.AreEqual("a file of somebody's", File.ReadAllText(scratch.PathOf("occupied")));
    }

    [TestMethod]
    public void WithTurboTheBoardCompilesAFastModelAndSaysSo()
    {
        using Scratch scratch = new();
        scratch.Write("net.nedge", Imported.Model("""{"inputs":[{"name":"a","min":-4,"max":4},{"name":"b","min":-4,"max":4}],"layers":[{"weights":[[1,1],[-1,1]],"activation":"tanh"},{"weights":[[2,-1]],"activation":"linear"}]}""", profile: Profile.Fast));
        using BoardProcess board = new(scratch.Folder, "--turbo");
        StringAssert.Contains(scratch.Run("info", "--port", board.Address).MustSucceed().Output, "ordinary kernels");
        scratch.Run("upload", "net.nedge", "--port", board.Address).MustSucceed();
        Stopwatch patience = Stopwatch.StartNew();
        while (scratch.Run("info", "--port", board.Address, "--json").Json().GetProperty("compiledBytes").GetInt32() == 0)
        {
            Assert.IsLessThan(60, patience.Elapsed.TotalSeconds);
        }

        StringAssert.Contains(scratch.Run("info", "--port", board.Address).MustSucceed().Output, "compiled on the board (turbo)");
        JsonElement live = scratch.Run("monitor", "--port", board.Address, "--count", "1", "--json").Json()[0];
        Assert.IsGreaterThan(0, live.GetProperty("compiledBytes").GetInt32());

        // Bit for bit what the PC computes with the ordinary kernels.
        scratch.Write("rows.csv", "a,b\n2,3\n-4,4\n0,0\n1.5,-3.25\n");
        scratch.Run("verify", "net.nedge", "--port", board.Address, "--input", "rows.csv").MustSucceed();
        StringAssert.StartsWith(scratch.Run("ask", "--port", board.Address, "2", "3").MustSucceed().Output, "y = 1.2");
    }

    [TestMethod]
    public void SensorsOfATableAreWhatTheBoardSees()
    {
        using Scratch scratch = new();
        scratch.Write("still.csv", "first,second\n1024,3072\n");
        using BoardProcess board = new(scratch.Folder, "--sensors", "still.csv");
        JsonElement live = scratch.Run("monitor", "--port", board.Address, "--count", "1", "--json").Json()[0];

        // 4096 counts are -4..4 on channels 0 and 3, with a noise of four counts before oversampling.
        Assert.AreEqual(-2, live.GetProperty("inputs")[0].GetDouble(), 0.05);
        Assert.AreEqual(2, live.GetProperty("inputs")[1].GetDouble(), 0.05);
    }

    // A raw step of the profile fast is several counts.
    [TestMethod]
    [DataRow(Profile.Exact)]
    [DataRow(Profile.Fast)]
    public void AModelSaysWhatTheColumnsOfATableMean(Profile profile)
    {
        using Scratch scratch = new();
        const string Net = """{"inputs":[{"name":"volts","min":0,"max":3.3},{"name":"lux","min":0,"max":1000}],"layers":[{"weights":[[1,0.001]],"activation":"linear"}]}""";
        const string Board = """{"inputs":[{"name":"volts","adc":3,"counts":[0,4095],"values":[0,3.3]},{"name":"lux","adc":6,"counts":[0,4095],"values":[0,1000]}],"outputs":[]}""";
        scratch.Write("net.nedge", Imported.Model(Net, profile: profile, board: Board));
        scratch.Write("still.csv", "lux,volts\n250,2.5\n");
        using BoardProcess board = new(scratch.Folder, "--sensors", "still.csv", "--model", "net.nedge");
        scratch.Run("upload", "net.nedge", "--port", board.Address).MustSucceed();
        JsonElement live = scratch.Run("monitor", "--port", board.Address, "--count", "1", "--json").Json()[0];
        Assert.AreEqual(2.5, live.GetProperty("inputs")[0].GetDouble(), 0.02);
        Assert.AreEqual(250, live.GetProperty("inputs")[1].GetDouble(), 5);
    }

    [TestMethod]
    public void AModelThatReadsNoChannelCannotSayWhatColumnsMean()
    {
        using Scratch scratch = new();
        scratch.Write("net.nedge", Imported.Model("""{"inputs":[{"name":"x","min":0,"max":3.3}],"layers":[{"weights":[[1]],"activation":"linear"}]}"""));
        scratch.Write("still.csv", "x\n2.5\n");
        string sentence = scratch.Run("simulate", "--sensors", "still.csv", "--model", "net.nedge").MustFail(2);
        StringAssert.Contains(sentence, "net.nedge");
        StringAssert.Contains(sentence, "--board");
    }
}
