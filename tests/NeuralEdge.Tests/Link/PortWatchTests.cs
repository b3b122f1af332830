using NeuralEdge.Board.Link;

namespace NeuralEdge.Tests.Link;

/// <summary>A receiver that has lost count of its bytes gives nothing of use until its port is opened anew: the server does that, and only then.</summary>
[TestClass]
public sealed class PortWatchTests
{
    private static readonly byte[] Damaged = [0, 5, 1, 2, 3, 4, 0];

    private readonly ServerBench _bench = new();

    private uint Reopened => _bench.Server.Counters.Reopened;

    [TestMethod]
    public void FourDamagedFramesInARowOpenThePortAnew()
    {
        _bench.Hello();
        for (int frame = 1; frame <= 3; frame++)
        {
            _bench.Send(Damaged);
            Assert.AreEqual(0u, Reopened);
        }

        _bench.Send(Damaged);
        Assert.AreEqual(1u, Reopened);
        Assert.AreEqual(1, _bench.Line.Reopenings);
    }

    [TestMethod]
    public void OneRequestInTurnForgetsTheFailuresBefore()
    {
        _bench.Hello();
        for (int sequence = 101; sequence < 120; sequence++)
        {
            _bench.Send([.. Damaged, .. Damaged, .. Damaged]);
            Assert.AreEqual(0, _bench.Ask(LinkRequest.Abort, sequence)[0]);
        }

        Assert.AreEqual(0u, Reopened);
    }

    [TestMethod]
    [DataRow(new byte[] { 0, 0, 0, 0, 0, 0 }, DisplayName = "zeros")]
    [DataRow(new byte[] { 7 }, DisplayName = "one byte")]
    [DataRow(new byte[] { 0, 9, 9, 9, 9, 9 }, DisplayName = "frames without an end")]
    public void BytesThatNeverMakeARequestOpenThePortAnewAfterFourTriesOfAHost(byte[] bytes)
    {
        _bench.Hello();
        _bench.Run(steps: 200);
        for (int tries = 1; tries <= 3; tries++)
        {
            _bench.Send(bytes);
            _bench.Run(steps: 440);
            Assert.AreEqual(0u, Reopened, $"after {tries} tries");
        }

        _bench.Send(bytes);
        _bench.Run(steps: 440);
        Assert.AreEqual(1u, Reopened);
    }

    [TestMethod]
    public void RequestsThatComeByTurnsWithTheirCopiesOpenThePortAnewAndRepeatsInARowDoNot()
    {
        _bench.Hello();
        byte[] Request(int sequence) => ServerBench.Frame((int)LinkRequest.Abort, sequence, _bench.Session, []);
        for (int sequence = 101; sequence < 120; sequence++)
        {
            for (int copy = 0; copy < 5; copy++)
            {
                _bench.Send(Request(sequence));
            }

            _bench.Send(Request(++sequence));
        }

        Assert.AreEqual(0u, Reopened, "replies were lost, and not those of each request");
        for (int sequence = 121; sequence <= 124; sequence++)
        {
            Assert.AreEqual(0u, Reopened);
            _bench.Send(Request(sequence));
            _bench.Send(Request(sequence));
        }

        Assert.AreEqual(1u, Reopened);
    }

    /// <summary>Replies that take longer than the host waits, on a line that is sound: half an hour of requests.</summary>
    [TestMethod]
    public void ALineThatIsMerelySlowHasItsPortOpenedLessAndLessOften()
    {
        _bench.Hello();
        for (int request = 0; request < 1800; request++)
        {
            byte[] frame = ServerBench.Frame((int)LinkRequest.Abort, 101 + request, _bench.Session, []);
            _bench.Send(frame);
            _bench.Send(frame);
            _bench.Run(steps: 1000);
        }

        Assert.IsInRange(3u, 40u, Reopened);
    }

    [TestMethod]
    public void LateCopiesOfOldRequestsDoNotPassForASoundLine()
    {
        _bench.Hello();
        _bench.Ask(LinkRequest.Abort, 101);
        byte[] old = ServerBench.Frame((int)LinkRequest.Abort, 101, _bench.Session, []);
        _bench.Ask(LinkRequest.Abort, 102);
        for (int i = 0; i < 4; i++)
        {
            _bench.Send(old);
        }

        Assert.AreEqual(1u, Reopened);
    }

