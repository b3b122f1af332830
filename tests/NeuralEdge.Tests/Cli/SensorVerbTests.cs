using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Tests.Series;

namespace NeuralEdge.Tests.Cli;

/// <summary>A digital sensor from the recording to the pin, on a simulated board.</summary>
[TestClass]
public sealed class SensorVerbTests
{
    [TestMethod]
    public void ASensorIsRecordedLearnedAndSwitchesAPin()
    {
        using Scratch scratch = new();
        scratch.Write("tilt.csv", "sensor0,adc3\n-700,1000\n-710,1001\n");
        scratch.Write("rows.csv", "sensor0,label\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{(i % 2 == 0 ? 600 + i : -600 - (3 * i))},{(i % 2 == 0 ? "up" : "down")}\n")));
        scratch.Write("board.json", """{"periodMs":20,"inputs":[{"name":"sensor0","sensor":0}],"outputs":[{"name":"down","pin":18,"maxOnMs":60000}]}""");
        scratch.Write("other.json", """{"periodMs":20,"inputs":[{"name":"sensor0","sensor":1}],"outputs":[{"name":"down","pin":18,"maxOnMs":60000}]}""");
        using BoardProcess board = new(scratch.Folder, "--sensors", "tilt.csv", "--pin-log", "pins.csv");
        CollectionAssert.Contains(board.Output.ToArray(), "sensor0 is sensor 0, in counts");
        string[] port = ["--port", board.Address];
        StringAssert.Contains(scratch.Run(["info", .. port]).MustSucceed().Output, "1 value beside the ADC");

        scratch.Run(["record", .. port, "--channels", "sensor0,3", "--label", "down", "--count", "5", "-o", "seen.csv"]).MustSucceed();
        string[] seen = File.ReadAllLines(scratch.PathOf("seen.csv"));
        Assert.AreEqual("ms,sensor0,adc3,label", seen[0]);
        Assert.IsTrue(seen.Skip(1).All(row => row.Split(',')[1] is "-700" or "-710"), string.Join('\n', seen));
        StringAssert.Contains(scratch.Run(["record", .. port, "--channels", "sensor1", "--count", "1", "-o", "no.csv"]).MustFail(2), "The board has no sensor 1; it has 0.");
        StringAssert.Contains(scratch.Run(["record", .. port, "--channels", "sensor32", "--count", "1", "-o", "no.csv"]).MustFail(2), "sensor0 to sensor31");

        StringAssert.Contains(scratch.Run("train", "rows.csv", "--target", "label", "--board", "board.json", "-o", "m.nedge").MustSucceed().Output, "Wiring: sensor0 from sensor 0; down switches GPIO18");
        JsonElement input = scratch.Run("inspect", "m.nedge", "--json").Json().GetProperty("inputs")[0];
        Assert.AreEqual(0, input.GetProperty("sensor").GetInt32());
        scratch.Run(["upload", "m.nedge", .. port]).MustSucceed();
        scratch.Run(["verify", "m.nedge", .. port, "--input", "rows.csv"]).MustSucceed();
        scratch.Run(["monitor", .. port, "--count", "3"]).MustSucceed();
        Assert.IsTrue(File.ReadAllLines(scratch.PathOf("pins.csv")).Any(line => line.EndsWith(",18,1", StringComparison.Ordinal)), "the pin follows the sensor");

        scratch.Run("train", "rows.csv", "--target", "label", "--board", "other.json", "-o", "n.nedge").MustSucceed();
        StringAssert.Contains(scratch.Run(["upload", "n.nedge", .. port]).MustFail(2), "or to a sensor that it has not");
    }

    [TestMethod]
    public void WindowsOfASensorAreBitEqualOnTheBoard()
    {
        using Scratch scratch = new();
        scratch.Write("log.csv", Logs.Text(Logs.Loudness(8, 80)));
        scratch.Write("board.json", """{"inputs":[{"name":"x","sensor":3,"frozenMs":60000}],"outputs":[]}""");
        scratch.Run("train", "log.csv", "--target", "label", "--window", "320ms", "--features", "std,mad", "--hidden", "none", "--board", "board.json", "-o", "m.nedge").MustSucceed();
        StringAssert.Contains(scratch.Run("inspect", "m.nedge").MustSucceed().Output, "sensor 3, frozen after 60000 ms");
        using BoardProcess board = new(scratch.Folder, "--sensors", "log.csv", "--model", "m.nedge");
        CollectionAssert.Contains(board.Output.ToArray(), "x is sensor 3, in counts");
        string[] port = ["--port", board.Address];
        scratch.Run(["upload", "m.nedge", .. port]).MustSucceed();
        StringAssert.StartsWith(scratch.Run(["verify", "m.nedge", .. port, "--input", "log.csv"]).MustSucceed().Output, "56 of 56 windows bit-equal.");
    }
}
