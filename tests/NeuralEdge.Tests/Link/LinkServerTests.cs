using NeuralEdge.Board;
using NeuralEdge.Board.Link;

namespace NeuralEdge.Tests.Link;

/// <summary>The rules of PROTOCOL.md for the board, one by one.</summary>
[TestClass]
public sealed class LinkServerTests
{
    private static readonly byte[] BeginData = [.. BitConverter.GetBytes(684), .. BitConverter.GetBytes(1u)];

    [TestMethod]
    public void ARepeatedRequestIsAnsweredAgainAndDoneOnce()
    {
        ServerBench bench = new();
        bench.Hello();
        bench.Ask(LinkRequest.Confirm, 101, new byte[9]);
        byte[] first = bench.Wire;
        for (int i = 0; i < 5; i++)
        {
            bench.Ask(LinkRequest.Confirm, 101, new byte[9]);
            CollectionAssert.AreEqual(first, bench.Wire);
        }

        Assert.AreEqual(1, bench.Board.CallsOf("Confirm"));
        Assert.AreEqual(5u, bench.Server.Counters.Repeats);
    }

    [TestMethod]
    public void ALateCopyOfAnOlderRequestIsNeitherDoneNorAnswered()
    {
        ServerBench bench = new();
        bench.Hello();
        bench.Ask(LinkRequest.Begin, 101, BeginData);
        bench.Ask(LinkRequest.Abort, 102);
        bench.Ask(LinkRequest.Begin, 101, BeginData);
        Assert.IsEmpty(bench.Wire);
        Assert.AreEqual(1, bench.Board.CallsOf("Begin"));
        Assert.AreEqual(1u, bench.Server.Counters.SequenceErrors);
    }

    [TestMethod]
    public void SequencesWrapAround()
    {
        ServerBench bench = new();
        bench.Hello(65535);
        Assert.AreEqual(0, bench.Ask(LinkRequest.Abort, 0)[0]);
        Assert.AreEqual(0, bench.Ask(LinkRequest.Abort, 1)[0]);
        Assert.AreEqual(2, bench.Board.CallsOf("Abort"));
    }

    [TestMethod]
    public void NothingIsDoneBeforeHelloOrInAnotherSession()
    {
        ServerBench bench = new();
        Assert.AreEqual((byte)RequestStatus.Session, bench.Ask(LinkRequest.Revert, 1, new byte[8])[0]);
        bench.Hello();
        Assert.AreEqual((byte)RequestStatus.Session, bench.Ask(LinkRequest.Revert, 101, session: bench.Session ^ 1)[0]);
        Assert.AreEqual(0, bench.Board.CallsOf("Revert"));

        // The refusal did not disturb the session.
        Assert.AreEqual(0, bench.Ask(LinkRequest.Revert, 101, new byte[8])[0]);
    }

    [TestMethod]
    public void ACopyOfHelloDoesNotEndTheSessionItBegan()
    {
        ServerBench bench = new();
        bench.Hello();
        byte[] first = bench.Wire;
        bench.Hello();
        CollectionAssert.AreEqual(first, bench.Wire);
        bench.Ask(LinkRequest.Abort, 101);
        bench.Hello();
        Assert.IsEmpty(bench.Wire);
        Assert.AreEqual(0, bench.Ask(LinkRequest.Abort, 102)[0]);
    }

    [TestMethod]
    public void AnotherHelloBeginsAnotherSessionAndEndsWhatWasAtWork()
    {
        ServerBench bench = new();
        bench.Hello();
        int before = bench.Session;
        bench.Board.Next = RequestStatus.Working;
        bench.Ask(LinkRequest.Commit, 101);
        bench.Board.Next = RequestStatus.Ok;
        bench.Hello(500, 1);
        Assert.AreNotEqual(before, bench.Session);
        Assert.AreEqual(1, bench.Board.CallsOf("Cancel"));

        // The board still works on it: busy, and the same sequence may be used again.
        Assert.AreEqual((byte)RequestStatus.Busy, bench.Ask(LinkRequest.Abort, 501)[0]);
        bench.Board.Polled = RequestStatus.Ok;
        Assert.IsEmpty(bench.Run(), "the old session is not answered");
        Assert.AreEqual(0, bench.Ask(LinkRequest.Abort, 501)[0]);
        Assert.AreEqual(1, bench.Board.CallsOf("Abort"));

        // What the new session begins is answered again.
        bench.Board.Next = RequestStatus.Working;
        Assert.AreEqual(0, bench.Ask(LinkRequest.Commit, 502)[0]);
    }

