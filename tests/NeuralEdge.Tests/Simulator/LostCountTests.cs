using System.Diagnostics;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Host;
using NeuralEdge.Simulator;

namespace NeuralEdge.Tests.Simulator;

/// <summary>The race of the platform's serial port, planted: the host is heard again within five seconds.</summary>
[TestClass]
public sealed class LostCountTests
{
    [TestMethod]
    [DataRow(-1)]
    [DataRow(-30)]
    [DataRow(-3000)]
    [DataRow(5)]
    [DataRow(900)]
    public void ABoardWhoseSerialPortHasLostCountIsHeardAgainWithinFiveSeconds(int bytes)
    {
        using SimulatedBoard board = new(new SimulatedBoardOptions());
        board.Start();
        using BoardLink link = BoardLink.Connect(board.Address);
        Assert.AreEqual(0u, link.Info(default).Link.Reopened);
        int starts = board.Starts;
        board.LoseReceiveCount(bytes);

        // Until the firmware has read what is not there.
        Thread.Sleep(100);
        long begin = Stopwatch.GetTimestamp();
        BoardReport report = link.Info(default);
        TimeSpan silent = Stopwatch.GetElapsedTime(begin);
        Console.WriteLine($"{bytes} bytes: {silent.TotalSeconds:0.0} s");
        Assert.AreEqual(1u, report.Link.Reopened);
        Assert.IsLessThan(5, silent.TotalSeconds);
        Assert.AreEqual(1u, link.Info(default).Link.Reopened, "once is enough");
        Assert.AreEqual(starts, board.Starts, "without a restart");
    }
}
