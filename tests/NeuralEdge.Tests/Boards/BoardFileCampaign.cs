using System.Globalization;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Chips;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Host;
using NeuralEdge.Networks;
using NeuralEdge.Tests.Link;

namespace NeuralEdge.Tests.Boards;

/// <summary>
/// Random board files for every chip, sound ones and others, to the firmware's board with its default settings on that chip, in virtual time.
/// NEURALEDGE_BOARD_FILES=N tries N files on each chip instead of 40, NEURALEDGE_SEED=S others.
/// </summary>
[TestClass]
public sealed class BoardFileCampaign
{
    private static readonly long Files = Campaigns.Number("NEURALEDGE_BOARD_FILES", 40);

    public static IEnumerable<object[]> Chips => ChipFacts.All.Select(facts => new object[] { facts.Name });

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DynamicData(nameof(Chips))]
    public void ABoardFileHarmsNoBoard(string name)
    {
        ChipFacts facts = ChipFacts.All.Single(chip => chip.Name == name);
        int[] ran = new int[3];
        Parallel.For(0L, Files, file => Interlocked.Increment(ref ran[Try(facts, new Random(HashOf(name, file)), file)]));
        TestContext.WriteLine($"{name}: {ran[0]} refused by the tool, {ran[1]} by the board, {ran[2]} ran");
        Assert.IsGreaterThan(Files / 10, ran[0]);
        Assert.IsGreaterThan(Files / 10, ran[2]);
    }

    private static int HashOf(string name, long file)
    {
        int hash = Campaigns.Seed;
        foreach (char letter in name)
        {
            hash = unchecked((hash * 31) + letter);
        }

        return unchecked((hash * 486_187_739) + (int)file);
    }

    /// <returns>0: refused by the tool, 1: by the board, 2: it ran.</returns>
    private static int Try(ChipFacts facts, Random random, long number)
    {
        ChipWiring wiring = facts.Wire();
        int[] driven = [.. wiring.Outputs.Select(pin => pin.Pin)];
        int[] channels = random.Next(5) == 0 ? [] : [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(random.Next(4) == 0 ? 24 : facts.Adc.Length))];
        int[] pins = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(4) == 0 ? random.Next(64) : driven[random.Next(driven.Length)])];
        string text = Text(facts, random, channels, pins);
        string context = $"{facts.Name}, file {number}: {text}";

        bool isSound = channels.Distinct().Count() == channels.Length && channels.All(facts.Measures)
            && pins.Distinct().Count() == pins.Length && !pins.Any(pin => facts.IsForbidden(pin) || facts.Kept.Contains(pin))
            && !channels.Any(channel => pins.Contains(facts.Adc[channel]));
        FloatModel model = Model(Math.Max(channels.Length, 1), pins.Length);
        BoardSpec board;
        try
        {
            board = BoardFile.Parse(text, "b.json").For(model, classifies: false);
        }
        catch (InputRefusedException e)
        {
            Assert.IsFalse(isSound, $"{context}: {e.Message}");
            return 0;
        }

        Assert.IsTrue(isSound, $"{context} is not refused");
        int[] sensors = [.. board.Inputs.Select(input => facts.Adc[input.Adc])];
        Assert.IsFalse(sensors.Any(pins.Contains), context);

        HashSet<int> written = [];
        HashSet<int> read = [];
        using VirtualBoard hardware = new(wiring: wiring) { Counts = (_, _) => 2000 };
        using BoardLink link = hardware.Connect();
        Assert.AreEqual((facts.Name, null), (link.Info().ChipName, link.Info().Unsuitable), context);
        hardware.PinWritten = (_, pin, _) => written.Add(pin);
        byte[] file = Converter.Convert(new(model, ModelTask.Regression, board, Profile.Exact, Work: Examples.QuickProof)).File.Bytes;
        bool isTaken = pins.All(driven.Contains) && board.Inputs.All(input => (wiring.AdcChannels >> input.Adc & 1) != 0);
        try
        {
            Assert.AreEqual(ModelState.Confirmed, link.Upload(file).State, context);
            Assert.IsTrue(isTaken, context);

            // From here on only the new model reads.
            hardware.Counts = (channel, _) => Note(read, facts.Adc[channel]);
            for (int period = 0; period < 3; period++)
            {
                hardware.Board.RunOnce();
            }

            CollectionAssert.AreEquivalent(sensors, read.ToArray(), context);
        }
        catch (InputRefusedException e)
        {
            Assert.IsFalse(isTaken, $"{context}: {e.Message}");
        }

        Assert.IsFalse(written.Any(pin => facts.IsForbidden(pin) || !driven.Contains(pin)), context);
        return isTaken ? 2 : 1;
    }

    private static int Note(HashSet<int> read, int pin)
    {
        read.Add(pin);
        return 2000;
    }

    private static string Text(ChipFacts facts, Random random, int[] channels, int[] pins)
    {
        string inputs = string.Join(',', channels.Select((channel, i) => $$"""{"name":"x{{i}}","adc":{{channel}},"oversample":{{1 << random.Next(5)}}}"""));
        string outputs = string.Join(',', pins.Select((pin, j) => string.Create(CultureInfo.InvariantCulture, $$"""{"name":"y{{j}}","pin":{{pin}},"on":{{1000 + random.Next(2000)}},"minOnMs":{{random.Next(3) * 100}}}""")));
        string chip = facts.Name == ChipTable.Classic && random.Next(2) == 0 ? "" : $"\"chip\":\"{facts.Name}\",";
        return $$"""{{{chip}}"periodMs":{{random.Next(10, 200)}},{{(channels.Length == 0 ? "" : $"\"inputs\":[{inputs}],")}}"outputs":[{{outputs}}]}""";
    }

    private static FloatModel Model(int inputs, int outputs) => new(
        new FloatNetwork(new FloatLayer(
            [.. Enumerable.Range(0, outputs).Select(j => Enumerable.Range(0, inputs).Select(i => i == j % inputs ? 1.0 : 0.0).ToArray())], new double[outputs], Activation.Linear)),
        [.. Enumerable.Range(0, inputs).Select(i => new InputSpec($"x{i}", "", 0, 4095))],
        [.. Enumerable.Range(0, outputs).Select(j => new OutputSpec($"y{j}"))]);
}
