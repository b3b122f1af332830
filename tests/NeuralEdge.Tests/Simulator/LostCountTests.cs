using System.Diagnostics;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Link;
using NeuralEdge.Host;
using NeuralEdge.Simulator;
using NeuralEdge.Tests.Link;

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

    /// <summary>Every request is answered then, but only when the host has sent it twice: slow for ever, and no failure anywhere.</summary>
    [TestMethod]
    [DataRow(1)]
    [DataRow(0)]
    public void ABoardThatIsARequestBehindIsQuickAgainWithinFiveSeconds(int bytes)
    {
        using SimulatedBoard board = new(new SimulatedBoardOptions());
        board.Start();
        using BoardLink link = BoardLink.Connect(board.Address);
        link.Info(default);
        board.FallBehind(bytes > 0 ? bytes : ServerBench.Frame((int)LinkRequest.Info, 1, 1, []).Length);
        long begin = Stopwatch.GetTimestamp();
        while (link.Info(default).Link.Reopened == 0)
        {
            Assert.IsLessThan(5, Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }

        uint repeats = link.Info(default).Link.Repeats;
        for (int i = 0; i < 20; i++)
        {
            link.Info(default);
        }

        Assert.AreEqual((1u, repeats), (link.Info(default).Link.Reopened, link.Info(default).Link.Repeats), "once is enough");
    }
}
