using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion;
using NeuralEdge.Host;
using NeuralEdge.Models;
using NeuralEdge.Tests.Link;

namespace NeuralEdge.Tests.Control;

/// <summary>CORRECT: two measured voltages, kept on the board, before what the firmware says, and at once.</summary>
[TestClass]
public sealed class AdcCorrectionTests
{
    private static readonly byte[] Points = Data(0, 210, 372, 2950, 3103);

    [TestMethod]
    public void ACorrectionHoldsAtOnceForTheModelThatRunsAndOutlivesTheStart()
    {
        Bench bench = new(_ => 2000);
        ServerBench server = Server(bench, out _);
        Assert.AreEqual(2000, Count(server));
        Assert.AreEqual((byte)RequestStatus.Ok, server.Ask(LinkRequest.Correct, 101, Points)[0]);

        // 372 + (2000 - 210) * 2731 / 2740 = 2156.1.
        server.Run();
        Assert.AreEqual(2156, Count(server));
        Assert.AreEqual(1u, BitConverter.ToUInt32(server.Ask(LinkRequest.Info, 102), 440));

        ServerBench again = Server(new Bench(_ => 2000, files: bench.Files), out _);
        Assert.AreEqual(2156, Count(again), "the factory's and every other model after a start");
        Assert.AreEqual((byte)RequestStatus.Ok, again.Ask(LinkRequest.Correct, 101, [0])[0]);
        again.Run();
        Assert.AreEqual(2000, Count(again));
        Assert.AreEqual(2000, Count(Server(new Bench(_ => 2000, files: bench.Files), out _)));
    }

    [TestMethod]
    public void WhatWasMeasuredWinsOverTheFirmwareAndGivesWayToItAgain()
    {
        Bench bench = new(_ => 1000);
        bench.Settings.AdcChannels = [new AdcChannelSettings(0).Correct(0, 100, 1000, 1100).Plausible(0, 4095)];
        ServerBench server = Server(bench, out _);
        Assert.AreEqual((1100, 1), (Count(server), server.Ask(LinkRequest.Correction, 101, [0])[1]));
        server.Ask(LinkRequest.Correct, 102, Data(0, 0, 0, 2000, 3000));
        server.Run();
        byte[] reply = server.Ask(LinkRequest.Correction, 103, [0]);
        Assert.AreEqual((1500, 2, 24576), (Count(server), reply[1], BitConverter.ToUInt16(reply, 2)));
        server.Ask(LinkRequest.Correct, 104, [0]);
        server.Run();
        Assert.AreEqual((1100, 1), (Count(server), server.Ask(LinkRequest.Correction, 105, [0])[1]));
        Assert.AreEqual(0, server.Ask(LinkRequest.Correction, 106, [1])[1]);
    }

    [TestMethod]
    [DataRow(0, 0, 399, 1000, false)]
    [DataRow(0, 0, 1000, 399, false)]
    [DataRow(0, 0, 400, 400, true)]
    [DataRow(0, 0, 1000, 2000, true)]
    [DataRow(0, 0, 1000, 2001, false)]
    [DataRow(0, 0, 2000, 1000, true)]
    [DataRow(0, 0, 2001, 1000, false)]
    [DataRow(3000, 100, 100, 3000, false)]
    [DataRow(0, 0, 4096, 4000, false)]
    [DataRow(0, 0, 4000, 4096, false)]
    [DataRow(0, 0, 4095, 4095, true)]
    public void NonsenseIsRefusedByTheBoardAndByTheHost(int measured1, int true1, int measured2, int true2, bool isSane)
    {
        ServerBench server = Server(new Bench(), out _);
        byte[] data = Data(3, measured1, true1, measured2, true2);
        Assert.AreEqual((byte)(isSane ? RequestStatus.Ok : RequestStatus.BadRequest), server.Ask(LinkRequest.Correct, 101, data)[0]);
        CorrectionPoints points = new(measured1, true1, measured2, true2);
        if (isSane)
        {
            points.Require();
            CollectionAssert.AreEqual(data[1..], points.Write());
        }
        else
        {
            Assert.ThrowsExactly<InputRefusedException>(points.Require);
        }
    }

    [TestMethod]
    public void OnlyChannelsOfTheBoardAreCorrectedAndOnlyInTheFormOfTheDocument()
    {
        ServerBench server = Server(new Bench(), out _);
        int sequence = 101;
        for (int channel = 0; channel < 256; channel++)
        {
            RequestStatus expected = channel < 8 ? RequestStatus.Ok : RequestStatus.BadRequest;
            Assert.AreEqual((byte)expected, server.Ask(LinkRequest.Correct, sequence++, [(byte)channel, .. Points[1..]])[0]);
            Assert.AreEqual((byte)expected, server.Ask(LinkRequest.Correction, sequence++, [(byte)channel])[0]);
        }

        for (int length = 0; length < 12; length++)
        {
            byte[] data = [.. Points, 0, 0, 0];
            Assert.AreEqual((byte)(length is 1 or 9 ? RequestStatus.Ok : RequestStatus.BadRequest), server.Ask(LinkRequest.Correct, sequence++, data[..length])[0], $"{length}");
        }
    }

    private static ServerBench Server(Bench bench, out byte[] model)
    {
        model = Bench.Identity(1, 20).Bytes;
        ServerBench server = new(bench, model);
        server.Hello();
        return server;
    }

    // The model computes what it reads.
    private static int Count(ServerBench server)
    {
        ControlLoop loop = server.Whole!.Loop;
        InputBinding input = loop.Model!.Bindings.Inputs[0];
        return (int)Math.Round(Math.ScaleB(new LoopValues(loop).GetInput(0), -input.FractionBits));
    }

    private static byte[] Data(int channel, params int[] points) => [(byte)channel, .. points.SelectMany(point => BitConverter.GetBytes((ushort)point))];
}
