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

        // The request that finds the count wrong before the firmware has read what is not there may still be understood.
        TimeSpan silent;
        BoardReport report;
        int asked = 0;
        do
        {
            long begin = Stopwatch.GetTimestamp();
            report = link.Info(default);
            silent = Stopwatch.GetElapsedTime(begin);
            asked++;
        }
        while (report.Link.Reopened == 0 && asked < 20);

        Console.WriteLine($"{bytes} bytes: {silent.TotalSeconds:0.0} s");
        Assert.AreEqual(1u, report.Link.Reopened);
        Assert.IsLessThan(5, silent.TotalSeconds);
        Assert.AreEqual(1u, link.Info(default).Link.Reopened, "once is enough");
        Assert.AreEqual(starts, board.Starts, "without a restart");
    }
}
