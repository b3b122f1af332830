using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Chips;
using NeuralEdge.Board.Link;
using NeuralEdge.Host;
using NeuralEdge.Simulator;
using NeuralEdge.Simulator.Sensors;
using NeuralEdge.Studio;
using NeuralEdge.Studio.Boards;
using NeuralEdge.Studio.Simulation;

namespace NeuralEdge.StudioTests.Boards;

[TestClass]
public sealed class BoardServiceTests
{
    private static readonly StudioOptions Options = new() { Folder = "nowhere", ApplicationName = "none" };

    [TestMethod]
    public async Task ABoardIsSeenSampledAndFoundAgainAfterUnplugging()
    {
        using SimulatedWorld world = new();
        await using BoardService board = new(Options) { PeriodMs = 20 };
        string address = world.Start(ChipTable.Classic);
        world.Sensors!.Hold(3, 1234);
        board.Connect(address);
        await Until(() => board.Rows?.Count > 5 && board.Live?.Rows.Count > 2, "rows of counts and live values");
        Assert.AreEqual(ModelState.Factory, board.Now.Report!.State);
        CollectionAssert.AreEqual(new[] { 0, 3, 4, 5, 6, 7 }, board.Now.Channels.ToArray());
        CollectionAssert.AreEqual(new[] { "adc0", "adc3", "adc4", "adc5", "adc6", "adc7" }, board.Rows!.Names.ToArray());
        Assert.AreEqual(1234, LastOf(board.Rows, 1), 5, "what the sensor is held at, with a little noise");

        world.Unplug();
        await Until(() => board.Now.State == BoardState.Lost, "that it is gone");
        Assert.IsNotNull(board.Now.Why);
        BoardLinkException refused = await Assert.ThrowsAsync<BoardLinkException>(() => Task.FromResult(board.Do((link, end) => link.Info(end))));
        Assert.AreEqual(board.Now.Why, refused.Message);
        long before = board.Rows.Count;
        world.PlugIn();
        await Until(() => board.Now.State == BoardState.Connected && board.Rows.Count > before + 3, "that it is back, on the same curve");
    }

    [TestMethod]
    public async Task DigitalSensorsAreSampledBesideTheAdc()
    {
        using SimulatedBoard device = new(new SimulatedBoardOptions { Sensors = new Accelerometer() });
        device.Start();
        await using BoardService board = new(Options) { PeriodMs = 20 };
        board.Connect(device.Address);
        await Until(() => board.Rows?.Count > 5, "rows of counts");
        string[] names = [.. board.Rows!.Names];
        CollectionAssert.AreEqual(new[] { "sensor0", "sensor1", "sensor2" }, names[^3..]);
        Assert.AreEqual(-256, LastOf(board.Rows, names.Length - 1), "sensor 2");
        Assert.IsTrue(board.Now.Channels.All(channel => channel < 16), "none of them can be calibrated like a channel of the ADC");
        Assert.AreEqual(3, board.Now.Wiring!.Sensors);
    }

    [TestMethod]
    public async Task WhatABoardIsAskedForComesBackAndFailuresAreTheCallers()
    {
        using SimulatedWorld world = new();
        await using BoardService board = new(Options);
        Assert.Throws<BoardLinkException>(() => { _ = board.Do((link, end) => link.Info(end)); });
        board.Connect(world.Start(ChipTable.Classic));
        await Until(() => board.Now.State == BoardState.Connected, "the board");
        BoardReport report = await board.Do((link, cancellation) => link.Info(cancellation));
        Assert.AreEqual(board.Now.Report!.Digest, report.Digest);
        await Assert.ThrowsAsync<BoardRefusedException>(() => board.Do((link, cancellation) => link.Revert(report, cancellation)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => board.Do<int>((_, _) => throw new InvalidOperationException()));
        Assert.AreEqual(report.Digest, (await board.Do((link, cancellation) => link.Info(cancellation))).Digest, "it goes on");
        board.Disconnect();
        Assert.AreEqual(BoardState.None, board.Now.State);
    }

    [TestMethod]
    public async Task APortWithoutABoardSaysWhyAndIsTriedAgain()
    {
        await using BoardService board = new(Options);
        board.Connect("socket://127.0.0.1:1");
        await Until(() => board.Now.State == BoardState.Lost, "the failure");
        StringAssert.Contains(board.Now.Why, "127.0.0.1:1");
    }

    internal static async Task Until(Func<bool> condition, string what)
    {
        for (int i = 0; i < 1500; i++)
        {
            if (condition())
            {
                return;
            }

            await Task.Delay(20);
        }

        Assert.Fail($"waited 30 s for {what}");
    }

    private static double LastOf(RowRing rows, int series)
    {
        long next = rows.Count - 1;
        byte[] batch = rows.Batch(ref next, 1)!;
        return BitConverter.ToSingle(batch, RowRing.HeadBytes + (4 * (1 + series)));
    }

    private sealed class Accelerometer : ISensors
    {
        public int SensorCount => 3;

        public double ReadCount(int channel, TimeSpan at) => 1000;

        public double ReadSensor(int sensor, TimeSpan at) => -128 * sensor;

        public void PinChanged(PinEvent change)
        {
            // Nothing moves it.
        }
    }
}
