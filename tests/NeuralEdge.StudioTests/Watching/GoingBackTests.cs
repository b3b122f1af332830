using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Link;
using NeuralEdge.Studio.Boards;
using NeuralEdge.Studio.Watching;
using NeuralEdge.StudioTests.Boards;

namespace NeuralEdge.StudioTests.Watching;

[TestClass]
public sealed class GoingBackTests
{
    /// <summary>What is confirmed, and what the board has gone back to, are two things although it says "confirmed" of both.</summary>
    [TestMethod]
    public async Task WhoGoesBackReadsThatAndNotThatAnOldModelIsConfirmed()
    {
        await using ConnectedBoard connected = await ConnectedBoard.StartAsync();
        BoardService board = connected.Board;
        using BoardDiary diary = new(board);
        await BoardServiceTests.Until(() => diary.Entries.Count > 0, "that it answers");
        foreach (string inputs in new[] { "adc0,adc3", "adc4,adc3" })
        {
            await connected.Upload(connected.Model(inputs));
            await Said("runs in test");
            await connected.Confirm();
            await Said("is confirmed");
        }

        uint second = board.Now.Report!.Sequence;
        await connected.Revert();
        await BoardServiceTests.Until(() => board.Now.Report!.Sequence < second, "the model before");
        await Said($"the board has gone back to upload {board.Now.Report!.Sequence}");
        await connected.Revert();
        await BoardServiceTests.Until(() => board.Now.Report!.State == ModelState.Factory, "the factory model");
        await Said("the board has gone back to the factory model");

        Task Said(string words) => BoardServiceTests.Until(() => diary.Entries[0].Words.Contains(words, StringComparison.Ordinal), words);
    }
}