    [TestMethod]
    public void APortThatCannotBeReadOrHasFewerBytesThanNoneIsOpenedAnew()
    {
        _bench.Hello();
        _bench.Line.Missing = 5;
        _bench.Run(steps: 6);
        Assert.AreEqual(1u, Reopened);
        Assert.AreEqual(0, _bench.Ask(LinkRequest.Abort, 101)[0]);
        _bench.Line.IsBroken = true;
        _bench.Send(Damaged);
        Assert.AreEqual(2u, Reopened, "the line was sound in between");
        Assert.AreEqual(0, _bench.Ask(LinkRequest.Abort, 102)[0]);
    }

    [TestMethod]
    public void OnALineThatIsOpenAtTheOtherEndThePausesGrowToAMinute()
    {
        _bench.Hello();
        List<long> at = [];
        for (long ms = 0; ms < 400_000; ms += 60)
        {
            uint before = Reopened;
            _bench.Send([.. Damaged, .. Damaged, .. Damaged, .. Damaged]);
            if (Reopened > before)
            {
                at.Add(ms);
            }
        }

        double[] pauses = [.. at.Zip(at.Skip(1), (a, b) => Math.Round((b - a) / 1000.0))];
        CollectionAssert.AreEqual(new double[] { 1, 2, 4, 8, 16, 32, 64, 64, 64, 64, 64 }, pauses);
        Assert.AreEqual(0, _bench.Ask(LinkRequest.Abort, 101)[0]);
        _bench.Send([.. Damaged, .. Damaged, .. Damaged, .. Damaged]);
        Assert.HasCount((int)Reopened - 1, at, "a request in turn ends the waiting");
    }

    [TestMethod]
    public void AnOpeningThatFailsIsCountedAndTriedAgain()
    {
        _bench.Hello();
        _bench.Line.ReopeningFails = true;
        _bench.Send([.. Damaged, .. Damaged, .. Damaged, .. Damaged]);
        Assert.AreEqual((1u, 1u), (Reopened, _bench.Server.Counters.PortErrors));
        _bench.Line.ReopeningFails = false;
        _bench.Wait(1000);
        _bench.Send([.. Damaged, .. Damaged, .. Damaged, .. Damaged]);
        Assert.AreEqual(2u, Reopened);
        Assert.AreEqual(0, _bench.Ask(LinkRequest.Abort, 101)[0]);
    }

    [TestMethod]
    public void APortIsNotOpenedAnewWhileItSends()
    {
        _bench.Hello();
        _bench.Line.Room = 0;
        _bench.Ask(LinkRequest.Info, 101);
        Assert.IsTrue(_bench.Server.IsSending);
        _bench.Send([.. Damaged, .. Damaged, .. Damaged, .. Damaged]);
        Assert.AreEqual(0u, Reopened);
        _bench.Line.Room = int.MaxValue;
        Assert.AreEqual(0, _bench.Run()[0], "INFO, whole");
        Assert.AreEqual(1u, Reopened);
    }

    [TestMethod]
    public void WhatTheTransmitterHasNoRoomForGoesLaterAndNothingTwice()
    {
        ServerBench other = new();
        other.Hello();
        other.Ask(LinkRequest.Info, 101);
        _bench.Hello();
        _bench.Line.Room = 0;
        _bench.Line.Give(ServerBench.Frame((int)LinkRequest.Info, 101, _bench.Session, []));
        List<byte> sent = [];
        for (int step = 0; step < 400; step++)
        {
            _bench.Line.Room = step % 7;
            _bench.Run(steps: 1);
            sent.AddRange(_bench.Wire);
        }

        CollectionAssert.AreEqual(other.Wire, sent);
    }

    [TestMethod]
    public void AStepThatSendsSaysThatThereIsMoreToDoAndOneThatCannotSendDoesNot()
    {
        _bench.Hello();
        _bench.Line.Room = 0;
        _bench.Line.Give(ServerBench.Frame((int)LinkRequest.Abort, 101, _bench.Session, []));
        Assert.IsTrue(_bench.Server.Step(1000), "a request was handled");
        Assert.IsFalse(_bench.Server.Step(1001), "the transmitter is full");
        Assert.IsTrue(_bench.Server.IsBusy(1001));
        _bench.Line.Room = int.MaxValue;
        Assert.IsTrue(_bench.Server.Step(1002), "the reply went");
        Assert.IsFalse(_bench.Server.Step(1003));
        Assert.IsTrue(_bench.Server.IsBusy(1002 + LinkServer.BusyMs - 1));
        Assert.IsFalse(_bench.Server.IsBusy(1002 + LinkServer.BusyMs));
    }
}