    [TestMethod]
    public void TwoHostsWithTheSameFoldedNonceGetDifferentSessions()
    {
        ServerBench bench = new();
        foreach ((uint nonce, int session) in new[] { (0x0001_0002u, 3), (0x0002_0001u, 4), (0x0005_0005u, 1), (0x0000_FFFFu, 0xFFFF), (0xFFFF_0000u, 1) })
        {
            bench.Hello(1, nonce);
            Assert.AreEqual(session, bench.Session, $"nonce {nonce:X8}");
        }
    }

    [TestMethod]
    public void NoCommonVersionIsRefusedWithTheBoardsRange()
    {
        ServerBench bench = new();
        byte[] reply = bench.Hello(1, 9, 3, 5);
        CollectionAssert.AreEqual(new byte[] { (byte)RequestStatus.Version, 2, 2, 0, 0, 0 }, reply);
        Assert.AreEqual((byte)RequestStatus.Session, bench.Ask(LinkRequest.Info, 2)[0]);
        Assert.AreEqual(0, bench.Hello(1, 9, 1, 5)[0]);
    }

    [TestMethod]
    public void WorkThatTakesLongerSaysSoAndIsAnsweredWhenItEnds()
    {
        ServerBench bench = new();
        bench.Hello();
        bench.Board.Next = RequestStatus.Working;
        Assert.IsEmpty(bench.Ask(LinkRequest.Commit, 101));
        Assert.AreEqual((byte)RequestStatus.Working, bench.Ask(LinkRequest.Commit, 101)[0]);
        Assert.AreEqual(1, bench.Board.CallsOf("Commit"));
        Assert.AreEqual((byte)RequestStatus.Busy, bench.Ask(LinkRequest.Abort, 102)[0]);

        bench.Board.Next = RequestStatus.Ok;
        bench.Board.RefusalCode = 13;
        bench.Board.RefusalWhere = 4;
        bench.Board.Polled = RequestStatus.ModelRefused;
        CollectionAssert.AreEqual(new byte[] { (byte)RequestStatus.ModelRefused, 13, 4, 0, 0, 0 }, bench.Run());
        CollectionAssert.AreEqual(new byte[] { (byte)RequestStatus.ModelRefused, 13, 4, 0, 0, 0 }, bench.Ask(LinkRequest.Commit, 101));
        Assert.AreEqual(1, bench.Board.CallsOf("Commit"));
        Assert.AreEqual(0, bench.Ask(LinkRequest.Abort, 102)[0]);
    }

    [TestMethod]
    public void AFaultOfTheBoardIsAnAnswer()
    {
        ServerBench bench = new();
        bench.Hello();
        bench.Board.Throws = true;
        Assert.AreEqual((byte)RequestStatus.Fault, bench.Ask(LinkRequest.Confirm, 101, new byte[9])[0]);
        bench.Board.Throws = false;
        bench.Board.Next = RequestStatus.Working;
        bench.Ask(LinkRequest.Commit, 102);
        bench.Board.Throws = true;
        Assert.AreEqual((byte)RequestStatus.Fault, bench.Run()[0]);
    }

    [TestMethod]
    public void ResetIsAnsweredFirst()
    {
        ServerBench bench = new();
        bench.Hello();
        bench.Line.Give(ServerBench.Frame((int)LinkRequest.Reset, 101, bench.Session, []));
        int due = 0;
        for (int i = 0; i < 5; i++)
        {
            bench.Server.Step(1000);
            due += bench.Server.ResetIsDue ? 1 : 0;
            Assert.AreEqual(bench.Line.Written.Count > 0, due == 1, "not before the reply has gone");
        }

        Assert.AreEqual(1, due);
        Assert.AreEqual(0, bench.Run()[0]);
    }

    [TestMethod]
    public void NoiseRepliesEventsAndOtherVersionsAreNeverAnswered()
    {
        ServerBench bench = new();
        bench.Hello();
        foreach (int type in Enumerable.Range(0, 256).Where(t => t == 0 || (t & 0xC0) != 0))
        {
            Assert.IsEmpty(bench.Send(ServerBench.Frame(type, 101, bench.Session, [])));
        }

        for (int version = 0; version < 256; version++)
        {
            if (version != 1)
            {
                Assert.IsEmpty(bench.Send(ServerBench.Frame((int)LinkRequest.Info, 101, bench.Session, [], version)));
            }
        }

        Random random = new(5);
        for (int i = 0; i < 10_000; i++)
        {
            byte[] noise = new byte[random.Next(1, 100)];
            random.NextBytes(noise);
            Assert.IsEmpty(bench.Send(noise));
        }

        Assert.IsEmpty(bench.Send([0]));
        Assert.AreEqual(0, bench.Ask(LinkRequest.Info, 101)[0]);
    }

