using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Chips;
using NeuralEdge.Studio;
using NeuralEdge.Studio.Boards;
using NeuralEdge.Studio.Simulation;
using NeuralEdge.Studio.Watching;
using NeuralEdge.StudioTests.Boards;

namespace NeuralEdge.StudioTests.Watching;

[TestClass]
public sealed class BoardDiaryTests
{
    [TestMethod]
    public async Task ARestartAndAnUnpluggedBoardAreWrittenDown()
    {
        using SimulatedWorld world = new();
        await using BoardService board = new(new StudioOptions { Folder = "nowhere", ApplicationName = "none" });
        using BoardDiary diary = new(board);
        board.Connect(world.Start(ChipTable.Classic));
        await BoardServiceTests.Until(() => board.Now.State == BoardState.Connected, "the board");
        await Task.Delay(300);
        await board.Do((link, cancellation) => link.Reset(cancellation));
        await BoardServiceTests.Until(() => Words(diary).Contains("the board has restarted"), "the restart");
        world.Unplug();
        await BoardServiceTests.Until(() => board.Now.State == BoardState.Lost, "that it is gone");
        await BoardServiceTests.Until(() => diary.Entries[0].IsBad && diary.Entries[0].Words == board.Now.Why, "why it is gone");
        Assert.Contains($"the board at {board.Now.Port} answers", Words(diary));
    }

    private static string[] Words(BoardDiary diary) => [.. diary.Entries.Select(entry => entry.Words)];
}
