using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Link;
using NeuralEdge.Cli.Monitoring;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;

namespace NeuralEdge.Tests.Cli;

/// <summary>What monitor --csv writes.</summary>
[TestClass]
public sealed class MonitorTableTests
{
    private const long Noon = 1_800_000_000_000;

    [TestMethod]
    public void TimesAreTheBoardsOwnStepsAndNeverGoBack()
    {
        using Scratch scratch = new();
        string path = scratch.PathOf("m.csv");
        using (MonitorTable table = new(path))
        {
            Assert.IsNull(table.Summary);

            // Late by what the line took, which is none of the board's doing; then the board starts anew, and this computer's clock is set back.
            (int Inference, long Now)[] rows = [(10, Noon), (11, Noon + 130), (12, Noon + 210), (1, Noon + 5000), (2, Noon - 60_000), (3, Noon - 59_900)];
            foreach ((int inference, long now) in rows)
            {
                table.Add(WatchedBoard.Model, WatchedBoard.At(WatchedBoard.Model, inference, [80, 50], LinkProtocol.PinOn, LinkProtocol.NoPin), now);
            }

            Assert.AreEqual($"Wrote 6 rows as {path}.", table.Summary);
        }

        string[] lines = File.ReadAllLines(path);
        Assert.AreEqual("time_ms,soil,light,water,shade,GPIO18", lines[0]);
        CollectionAssert.AreEqual(new long[] { 0, 100, 200, 5000, 5000, 5000 }, lines[1..].Select(line => long.Parse(line.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture) - Noon).ToArray());
        StringAssert.EndsWith(lines[1], ",1");

        using MonitorTable more = new(path);
        more.Add(WatchedBoard.Model, WatchedBoard.At(WatchedBoard.Model, 13, [20, 50], 0, LinkProtocol.NoPin), Noon + 9000);
        Assert.AreEqual($"Added 1 row to {path}.", more.Summary);
        StringAssert.EndsWith(File.ReadAllLines(path)[^1], ",0");
    }

    [TestMethod]
    public void AnotherModelsValuesAreNotMixedIn()
    {
        using Scratch scratch = new();
        ModelFile other = ModelFile.Parse(Imported.Model(WatchedBoard.Network.Replace("soil", "sand", StringComparison.Ordinal)), "other");
        using MonitorTable table = new(scratch.PathOf("m.csv"));
        table.Add(WatchedBoard.Model, WatchedBoard.At(WatchedBoard.Model, 1, [80, 50], 1, LinkProtocol.NoPin));
        InputRefusedException refusal = Assert.ThrowsExactly<InputRefusedException>(() => table.Add(other, WatchedBoard.At(other, 2, [80, 50], LinkProtocol.NoPin, LinkProtocol.NoPin)));
        StringAssert.Contains(refusal.Message, "time_ms, sand, light");
        StringAssert.Contains(refusal.Message, "1 row");
        Assert.HasCount(2, File.ReadAllLines(scratch.PathOf("m.csv")));
    }

    [TestMethod]
    public void NoTwoColumnsHaveOneName()
    {
        using Scratch scratch = new();
        ModelFile same = ModelFile.Parse(Imported.Model(WatchedBoard.Network.Replace("water", "soil", StringComparison.Ordinal)), "same");
        using MonitorTable table = new(scratch.PathOf("m.csv"));
        table.Add(same, WatchedBoard.At(same, 1, [80, 50], LinkProtocol.NoPin, LinkProtocol.NoPin));
        Assert.AreEqual("time_ms,soil,light,soil',shade", File.ReadAllLines(scratch.PathOf("m.csv"))[0]);
    }
}
