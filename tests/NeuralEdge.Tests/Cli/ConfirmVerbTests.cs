using System.Text.Json;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;
using NeuralEdge.Tests.Control;
using NeuralEdge.Tests.Link;

namespace NeuralEdge.Tests.Cli;

/// <summary>What <c>confirm</c> waits for, and what <c>info</c> says meanwhile, on a board in virtual time.</summary>
[TestClass]
[DoNotParallelize]
public sealed class ConfirmVerbTests
{
    private static readonly ModelFile Model = Bench.Identity(2, 100);

    [TestMethod]
    public void ConfirmWaitsUntilTheModelHasRunLongEnough()
    {
        using VirtualBoard board = Testing();
        ToolResult confirm = Run(board, "confirm").MustSucceed();
        StringAssert.Contains(confirm.Output, "it is confirmed after 10 periods in a row on plausible inputs, in about 1 s.");
        StringAssert.Contains(confirm.Output, "Kept: confirmed");
        Assert.AreEqual("confirmed", Run(board, "info", "--json").Json().GetProperty("model").GetProperty("state").GetString());
    }

    [TestMethod]
    public void AsJsonItWaitsWithoutAWord()
    {
        using VirtualBoard board = Testing();
        Assert.AreEqual("confirmed", Run(board, "confirm", "--json").Json().GetProperty("model").GetProperty("state").GetString());
    }

    [TestMethod]
    public void AnywayDoesNotWait()
    {
        using VirtualBoard board = Testing();
        board.BrokenChannel = 1;
        long before = board.Now;
        Assert.DoesNotContain("it is confirmed after", Run(board, "confirm", "--anyway").MustSucceed().Output);
        Assert.IsLessThan(before + 1_000_000, board.Now);
    }

    [TestMethod]
    public void ConfirmNamesTheSensorThatIsInTheWayAndGivesUp()
    {
        using VirtualBoard board = Testing();
        board.BrokenChannel = 1;
        ToolResult confirm = Run(board, "confirm");
        Assert.AreEqual(3, confirm.ExitCode, confirm.ToString());
        StringAssert.Contains(confirm.Output, "Waiting: x1 gives no plausible count");
        StringAssert.Contains(confirm.Error, "The model runs in test, but is not confirmed: x1 gives no plausible count");
        StringAssert.Contains(confirm.Error, "It stays in test until the next start of the board");

        // Mended, it goes through.
        board.BrokenChannel = int.MaxValue;
        Run(board, "confirm").MustSucceed();
    }

    [TestMethod]
    public void ASensorThatIsMendedMeanwhileEndsTheWaiting()
    {
        using VirtualBoard board = Testing();
        board.BrokenChannel = 0;
        long mended = board.Now + 20_000_000;
        using BoardLink link = board.Connect();
        List<string?> troubles = [];
        BoardReport report = link.ConfirmWhenReady(link.Info(), new Told(progress =>
        {
            Assert.AreEqual(UploadPhase.Waiting, progress.Phase);
            troubles.Add(progress.Test!.Trouble);
            board.BrokenChannel = board.Now > mended ? int.MaxValue : 0;
        }));
        Assert.AreEqual(ModelState.Confirmed, report.State);
        Assert.IsTrue(troubles.Exists(trouble => trouble?.StartsWith("x0 gives no plausible count", StringComparison.Ordinal) == true), string.Join('|', troubles));
    }

    [TestMethod]
    public void StoppedTheModelStaysInTest()
    {
        using VirtualBoard board = Testing();
        using BoardLink link = board.Connect();
        using CancellationTokenSource stop = new();
        BoardLinkException stopped = Assert.ThrowsExactly<BoardLinkException>(() => link.ConfirmWhenReady(link.Info(), new Told(_ => stop.Cancel()), stop.Token));
        StringAssert.StartsWith(stopped.Message, "Stopped before the model was confirmed. It stays in test");
        Assert.AreEqual(ModelState.Test, link.Info().State);
    }

