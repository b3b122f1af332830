using System.Globalization;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Benchmarks;
using NeuralEdge.Simulator.Turbo;

namespace NeuralEdge.Tests.Benchmarks;

/// <summary>The benchmark program prints what its readers and the documents count on; how fast anything is, it does not say here.</summary>
[TestClass]
public sealed class DeviceProgramTests
{
    private static readonly string[] Columns = ["shape", "kernel", "us/inference", "ns/MAC", "heap", "heap-seen", "allocated", "ratio"];

    [TestMethod]
    public void EveryShapeAndKernelHasALineWithAllColumns()
    {
        List<string> lines = [];
        new DeviceProgram(lines.Add, new SimulatedCodeLoader(), new Sampling(1, 1), 0).Run();

        // One sentence and the header, then a line for each.
        CollectionAssert.AreEqual(Columns, Words(lines[1]));
        string[][] rows = [.. lines.Skip(2).Select(line => Words(line))];
        string[] kernels = [.. Contenders.Make(null).Select(contender => contender.Name)];
        string[] expected = [.. Shapes.GetAll().SelectMany(shape => kernels.Select(kernel => Shapes.GetName(shape) + " " + kernel))];
        CollectionAssert.AreEqual(expected, rows.Select(row => row[0] + " " + row[1]).ToArray());
        foreach (string[] row in rows)
        {
            string line = string.Join("  ", row);
            Assert.HasCount(Columns.Length, row, line);
            if (row[1] == "exported" && ExportedContender.Find(row[0]) is null)
            {
                CollectionAssert.AreEqual(Enumerable.Repeat("-", Columns.Length - 2).ToArray(), row[2..], line);
                continue;
            }

            Assert.MatchesRegex(@"^\d+\.\d{3}$", row[2], line);
            Assert.MatchesRegex(@"^\d+\.\d\d$", row[3], line);
            Assert.IsGreaterThan(0, int.Parse(row[4], CultureInfo.InvariantCulture), line);

            // The desktop's collector counts otherwise.
            Assert.AreEqual("-", row[5], line);
            Assert.AreEqual("-", row[6], line);
            Assert.MatchesRegex(@"^\d+\.\d\d$", row[7], line);
        }

        foreach (string[] row in rows.Where(row => row[1] == kernels[0]))
        {
            Assert.AreEqual("1.00", row[7], row[0]);
        }
    }

    [TestMethod]
    public void EveryLineIsAsWideAsTheHeader()
    {
        var yardstick = new Measurement("naive") { Ran = true };
        yardstick.Add(12_345_678_000);
        foreach (string line in new[] { MeasurementTable.Row([64, 64, 8], yardstick, yardstick), MeasurementTable.Row([2, 2, 1], new Measurement("naive-jagged"), yardstick) })
        {
            Assert.AreEqual(MeasurementTable.Header.Length, line.Length, line);
        }
    }

    [TestMethod]
    public void TheLeastSampleCountsAndTheRatioIsToTheYardstick()
    {
        var yardstick = new Measurement("naive") { Ran = true };
        yardstick.Add(9_000_000);
        yardstick.Add(6_000_000);
        yardstick.Add(7_000_000);
        var other = new Measurement("exact") { Ran = true, HeapBytes = 36, HeapSeen = 48, Allocated = 0 };
        other.Add(2_400_000);
        CollectionAssert.AreEqual(
            new[] { "2-2-1", "exact", "2.400", "400.00", "36", "48", "0", "2.50" },
            Words(MeasurementTable.Row([2, 2, 1], other, yardstick)));
    }

    [TestMethod]
    public void WhatABoardCannotRunHasALineAllTheSame()
    {
        string line = MeasurementTable.Row([2, 2, 1], new Measurement("exact"), new Measurement("naive"));
        CollectionAssert.AreEqual(new[] { "2-2-1", "exact", "-", "-", "-", "-", "-", "-" }, Words(line));
    }

    [TestMethod]
    public void ASampleLastsAsLongAsItShould()
    {
        var contender = new CountingContender();
        const long Millisecond = 10_000;
        new Sampling(Millisecond, 1).Calibrate(contender);

        // What the contender sees of its run is a little less than what its caller sees.
        Assert.IsGreaterThanOrEqualTo(Millisecond * 9 / 10, contender.LastTicks);
    }

    [TestMethod]
    public void ASampleLastsSomeStepsOfACoarseClock()
    {
        long step = new Sampling(1, 1).LeastTicks;
        Assert.IsGreaterThan(0, step);
        Assert.IsGreaterThan(100 * step / 10, new Sampling(1, 100).LeastTicks, "steps differ, but not by that much");
    }

    [TestMethod]
    public void NoContenderAllocatesAnything()
    {
        foreach (int[] shape in Shapes.GetAll())
        {
            foreach (Contender contender in Contenders.Make(null).Where(contender => contender.Prepare(shape)))
            {
                contender.Run(2);
                Allocations.AssertNone(_ => contender.Run(20), $"{contender.Name} {Shapes.GetName(shape)}");
            }
        }
    }

    [TestMethod]
    public void OnlyWhereCodeIsLoadedOrExportedAContenderIsLeftOut()
    {
        foreach (int[] shape in Shapes.GetAll())
        {
            bool exported = ExportedContender.Find(Shapes.GetName(shape)) is not null;
            string[] expected = exported ? ["naive", "naive-jagged", "exact", "fast", "exported"] : ["naive", "naive-jagged", "exact", "fast"];
            CollectionAssert.AreEqual(
                expected,
                Contenders.Make(null).Where(contender => contender.Prepare(shape)).Select(contender => contender.Name).ToArray());
            Assert.IsTrue(new TurboContender(new SimulatedCodeLoader()).Prepare(shape));
        }
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
