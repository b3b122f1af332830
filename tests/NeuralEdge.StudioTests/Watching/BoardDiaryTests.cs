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

    [TestMethod]
    public void WhatHappenedIsThereWhenTheStudioStartsAgain()
    {
        string folder = Directory.CreateTempSubdirectory("neuraledge-diary-").FullName;
        try
        {
            string path = Path.Combine(folder, "watch", "events.csv");
            DiaryEntry first = new(DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_123), "a fault, number 3: soil \"1\" is frozen", true);
            DiaryEntry second = new(first.At.AddDays(1), "the board at\nsocket://x answers", false);
            using (DiaryFile file = new(path))
            {
                Assert.IsEmpty(file.Read(10));
                file.Add(first);
                file.Add(second);
            }

            using DiaryFile again = new(path);
            DiaryEntry[] entries = [.. again.Read(10)];
            Assert.HasCount(2, entries);
            Assert.AreEqual((first.At.UtcDateTime, first.Words, true), (entries[0].At.UtcDateTime, entries[0].Words, entries[0].IsBad));
            Assert.HasCount(3, File.ReadAllLines(path), "an entry is a line, whatever it says");
            Assert.AreEqual(second.At.UtcDateTime, again.Read(1).Single().At.UtcDateTime, "the newest");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] Words(BoardDiary diary) => [.. diary.Entries.Select(entry => entry.Words)];
}
