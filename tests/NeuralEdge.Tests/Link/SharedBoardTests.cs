using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Host;
using NeuralEdge.Models;
using NeuralEdge.Tests.Control;

namespace NeuralEdge.Tests.Link;

/// <summary>Sessions that end in the middle of something: whether the board restarts or another program talks to it, the sentence says.</summary>
[TestClass]
public sealed class SharedBoardTests
{
    private static readonly byte[] Model = Examples.Convert(Examples.WorkedExample).File.Bytes;

    [TestMethod]
    public void ASecondHostThatTakesTheBoardAgainAndAgainIsNamedAndTheUploadCanBeResumed()
    {
        using VirtualBoard board = new();
        int requests = 0;

        // The other host says HELLO behind each request but the first ones.
        BoardLinkException e = Upload(board, frame =>
        {
            if (frame[1] == (int)LinkRequest.Data + LinkProtocol.Reply && ++requests > 1)
            {
                return [Over(frame)];
            }

            return [frame];
        });
        StringAssert.StartsWith(e.Message, "Another program talks to the board at the virtual board");
        StringAssert.Contains(e.Message, "goes on from byte");
        using BoardLink again = board.Connect();
        Assert.IsGreaterThan(0, again.Upload(Model).Resumed);
    }

    [TestMethod]
    public void ABoardThatRestartsAgainAndAgainIsNamed()
    {
        using VirtualBoard board = new();
        BoardLinkException e = Upload(board, frame =>
        {
            if (frame[1] == (int)LinkRequest.Data + LinkProtocol.Reply && frame[LinkProtocol.HeaderLength] == (byte)RequestStatus.Ok)
            {
                board.Restart();
                return [];
            }

            return [frame];
        });
        StringAssert.StartsWith(e.Message, "The board at the virtual board restarts again and again");
    }

    [TestMethod]
    public void ABoardThatRestartsOnceInTheMiddleGoesOn()
    {
        using VirtualBoard board = new();
        bool restarted = false;
        using BoardLink link = BoardLink.Connect(
            new LyingLine(board, frame =>
            {
                if (frame[1] == (int)LinkRequest.Data + LinkProtocol.Reply && !restarted)
                {
                    restarted = true;
                    board.Restart();
                }

                return [frame];
            }),
            board.Times);
        UploadResult result = link.Upload(Model);
        Assert.AreEqual(ModelState.Confirmed, result.State);
        Assert.AreEqual(2, result.Sessions);
    }

    [TestMethod]
    public void WhenAnotherHostDecidesBehindAConfirmationItsModelIsNotShownAsTheOneThatIsKept()
    {
        using VirtualBoard board = new();
        using BoardLink link = BoardLink.Connect(
            new LyingLine(board, frame =>
            {
                if (frame[1] == (int)LinkRequest.Confirm + LinkProtocol.Reply)
                {
                    Assert.AreEqual(RequestStatus.Ok, board.Board.Upload(Bench.Identity(3, 100).Bytes));
                }

                return [frame];
            }),
            board.Times);
        Assert.AreEqual(RequestStatus.Ok, board.Board.Upload(Bench.Identity(2, 100).Bytes));
        BoardReport shown = link.Info();
        BoardLinkException e = Assert.ThrowsExactly<BoardLinkException>(() => link.Confirm(shown, anyway: true));
        StringAssert.Contains(e.Message, "took the confirmation of upload 1, but does not show it as the confirmed model");
    }

    // A board of before, whose INFO does not tell how the test goes: it is asked to confirm, and may.
    [TestMethod]
    public void WhoGivesUpWaitingHasNotConfirmed()
    {
        int confirmed = 0;
        for (int mended = 57_000; mended < 62_000; mended += 100)
        {
            using VirtualBoard board = new();
            Assert.AreEqual(RequestStatus.Ok, board.Board.Upload(Bench.Identity(2, 100).Bytes));
            board.BrokenChannel = 1;
            using BoardLink link = BoardLink.Connect(
                new LyingLine(board, frame => [frame[1] == (int)LinkRequest.Info + LinkProtocol.Reply ? Shorter(frame, InfoReply.ThirdLength) : frame]),
                board.Times);
            BoardReport shown = link.Info();
            long begin = board.Now;
            ModelState? state = null;
            try
            {
                state = link.ConfirmWhenReady(shown, new Told(() => board.BrokenChannel = board.Now - begin < mended * 1000L ? 1 : int.MaxValue)).State;
                confirmed++;
            }
            catch (BoardLinkException e)
            {
                StringAssert.Contains(e.Message, "is not confirmed");
            }

            Assert.AreEqual(state ?? ModelState.Test, board.Board.Info().State, $"mended after {mended} ms");
        }

        Assert.IsTrue(confirmed is > 0 and < 50, $"{confirmed}");
    }

    [TestMethod]
    public void WhoIsTheSecondAtASocketIsToldSo()
    {
        using NeuralEdge.Simulator.SimulatedBoard board = new();
        board.Start();
        using BoardLink first = BoardLink.Connect(board.Address);
        BoardLinkException second = Assert.Throws<BoardLinkException>(() => BoardLink.Connect(board.Address, new LinkTimes { HelloAnswer = TimeSpan.FromMilliseconds(100) }));
        StringAssert.Contains(second.Message, $"Another program is connected to {board.Address}, which serves one at a time: end that one first");
        Assert.AreEqual(ModelState.Factory, first.Info().State);
    }

    private sealed class Told(Action tell) : IProgress<UploadProgress>
    {
        public void Report(UploadProgress value) => tell();
    }

    private static BoardLinkException Upload(VirtualBoard board, Func<byte[], IEnumerable<byte[]>> lie)
    {
        using BoardLink link = BoardLink.Connect(new LyingLine(board, lie), board.Times);

        // An uptime from which a restart can be told.
        link.Ask([0, 0]);
        link.ReadLive(TimeSpan.FromSeconds(5));
        return Assert.Throws<BoardLinkException>(() => link.Upload(Model));
    }

    private static byte[] Shorter(byte[] frame, int length) =>
        [.. frame[..6], .. BitConverter.GetBytes((ushort)length), .. frame.AsSpan(LinkProtocol.HeaderLength, length)];

    private static byte[] Over(byte[] frame)
    {
        byte[] over = [.. frame[..LinkProtocol.HeaderLength], (byte)RequestStatus.Session, 0, 0, 0, 0, 0];
        over[6] = LinkProtocol.RefusalLength;
        over[7] = 0;
        return over;
    }
}
