using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Host;

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
    public void WhoFindsASocketSilentIsToldOfOtherPrograms()
    {
        using NeuralEdge.Simulator.SimulatedBoard board = new();
        board.Start();
        using BoardLink first = BoardLink.Connect(board.Address);
        BoardLinkException second = Assert.Throws<BoardLinkException>(() => BoardLink.Connect(board.Address, new LinkTimes { HelloAnswer = TimeSpan.FromMilliseconds(100) }));
        StringAssert.Contains(second.Message, "end other programs that are connected there");
        Assert.AreEqual(ModelState.Factory, first.Info().State);
    }

    private static BoardLinkException Upload(VirtualBoard board, Func<byte[], IEnumerable<byte[]>> lie)
    {
        using BoardLink link = BoardLink.Connect(new LyingLine(board, lie), board.Times);

        // An uptime from which a restart can be told.
        link.Ask([0, 0]);
        link.ReadLive(TimeSpan.FromSeconds(5));
        return Assert.Throws<BoardLinkException>(() => link.Upload(Model));
    }

    private static byte[] Over(byte[] frame)
    {
        byte[] over = [.. frame[..LinkProtocol.HeaderLength], (byte)RequestStatus.Session, 0, 0, 0, 0, 0];
        over[6] = LinkProtocol.RefusalLength;
        over[7] = 0;
        return over;
    }
}
