using System.Globalization;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Cli.Verbs;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Reports;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Host;
using NeuralEdge.Models;
using NeuralEdge.Tests.Link;
using NeuralEdge.Tests.Models;

namespace NeuralEdge.Tests.Cli;

/// <summary>
/// A class is the output of the largest value, wherever somebody looks: scores of very unlike sizes, the host's own code, and a
/// whole board in virtual time. NEURALEDGE_CLASSIFIERS=N tries so many networks.
/// </summary>
[TestClass]
public sealed class ClassTests
{
    private const int RowsOfEach = 12;

    public required TestContext TestContext { get; set; }

    private static int Networks => int.Parse(Environment.GetEnvironmentVariable("NEURALEDGE_CLASSIFIERS") ?? "300", CultureInfo.InvariantCulture);

    [TestMethod]
    public void RunAskMonitorVerifyTheReportAndThePinNameTheClassOfTheLargestValue()
    {
        int switched = 0;
        int ofIntegers = 0;
        int classes = 0;
        Parallel.For(0, Networks, k =>
        {
            RandomClassifier random = new(k);
            double[][] rows = random.Rows(RowsOfEach);
            ConvertedModel wired = random.WithPins();
            Check(wired, wired.File, rows);
            Interlocked.Add(ref switched, CheckBoard(wired.File, rows[0], $"network {k}"));

            // Quantities on scales of their own, and what another program may write: classes on such scales.
            ConvertedModel quantities = random.AsQuantities();
            ModelFile unlike = Told(quantities.File);
            Check(quantities, unlike, rows);
            Interlocked.Add(ref ofIntegers, rows.Count(row => unlike.Run(unlike.ToRaw(row)) is int[] raw && unlike.ClassOf(raw) != Array.IndexOf(raw, raw.Max())));
            Interlocked.Add(ref classes, rows.Length);
        });
        TestContext.WriteLine($"{Networks} networks, {switched} pins on; of {classes} rows with unlike scales the largest integer names another class in {ofIntegers}");
        Assert.AreEqual(Networks, switched);
        Assert.IsGreaterThan(classes / 20, ofIntegers, "scales so like each other show nothing");
    }

    [TestMethod]
    public void EqualValuesAreTheFirstOfThemAndValuesCountNotIntegers()
    {
        ModelFile file = Told(Examples.Convert(new RandomClassifier(1).Model).File);
        int[] raw = new int[file.Outputs.Length];
        Assert.AreEqual(0, file.ClassOf(raw));
        Array.Fill(raw, int.MinValue);
        Assert.AreEqual(Array.FindIndex(file.Outputs, o => o.Scale == file.Outputs.Min(p => p.Scale)), file.ClassOf(raw), "the finest scale is the least below zero");
        Array.Fill(raw, int.MaxValue);
        Assert.AreEqual(Array.FindIndex(file.Outputs, o => o.Scale == file.Outputs.Max(p => p.Scale)), file.ClassOf(raw));
    }

    private static void Check(ConvertedModel conversion, ModelFile file, double[][] rows)
    {
        int[][] raw = Array.ConvertAll(rows, row => file.Run(file.ToRaw(row)));
        string[] table = RunVerb.Csv(file, raw, raw: false, withClass: true).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        IntegerNetwork integers = new(conversion.Network);
        int changes = 0;
        Comparison comparison = Comparison.Of(conversion.Model.Network, file, rows);
        for (int r = 0; r < rows.Length; r++)
        {
            string[] cells = table[r + 1].Split(',');
            string name = cells[^1];
            AssertLargest(file, [.. cells[..^1].Select(Number)], name);
            Assert.AreEqual(name, AskedClass(file, raw[r]), "ask");
            Assert.AreEqual(name, file.Outputs[ConversionAnalysis.ClassOf(integers.Scores(integers.ToRaw(rows[r])))].Name, "the report");

            double[] real = conversion.Model.Network.Scores(rows[r]);
            bool changed = file.Outputs[Array.IndexOf(real, real.Max())].Name != name;
            changes += changed ? 1 : 0;
            Assert.IsFalse(changed && real.OrderDescending().Take(2).Aggregate((a, b) => a - b) > 2 * comparison.Largest.Max(), "a class that no error explains");
        }

        Assert.AreEqual(changes, comparison.ClassChanges, "verify");
    }

    /// <summary>The whole board over its link; the number of pins that are on.</summary>
    private static int CheckBoard(ModelFile file, double[] row, string network)
    {
        using VirtualBoard board = new();
        using BoardLink link = board.Connect();
        link.Upload(file.Bytes);
        int[] asked = link.Ask(file.ToRaw(row)).Outputs;
        CollectionAssert.AreEqual(file.Run(file.ToRaw(row)), asked, network);
        AskedClass(file, asked);

        link.Subscribe(1);
        LiveValues? live;
        do
        {
            live = link.ReadLive(TimeSpan.FromSeconds(5));
        }
        while (live is not null && live.Digest != file.Model.Digest);
        string name = AskedClass(file, live!.Outputs);
        foreach ((string output, _, string remark) in LiveText.Rows(file, live).Skip(file.Inputs.Length))
        {
            Assert.AreEqual(output == name ? "largest, on" : "off", remark, $"{network}, {output}");
        }

        return live.Pins.Count(pin => pin == true);
    }

    private static string AskedClass(ModelFile file, int[] raw)
    {
        string[] lines = AskVerb.Text(file, new Answer(raw, Saturated: false)).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        string name = lines[^1]["class: ".Length..];
        AssertLargest(file, [.. lines[..^1].Select(line => Number(line.Split(" = ")[1]))], name);
        return name;
    }

    // Ten digits are printed, and probabilities have 15 bits: what looks equal may differ.
    private static void AssertLargest(ModelFile file, double[] printed, string name) =>
        Assert.AreEqual(printed.Max(), printed[Array.FindIndex(file.Outputs, output => output.Name == name)], $"{name} of {string.Join(' ', printed)}");

    /// <summary>The same file with outputs that are said to be classes.</summary>
    private static ModelFile Told(ModelFile file) =>
        ModelFile.Parse(new ModelBytes(file.Bytes).Set(ModelBytes.Find(file.Bytes, ModelFormat.LabelsSection), 1).File, "told");

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
