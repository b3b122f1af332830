using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Chips;
using NeuralEdge.Conversion;
using NeuralEdge.Studio;
using NeuralEdge.Studio.Boards;
using NeuralEdge.Studio.Recording;
using NeuralEdge.Studio.Simulation;
using NeuralEdge.StudioTests.Boards;

namespace NeuralEdge.StudioTests.Recording;

[TestClass]
public sealed class RecorderTests
{
    [TestMethod]
    public async Task RowsComeWhileALabelIsHeldAndOnlyThen()
    {
        string folder = Directory.CreateTempSubdirectory("neuraledge-recorder-").FullName;
        try
        {
            using SimulatedWorld world = new();
            await using BoardService board = new(new StudioOptions { Folder = folder, ApplicationName = "none" }) { PeriodMs = 10 };
            using Recorder recorder = new(board);
            Assert.Throws<InputRefusedException>(() => recorder.Hold("dry", this), "no session");
            board.Connect(world.Start(ChipTable.Classic));
            await BoardServiceTests.Until(() => board.Rows?.Count > 5, "rows");
            string path = Path.Combine(folder, "a.csv");
            recorder.Open(RecordingSession.Begin(path, ["adc3", "adc0"]));
            world.Sensors!.Hold(0, 1000);
            world.Sensors.Hold(3, 3000);
            await Task.Delay(100);
            Assert.AreEqual(0, recorder.Session!.Count);
            recorder.Hold("dry", this);
            Assert.IsNotNull(board.WhyKept(), "the port is not lent in the middle of it");
            await BoardServiceTests.Until(() => recorder.Session.Count >= 10, "ten rows");
            recorder.LetGo(new object());
            Assert.AreEqual("dry", recorder.Held, "another hand has nothing to let go");
            recorder.LetGo(this);
            int count = recorder.Session.Count;
            await Task.Delay(60);
            Assert.AreEqual(count, recorder.Session.Count);
            string[] lines = await File.ReadAllLinesAsync(path);
            Assert.HasCount(count + 1, lines);
            Assert.AreEqual("ms,adc3,adc0,label", lines[0]);
            double[] last = [.. lines[^1].Split(',')[1..3].Select(cell => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture))];
            Assert.AreEqual(3000, last[0], 20, "the columns are in the session's order");
            Assert.AreEqual(1000, last[1], 20);
            long[] times = [.. lines[1..].Select(line => long.Parse(line.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture))];
            Assert.AreEqual(0, times[0]);
            Assert.IsTrue(times.Zip(times[1..]).All(pair => pair.First < pair.Second), "time only rises");

            recorder.Open(RecordingSession.Open(path));
            recorder.Hold("wet", this);
            await BoardServiceTests.Until(() => recorder.Session.Count > count, "a row more");
            recorder.LetGo(this);
            Assert.IsGreaterThan(times[^1] + 500, long.Parse((await File.ReadAllLinesAsync(path))[count + 1].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture), "it goes on after a pause");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