    [TestMethod]
    public void ABoardThatRestartsMeanwhileNoLongerRunsTheModel()
    {
        using VirtualBoard board = Testing();
        using BoardLink link = board.Connect();
        board.BrokenChannel = 0;
        BoardLinkException gone = Assert.ThrowsExactly<BoardLinkException>(() => link.ConfirmWhenReady(link.Info(), new Told(_ => board.RestartAt = board.Now)));
        StringAssert.Contains(gone.Message, "restarted before upload 1 was confirmed");
    }

    [TestMethod]
    public void SomebodyElsesConfirmationOfTheSameModelIsOne()
    {
        using VirtualBoard board = Testing();
        using BoardLink link = board.Connect();
        BoardReport shown = link.Info();
        board.BrokenChannel = 0;
        BoardReport report = link.ConfirmWhenReady(shown, new Told(_ => board.Board.Updates.Confirm(shown.Sequence, shown.Digest, anyway: true)));
        Assert.AreEqual((ModelState.Confirmed, shown.Digest), (report.State, report.Digest));
    }

    [TestMethod]
    public void InfoSaysThatAnUploadIsUnderWayAndHowFarItIs()
    {
        ModelFile large = Bench.Identity(20, 100);
        using VirtualBoard board = new();
        Assert.DoesNotContain("under way", Run(board, "info").MustSucceed().Output);
        using (BoardLink link = board.Connect())
        {
            using CancellationTokenSource stop = new();
            Assert.Throws<OperationCanceledException>(() => link.Upload(large.Bytes, progress: new Told(progress => StopAt(stop, progress)), cancellation: stop.Token));
        }

        JsonElement upload = Run(board, "info", "--json").Json().GetProperty("upload");
        int received = upload.GetProperty("received").GetInt32();
        Assert.IsGreaterThan(0, received);
        Assert.IsLessThan(large.Bytes.Length, received);
        Assert.AreEqual(large.Bytes.Length, upload.GetProperty("bytes").GetInt32());
        StringAssert.Contains(Run(board, "info").MustSucceed().Output, $"under way: {received} of {large.Bytes.Length} bytes of {large.Model.Digest:x8}");
        static void StopAt(CancellationTokenSource stop, UploadProgress progress)
        {
            if (progress.Sent > 0)
            {
                stop.Cancel();
            }
        }
    }

    [TestMethod]
    public void InfoCountsFaultsAndNamesTheirKinds()
    {
        using VirtualBoard board = Testing();
        StringAssert.Contains(Run(board, "info").MustSucceed().Output, "none since the start");
        board.BrokenChannel = 0;
        using (BoardLink link = board.Connect())
        {
            link.Subscribe(1);
            for (long until = board.Now + 3_000_000; board.Now < until;)
            {
                _ = link.ReadLive(TimeSpan.FromSeconds(1));
            }
        }

        string one = Run(board, "info").MustSucceed().Output;
        StringAssert.Contains(one, " since the start: a sensor without a plausible count\n");
        board.BrokenChannel = int.MaxValue;
        StringAssert.Contains(Run(board, "info").MustSucceed().Output, " since the start: a sensor without a plausible count\n", "it was, although it is mended");
        board.Board.Loop.Faults.Add(NeuralEdge.Board.Control.FaultCode.Link, 0);
        StringAssert.Contains(Run(board, "info").MustSucceed().Output, " since the start: a sensor without a plausible count, the link failed; the last one: the link failed\n");
        JsonElement json = Run(board, "info", "--json").Json();
        Assert.AreEqual("Link", json.GetProperty("lastFault").GetString());
        Assert.IsGreaterThan(1, json.GetProperty("faultCount").GetInt32());
    }

    private static VirtualBoard Testing()
    {
        VirtualBoard board = new();
        using BoardLink link = board.Connect();
        Assert.AreEqual(ModelState.Test, link.Upload(Model.Bytes, confirm: false).State);
        return board;
    }

    private static ToolResult Run(VirtualBoard board, params string[] arguments) => VerbRun.Run(() => board.Connect(), [.. arguments, "--port", "virtual"]);

    private sealed class Told(Action<UploadProgress> tell) : IProgress<UploadProgress>
    {
        public void Report(UploadProgress value) => tell(value);
    }
}
