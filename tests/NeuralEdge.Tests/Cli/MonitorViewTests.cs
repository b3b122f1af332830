using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Link;
using NeuralEdge.Cli.Monitoring;
using NeuralEdge.Host;

namespace NeuralEdge.Tests.Cli;

/// <summary>What monitor draws at a terminal.</summary>
[TestClass]
public sealed class MonitorViewTests
{
    [TestMethod]
    public void CurvesThresholdsAndPinsFitEightyColumns() => AreLines(
        """
        pump house: inference 45
        soil               0 ▃▃▄▄▅▅▅▆▆▇▇▇█████▇▇▇▆▆▅▅▅▄▄▃▃▃▂▂▁▁▁▁▁▁▁▁
        light             50 ▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅
        water    0.000491142 ▃▃▄▄▅▅▅▆▆▇▇▇█████▇▇▇▆▆▅▅▅▄▄▃▃▃▂▂▁▁▁▁▁▁▁▁ ▅ ≥60 on
          GPIO18         off ░░░░░░████████████████████░░░░░░░░░░░░░░ ▄ ≤40 off
        shade             50 ▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅
        soil: at the end of its range
        period 100 ms; 0 late since the start
        p pauses, q ends
        """,
        View(), 80);

    [TestMethod]
    public void AtFiftyColumnsTheWordsGoFirst() => AreLines(
        """
        pump house: inference 45
        soil               0 ████▇▇▇▆▆▅▅▅▄▄▃▃▃▂▂▁▁▁▁▁▁▁▁
        light             50 ▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅
        water    0.000491142 ████▇▇▇▆▆▅▅▅▄▄▃▃▃▂▂▁▁▁▁▁▁▁▁ ▅
          GPIO18         off █████████████░░░░░░░░░░░░░░ ▄
        shade             50 ▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅
        soil: at the end of its range
        period 100 ms; 0 late since the start
        The board at COM5 is gone. Waiting for the board,
          Ctrl+C ends it.
        paused: p goes on, q ends
        """,
        View() with { IsPaused = true, Note = "The board at COM5 is gone. Waiting for the board, Ctrl+C ends it." }, 50);

    [TestMethod]
    public void ATerminalWithoutBlocksGetsOtherSigns() => AreLines(
        """
        pump house: inference 45
        soil               0 --~~===++***#####***++===~~---..________
        light             50 ========================================
        water    0.000491142 --~~===++***#####***++===~~---..________ = >=60 on
          GPIO18         off ......####################.............. ~ <=40 off
        shade             50 ========================================
        soil: at the end of its range
        period 100 ms; 0 late since the start
        p pauses, q ends
        """,
        View() with { IsPlain = true }, 80);

    [TestMethod]
    public void NoLineIsLongerThanTheTerminalAndNoMoreLinesThanItHas()
    {
        MonitorView view = View() with { Board = new string('b', 90), Doubts = ["inputs unlike those it was trained on"] };
        for (int width = 40; width < 120; width++)
        {
            foreach (string line in view.Lines(width, 24))
            {
                Assert.IsLessThanOrEqualTo(width, line.Length, line);
            }
        }

        for (int height = 9; height < 12; height++)
        {
            IReadOnlyList<string> lines = view.Lines(80, height);
            Assert.HasCount(Math.Min(height, 10), lines);
            int left = height == 9 ? 2 : 0;
            Assert.AreEqual(left > 0, lines[1] == $"and {left} inputs more, in a higher window", lines[1]);
            StringAssert.StartsWith(lines[^7], "water", "outputs are never left out");
        }
    }

    [TestMethod]
    public void AGapIsAGapAndNoiseIsNoMountain()
    {
        double step = WatchedBoard.Model.Inputs[1].Scale;
        LiveValues?[] seen = [.. Enumerable.Range(0, 12).Select(n => n == 5 ? null : WatchedBoard.At(WatchedBoard.Model, n, [n, 50 + (n % 2 * step)], 0, LinkProtocol.NoPin))];
        IReadOnlyList<string> lines = (View() with { Seen = seen }).Lines(80, 24);
        Assert.AreEqual("▁▁▂▃▃ ▅▆▆▇██", lines[1].Split(' ', 3, StringSplitOptions.RemoveEmptyEntries)[2].Trim());
        Assert.AreEqual("░░░░░ ░░░░░░", lines[4].Split(' ', 3, StringSplitOptions.RemoveEmptyEntries)[2].Trim()[..12]);
        StringAssert.Matches(lines[2], new(" [▄▅]{5} [▄▅]{6}$"));
    }

    [TestMethod]
    public void APinThatRestsOrIsHeldSaysWhy()
    {
        LiveValues rests = WatchedBoard.At(WatchedBoard.Model, 1, [80, 100], LinkProtocol.PinResting, LinkProtocol.NoPin);
        IReadOnlyList<string> lines = (View() with { Seen = [rests] }).Lines(80, 24);
        StringAssert.Contains(lines[4], "rests");
        CollectionAssert.Contains(lines.ToArray(), "water: at rest after its longest time on");
        CollectionAssert.Contains(lines.ToArray(), "light: at the end of its range");
    }

    private static MonitorView View() => new(WatchedBoard.Model, WatchedBoard.Seen(), "pump house") { Timing = "period 100 ms; 0 late since the start" };

    private static void AreLines(string expected, MonitorView view, int width) =>
        Assert.AreEqual(expected.ReplaceLineEndings("\n"), string.Join('\n', view.Lines(width, 24)));
}