    [TestMethod]
    public void EveryRequestOfAnyLengthAndAnyDataIsAnswered()
    {
        Random random = new(6);
        ServerBench bench = new();
        int sequence = 100;
        bench.Hello(sequence);
        for (int type = 2; type < 0x40; type++)
        {
            for (int n = 0; n < 60; n++)
            {
                byte[] data = new byte[n < 20 ? n : random.Next(LinkProtocol.MaxData + 1)];
                random.NextBytes(data);
                sequence = (sequence + 1) & 0xFFFF;
                byte[] reply = bench.Ask((LinkRequest)type, sequence, data);
                Assert.IsNotEmpty(reply, $"type {type}, {data.Length} bytes");
                Assert.AreNotEqual((byte)RequestStatus.Fault, reply[0], $"type {type}: {Convert.ToHexString(data)}");
                if (type > 0x0D && type != (int)LinkRequest.Counts)
                {
                    CollectionAssert.AreEqual(new byte[] { (byte)RequestStatus.UnknownRequest, 0, (byte)type, 0, 0, 0 }, reply);
                }

                Assert.AreEqual(0, bench.Ask(LinkRequest.Subscribe, sequence = (sequence + 1) & 0xFFFF, [0, 0])[0]);
            }
        }
    }

    [TestMethod]
    public void AStepThatSendsSaysThatThereIsMoreToDoAlsoTheOneThatSendsTheRest()
    {
        ServerBench bench = new();
        bench.Hello();
        bench.Line.Give(ServerBench.Frame((int)LinkRequest.Abort, 101, bench.Session, []));
        Assert.IsTrue(bench.Server.Step(1000), "the reply is to be sent");
        Assert.IsTrue(bench.Server.Step(1000), "the next request may be there, and is not to wait out a sleep");
        Assert.IsNotEmpty(bench.Line.Written);
        Assert.IsFalse(bench.Server.Step(1000));
    }

    [TestMethod]
    public void OneStepReceivesAndSendsAtMostItsSlice()
    {
        ServerBench bench = new();
        bench.Hello();
        bench.Line.Give(ServerBench.Frame((int)LinkRequest.Read, 101, bench.Session, [0, 0, 0, 0, 0, 1]));
        bench.Line.Give(new byte[1000]);
        int before = bench.Line.Available;
        int written = 0;
        for (int i = 0; i < 100; i++)
        {
            bench.Server.Step(1000);
            Assert.IsLessThanOrEqualTo(LinkServer.ReceiveSlice, before - bench.Line.Available);
            Assert.IsLessThanOrEqualTo(LinkServer.SendSlice, bench.Line.Written.Count - written);
            before = bench.Line.Available;
            written = bench.Line.Written.Count;
        }

        Assert.IsGreaterThan(261, written);
    }

    [TestMethod]
    public void ServingAllocatesNothing()
    {
        CountingBoard board = new();
        board.Calls["Append"] = 0;
        LoopLine line = new();
        LinkServer server = new(line, board, board, board, board);
        byte[] hello = ServerBench.Frame(1, 0, 0, [2, 2, 1, 2, 3, 4]);
        int session = (0x0201 ^ 0x0403) & 0xFFFF;
        byte[][] requests = [.. Enumerable.Range(1, 3 + (Allocations.Rounds * 400)).Select(s => s % 3 == 0
            ? ServerBench.Frame((int)LinkRequest.Info, s, session, [])
            : ServerBench.Frame((int)LinkRequest.Data, s, session, new byte[260]))];
        Serve(server, line, hello);
        Serve(server, line, requests[0]);
        Serve(server, line, requests[1]);
        Serve(server, line, requests[2]);
        int rounds = Allocations.AssertNone(round =>
        {
            for (int i = 0; i < 400; i++)
            {
                Serve(server, line, requests[3 + (round * 400) + i]);
            }
        });
        Assert.AreEqual(4u + (400u * (uint)rounds), server.Counters.Frames);
        Assert.AreEqual(0u, server.Counters.SessionErrors);
    }

    private static void Serve(LinkServer server, LoopLine line, byte[] wire)
    {
        line.Wire = wire;
        line.At = 0;
        for (int i = 0; i < 20; i++)
        {
            server.Step(0);
        }
    }

    /// <summary>Gives one array and swallows what is written.</summary>
    private sealed class LoopLine : IByteLink
    {
        public byte[] Wire { get; set; } = [];

        public int At { get; set; }

        public int Available => Wire.Length - At;

        public int Read(byte[] buffer, int offset, int count)
        {
            Array.Copy(Wire, At, buffer, offset, count);
            At += count;
            return count;
        }

        public int Write(byte[] buffer, int offset, int count) => count;

        public void Reopen()
        {
        }
    }
}
