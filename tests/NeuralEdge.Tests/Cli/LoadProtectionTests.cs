namespace NeuralEdge.Tests.Cli;

/// <summary>What a person is told about loads before a board gets to drive them.</summary>
[TestClass]
public sealed class LoadProtectionTests
{
    private const string Net = """{"inputs":[{"name":"adc0","min":0,"max":4095}],"layers":[{"weights":[[1]],"activation":"linear"}],"outputs":[{"name":"pump"}]}""";

    private const string Rows = "adc0,wet\n" + "0,0\n" + "100,0\n200,1\n300,1\n400,0\n500,1\n600,1\n700,0\n800,1\n900,1\n1000,0\n1100,1\n";

    [TestMethod]
    public void AWrongPolarityIsFoundBeforeTheModelIsMadeAndBeforeItIsSent()
    {
        using Scratch scratch = new();
        scratch.Write("net.json", Net);
        scratch.Write("board.json", """{"inputs":[{"name":"adc0","adc":0}],"outputs":[{"name":"pump","pin":18,"on":2000,"activeLow":true,"maxOnMs":60000}]}""");
        using BoardProcess board = new(scratch.Folder);
        string[] import = ["import", "net.json", "--board", "board.json", "-o", "m.nedge"];
        StringAssert.Contains(scratch.Run([.. import, "--port", board.Address]).MustFail(2), "active low in the board file");
        Assert.IsFalse(File.Exists(scratch.PathOf("m.nedge")));

        // Training would take longer than anybody waits; that it would be the wrong one is said before.
        scratch.Write("rows.csv", Rows);
        scratch.Write("wet.json", """{"outputs":[{"name":"wet","pin":18,"on":0.5,"activeLow":true,"maxOnMs":60000}]}""");
        ToolResult train = scratch.Run("train", "rows.csv", "--target", "wet", "--task", "regress", "--hidden", "512,512", "--board", "wet.json", "-o", "w.nedge", "--port", board.Address);
        StringAssert.Contains(train.MustFail(2), "active low in the board file");

        scratch.Run(import).MustSucceed();
        string refusal = scratch.Run("upload", "m.nedge", "--port", board.Address).MustFail(2);
        StringAssert.Contains(refusal, "pump (GPIO 18) is active low in it, and this board is wired for the other level");
        StringAssert.Contains(refusal, "activeLow");
        StringAssert.Contains(scratch.Run("info", "--port", board.Address).MustSucceed().Output, "all active high");
    }

    [TestMethod]
    public void ALoadWithoutALongestTimeOnIsNamedWithTheWordsToAdd()
    {
        using Scratch scratch = new();
        scratch.Write("net.json", Net);
        string[] first = FirstLines(scratch.Run("import", "net.json", "-o", "m.nedge"));
        Assert.IsTrue(first.Any(line => line.StartsWith("warning: nothing limits how long pump (GPIO18) may be on", StringComparison.Ordinal) && line.Contains("\"maxOnMs\": 60000", StringComparison.Ordinal)), string.Join('\n', first));

        using BoardProcess board = new(scratch.Folder);
        StringAssert.StartsWith(scratch.Run("upload", "m.nedge", "--port", board.Address).MustSucceed().Output, "warning: nothing limits how long pump (GPIO18) may be on");

        scratch.Write("board.json", """{"outputs":[{"name":"pump","pin":18,"on":2000,"maxOnMs":60000}]}""");
        ToolResult limited = scratch.Run("import", "net.json", "--board", "board.json", "-o", "n.nedge").MustSucceed();
        Assert.DoesNotContain("nothing limits", limited.Output);
        StringAssert.Contains(limited.Output, "at most 60000 ms on, then off until asked for off");
    }

    [TestMethod]
    public void TheWiringSaysWhatASensorMayGive()
    {
        using Scratch scratch = new();
        scratch.Write("net.json", Net);
        scratch.Write("board.json", """{"inputs":[{"name":"adc0","adc":0,"plausible":[40,4050],"frozenMs":5000}],"outputs":[{"name":"pump","pin":18,"on":2000,"maxOnMs":60000}]}""");
        StringAssert.Contains(
            scratch.Run("import", "net.json", "--board", "board.json", "-o", "m.nedge").MustSucceed().Output,
            "Wiring: adc0 from ADC1 channel 0 (GPIO36), plausible 40 to 4050, frozen after 5000 ms of the same count; pump switches GPIO18");
    }

    [TestMethod]
    public void RowsAtAnEndOfTheAdcAreNamedWithTheWordsToAdd()
    {
        using Scratch scratch = new();
        scratch.Write("rows.csv", Rows);
        string[] train = ["train", "rows.csv", "--target", "wet", "--inputs", "adc0", "--task", "classify", "--hidden", "2", "--anyway", "-o", "m.nedge"];
        string[] first = FirstLines(scratch.Run(train));
        Assert.IsTrue(first.Any(line => line.Contains("adc0 is at the ADC's end, 0 counts, in 1 of 12 rows", StringComparison.Ordinal) && line.Contains("\"plausible\": [0, 4094]", StringComparison.Ordinal)), string.Join('\n', first));

        scratch.Write("board.json", """{"inputs":[{"name":"adc0","adc":0,"plausible":[0,4094]}]}""");
        Assert.DoesNotContain("ADC's end", scratch.Run([.. train, "--board", "board.json"]).MustSucceed().Output);
    }

    private static string[] FirstLines(ToolResult result) => [.. result.MustSucceed().Output.Split('\n').Take(5)];
}
