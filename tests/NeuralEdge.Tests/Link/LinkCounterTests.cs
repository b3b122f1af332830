using NeuralEdge.Board.Link;

namespace NeuralEdge.Tests.Link;

/// <summary>What a board does not answer, or cannot, it counts; INFO has the counts.</summary>
[TestClass]
public sealed class LinkCounterTests
{
    [TestMethod]
    public void EachReasonNotToDoARequestHasItsCount()
    {
        ServerBench bench = new();
        bench.Hello();
        LinkCounters counters = bench.Server.Counters;
        bench.Send(ServerBench.Frame((int)LinkRequest.Info, 101, bench.Session, [], LinkProtocol.Version + 1));
        bench.Send(ServerBench.Frame((int)LinkRequest.Info | LinkProtocol.Reply, 101, bench.Session, []));
        bench.Send(ServerBench.Frame(0, 101, bench.Session, []));
        Assert.AreEqual(3u, counters.NoRequests);
        bench.Ask(LinkRequest.Info, 101, session: bench.Session ^ 1);
        bench.Ask(LinkRequest.Info, 101, session: 0);
        Assert.AreEqual(2u, counters.SessionErrors);
        bench.Ask(LinkRequest.Info, 102);
        bench.Ask(LinkRequest.Info, 99);
        Assert.AreEqual(2u, counters.SequenceErrors);
        bench.Ask(LinkRequest.Hello, 100, [1, 2, 3], 0);
        Assert.AreEqual(1u, counters.LengthErrors);
        byte[] damaged = ServerBench.Frame((int)LinkRequest.Data, 101, bench.Session, [.. Enumerable.Repeat((byte)0x55, 20)]);
        damaged[20] ^= 1;
        bench.Send(damaged);
        Assert.AreEqual((1u, 0u), (counters.CrcErrors, counters.CobsErrors));
        bench.Send([0, 5, 1, 0]);
        Assert.AreEqual((1u, 1u), (counters.CrcErrors, counters.CobsErrors));
        Assert.AreEqual(9u, counters.Frames, "hello and eight sound frames");
        Assert.AreEqual(0u, counters.Repeats + counters.PortErrors + counters.SilenceErrors + counters.LiveDropped);
        bench.Ask(LinkRequest.Info, 101);
        bench.Ask(LinkRequest.Info, 101);
        Assert.AreEqual(1u, counters.Repeats);
    }

    [TestMethod]
    public void APortThatFailsIsCountedAndTriedAgain()
    {
        CountingBoard board = new();
        FailingLine line = new();
        LinkServer server = new(line, board, board, board, board);
        byte[] hello = ServerBench.Frame((int)LinkRequest.Hello, 1, 0, [LinkProtocol.Version, LinkProtocol.Version, 1, 2, 3, 4]);
        Serve(hello[..8]);
        line.Reads = false;
        Serve(hello[8..9]);
        Assert.IsGreaterThan(0u, server.Counters.PortErrors);
        line.Reads = true;
        Serve(hello[9..]);
        Assert.IsEmpty(line.Line.Written, "what came before the failure is forgotten");
        line.Line.Give([0]);
        line.Writes = false;
        uint before = server.Counters.PortErrors;
        Serve(hello);
        Assert.AreEqual(before + 1, server.Counters.PortErrors, "one for the whole reply");
        Assert.IsEmpty(line.Line.Written);
        line.Writes = true;
        Serve(hello);
        Assert.IsNotEmpty(line.Line.Written);
        Assert.AreEqual(before + 1, server.Counters.PortErrors);

        void Serve(byte[] wire)
        {
            line.Line.Give(wire);
            for (int step = 0; step < 40; step++)
            {
                server.Step(step);
            }
        }
    }

    private sealed class FailingLine : IByteLink
    {
        public FakeLine Line { get; } = new();

        public bool Reads { get; set; } = true;

        public bool Writes { get; set; } = true;

        public int Available => Line.Available;

        public int Read(byte[] buffer, int offset, int count) => Reads ? Line.Read(buffer, offset, count) : throw new IOException("planted");

        public int Write(byte[] buffer, int offset, int count) => Writes ? Line.Write(buffer, offset, count) : throw new IOException("planted");

        public void Reopen()
        {
        }
    }
}
