using NeuralEdge.Simulator.Greenhouse;

namespace NeuralEdge.Tests.Simulator;

[TestClass]
public sealed class GreenhouseExampleTests
{
    [TestMethod]
    public void CheckedInLogIsWhatThePhysicalModelMakes()
    {
        string[] lines = File.ReadAllLines(Repository.PathOf("tools/examples/greenhouse.csv"));
        Assert.AreEqual("soil,light,temperature,water,shade", lines[0]);
        int equal = 0;
        foreach ((GreenhouseRow row, string line) in GreenhouseLog.Generate(1, 2000).Zip(lines.Skip(1)))
        {
            equal += line == $"{row.Soil},{row.Light},{row.Temperature},{row.Water},{row.Shade}" ? 1 : 0;
        }

        // The last bits of sine and logarithm differ from system to system, so a rounded count may now and then.
        Assert.HasCount(2001, lines);
        Assert.IsGreaterThan(1900, equal);
    }
}
