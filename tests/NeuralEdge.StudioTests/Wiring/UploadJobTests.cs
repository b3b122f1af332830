using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Studio.Boards;
using NeuralEdge.Studio.Wiring;
using NeuralEdge.StudioTests.Boards;

namespace NeuralEdge.StudioTests.Wiring;

[TestClass]
public sealed class UploadJobTests
{
    /// <summary>"It runs in test" beside a board that runs something else would be believed.</summary>
    [TestMethod]
    public async Task WhatCameOfAnUploadIsSaidOnlyWhileItIsTrue()
    {
        await using ConnectedBoard connected = await ConnectedBoard.StartAsync();
        BoardService board = connected.Board;
        using UploadJob job = new(board);
        ModelFile file = connected.Model("adc0,adc3");
        Assert.IsNull(job.OutcomeOn(board.Now.Report), "before");

        await Send("runs it in test");
        Assert.IsNull(job.OutcomeOn(null), "without a board");
        await connected.Revert();
        await Gone("went back");

        await Send("runs it in test");
        await connected.Confirm();
        await Gone("decided");
        await Send("runs this model already");

        Task Gone(string what) => BoardServiceTests.Until(() => job.OutcomeOn(board.Now.Report) is null, what);

        async Task Send(string words)
        {
            await job.Start(_ => file, confirms: false);
            Assert.IsNull(job.Problem);
            await BoardServiceTests.Until(() => job.OutcomeOn(board.Now.Report)?.Contains(words, StringComparison.Ordinal) == true, words);
        }
    }
}
