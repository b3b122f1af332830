using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Learning.Import;
using NeuralEdge.Tests.Cli;

namespace NeuralEdge.Tests.Documents;

/// <summary>tools/README.md names every verb, profile and field, and its files are taken.</summary>
[TestClass]
public sealed class ToolDocumentTests
{
    private static readonly Document Tools = new("tools/README.md");

    [TestMethod]
    public void EveryVerbAndEveryProfileHasARow()
    {
        string[] named = [.. Tools.Rows().SelectMany(row => row[0].Split(',')).Select(cell => cell.Trim().Trim('`'))];
        Violations.AssertNone("Verbs without a row", Verbs.All.Concat(Verbs.OfTheTool).Except(named));
        foreach (string profile in Enum.GetNames<Profile>())
        {
            Assert.IsTrue(named.Contains(profile.ToLowerInvariant()), profile);
        }
    }

    [TestMethod]
    public void TheBoardFileAndTheNetworkInTheDocumentAreTaken()
    {
        string[] files = [.. Tools.Fences.Where(fence => fence.Kind == "json").Select(fence => string.Concat(fence.Lines))];
        Assert.HasCount(2, files);
        BoardFile board = BoardFile.Parse(files[0], "document");
        Assert.AreEqual(0, board.Inputs!.Single().Adc);
        FloatModel network = JsonModelReader.Parse(files[1], "document");
        Assert.AreEqual(2 * Math.Tanh(5) - Math.Tanh(1), network.Network.Scores([2, 3])[0], 1e-12);
    }

    [TestMethod]
    public void EveryFieldOfABoardFileIsInTheTable()
    {
        string[] named = [.. Tools.Rows().SelectMany(row => row[0].Split(',')).Select(cell => cell.Trim().Trim('`'))];
        Violations.AssertNone(
            "Fields without a row",
            "periodMs adc oversample counts values pin on off argmax minOnMs minOffMs maxOnMs restMs group deadTimeMs plausible frozenMs activeLow".Split(' ').Except(named));
    }

    [TestMethod]
    public void TheExitCodesAreThoseOfTheTool()
    {
        using Scratch scratch = new();
        Assert.AreEqual(0, scratch.Run("--version").ExitCode);
        Assert.AreEqual(1, scratch.Run("nosuch").ExitCode);
        Assert.AreEqual(2, scratch.Run("inspect", "nosuch.nedge").ExitCode);
        Assert.AreEqual(3, scratch.Run("info", "--port", "socket://127.0.0.1:1").ExitCode);
        foreach (string row in (string[])["| 0 | done |", "| 1 | the command line", "| 2 | a file or a value was refused |", "| 3 | the link or the board failed, `doctor` found something, or Ctrl+C came before it was done |"])
        {
            Tools.MustSay(row);
        }
    }
}
