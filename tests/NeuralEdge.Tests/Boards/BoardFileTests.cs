using CsCheck;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Chips;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Networks;
using Settings = NeuralEdge.Firmware.Settings;

namespace NeuralEdge.Tests.Boards;

/// <summary>Board files: what a maker may wire, and what is refused before it can harm.</summary>
[TestClass]
public sealed class BoardFileTests
{
    private const string Bed = """
        {"periodMs":250,
         "inputs":[{"name":"soil","adc":6,"oversample":64,"counts":[3000,1200],"values":[0,100]},{"name":"light","adc":3}],
         "outputs":[{"name":"pump","pin":18,"on":0.6,"off":0.4,"minOnMs":1000,"minOffMs":2000,"activeLow":true}]}
        """;

    [TestMethod]
    public void EverythingAFileSaysArrives()
    {
        BoardSpec board = BoardFile.Parse(Bed, "b.json").For(Model(["light", "soil"], ["pump"]), classifies: false);
        Assert.AreEqual(250, board.PeriodMs);
        CollectionAssert.AreEqual(
            new[] { new BoardInput("soil", 6, 64, new CountCalibration(3000, 1200, 0, 100)), new BoardInput("light", 3) },
            board.Inputs.ToArray());
        CollectionAssert.AreEqual(new[] { new BoardOutput("pump", 18, false, 0.6, 0.4, 1000, 2000, true) }, board.Outputs.ToArray());
    }

    [TestMethod]
    public void WhatProtectsLoadsArrives()
    {
        BoardSpec board = BoardFile.Parse(
            """
            {"deadTimeMs":250,
             "inputs":[{"name":"soil","adc":6,"plausible":[40,4000],"frozenMs":60000}],
             "outputs":[{"name":"a","pin":18,"on":1,"maxOnMs":60000,"restMs":5000,"group":"none"},{"name":"b","pin":19,"on":1,"maxOnMs":100,"group":"none"}]}
            """,
            "b.json").For(Model(["soil"], ["a", "b"]), classifies: false);
        Assert.AreEqual(250, board.DeadTimeMs);
        Assert.AreEqual(new BoardInput("soil", 6, Plausible: (40, 4000), FrozenMs: 60000), board.Inputs.Single());
        Assert.AreEqual(new BoardOutput("a", 18, false, 1, 1, MaxOnMs: 60000, RestMs: 5000, Group: "none"), board.Outputs[0]);
        Assert.AreEqual(new BoardOutput("b", 19, false, 1, 1, MaxOnMs: 100, Group: BoardOutput.NoGroup), board.Outputs[1]);
    }

    [TestMethod]
    public void ADigitalSensorArrivesAndWhatIsForTheAdcIsRefusedBesideIt()
    {
        BoardSpec board = BoardFile.Parse(
            """{"inputs":[{"name":"x","sensor":0,"counts":[0,256],"values":[0,9.81],"frozenMs":5000},{"name":"y","sensor":31},{"name":"soil","adc":0}]}""", "b.json")
            .For(Model(["x", "y", "soil"], ["a"]), classifies: false);
        CollectionAssert.AreEqual(
            new[] { BoardInput.OfSensor("x", 0, new CountCalibration(0, 256, 0, 9.81), 5000), BoardInput.OfSensor("y", 31), new BoardInput("soil", 0) }, board.Inputs.ToArray());
        static void Refuse(string inputs, string why) => Refusals.Expect(why, () => BoardFile.Parse($"{{\"inputs\":[{inputs}]}}", "b.json"));
        Refuse("""{"name":"x","sensor":0,"adc":3}""", "inputs[0].adc|for the ADC");
        Refuse("""{"name":"x","sensor":0,"oversample":4}""", "inputs[0].oversample|for the ADC");
        Refuse("""{"name":"x","sensor":0,"plausible":[1,2]}""", "inputs[0].plausible|for the ADC");
        Refuse("""{"name":"x","sensor":32}""", "inputs[0].sensor");
        Refuse("""{"name":"x","sensor":-1}""", "inputs[0].sensor");
        Refuse("""{"name":"x","sensor":3},{"name":"y","sensor":3}""", "inputs[1].sensor|inputs[0] has already");
        Refuse("""{"name":"x"}""", "adc");
    }

    [TestMethod]
    public void AColumnCalledSensor5IsSensor5AndTakesNoChannel()
    {
        string[] names = ["sensor5", "a", "b", "c", "d", "e", "f"];
        BoardSpec board = DefaultWiring.For(Model(names, ["y"], 0, 4095), classifies: false);
        Assert.AreEqual(BoardInput.OfSensor("sensor5", 5), board.Inputs[0]);
        CollectionAssert.AreEqual(new[] { 0, 3, 4, 5, 6, 7 }, board.Inputs.Skip(1).Select(i => i.Adc).ToArray());
        CollectionAssert.AreEqual(board.Inputs.ToArray(), BoardFile.Parse("{}", "b.json").For(Model(names, ["y"]), classifies: false).Inputs.ToArray());
    }

    // A board whose GPIO 19 is wired active low, and that does not drive GPIO 22.
    [TestMethod]
    public void ThePolarityIsTheBoardsWhereTheFileDoesNotSayItAndRefusedWhereItSaysOtherwise()
    {
        BoardWiring wiring = new("the board", (1L << 18) | (1L << 19), 1L << 19);
        BoardSpec Wire(string outputs) => BoardFile.Parse($"{{\"outputs\":[{outputs}]}}", "b.json").For(Model(["x"], ["a", "b"]), classifies: false, wiring);
        CollectionAssert.AreEqual(
            new[] { false, true },
            Wire("""{"name":"a","pin":18,"on":1},{"name":"b","pin":19,"on":1}""").Outputs.Select(o => o.ActiveLow).ToArray());
        Assert.IsTrue(Wire("""{"name":"a","pin":19,"on":1,"activeLow":true}""").Outputs[0].ActiveLow);
        Refusals.Expect("active high in the board file|active low", () => Wire("""{"name":"a","pin":19,"on":1,"activeLow":false}"""));
        Refusals.Expect("active low in the board file|active high", () => Wire("""{"name":"a","pin":18,"on":1,"activeLow":true}"""));
        Refusals.Expect("GPIO 22|does not drive", () => Wire("""{"name":"a","pin":22,"on":1}"""));

        BoardSpec byDefault = DefaultWiring.For(Model(["adc0"], ["a", "b", "c"]), classifies: true, wiring);
        CollectionAssert.AreEqual(new[] { (18, false), (19, true) }, byDefault.Outputs.Select(o => (o.Pin, o.ActiveLow)).ToArray(), "only pins that the board drives");
    }

    [TestMethod]
    public void TheGreenhouseExampleIsABoard()
    {
        BoardSpec board = BoardFile.Read(Repository.PathOf("tools/examples/greenhouse-board.json"))
            .For(Model(["soil", "light", "temperature"], ["water", "shade"]), classifies: false);
        Assert.HasCount(3, board.Inputs);
        Assert.HasCount(2, board.Outputs);
    }

    [TestMethod]
    public void ClassesFollowArgMaxUnlessTheFileSaysOtherwise()
    {
        const string Text = """{"outputs":[{"name":"a","pin":18},{"name":"b","pin":19,"rule":"argmax"},{"name":"c","pin":21,"argmax":true},{"name":"d","pin":22,"on":0.9}]}""";
        BoardSpec board = BoardFile.Parse(Text, "b.json").For(Model(["x"], ["a", "b", "c", "d"]), classifies: true);
        CollectionAssert.AreEqual(new[] { true, true, true, false }, board.Outputs.Select(o => o.ArgMax).ToArray());
        Assert.AreEqual(0.9, board.Outputs[3].Off);
        Refusals.Expect("outputs[0] does not say when to switch", () => BoardFile.Parse(Text, "b.json").For(Model(["x"], ["a", "b", "c", "d"]), classifies: false));
    }

    [TestMethod]
    public void WhatTheFileLeavesOutTakesChannelsAndPinsInOrder()
    {
        BoardSpec board = BoardFile.Parse("{}", "b.json").For(Model(["a", "b", "c", "d"], ["y", "z"]), classifies: false);
        CollectionAssert.AreEqual(new[] { 0, 3, 4, 5 }, board.Inputs.Select(i => i.Adc).ToArray());
        CollectionAssert.AreEqual(new[] { 18, 19 }, board.Outputs.Select(o => o.Pin).ToArray());
    }

    [TestMethod]
    public void WithoutAFileOnlyInputsThatAreCountsAreWired()
    {
        BoardSpec counts = DefaultWiring.For(Model(["a", "b", "c", "d"], [.. Enumerable.Range(0, 20).Select(i => $"y{i}")], 0, 4095), classifies: true);
        Assert.HasCount(4, counts.Inputs);
        CollectionAssert.AreEqual(BoardPins.OutputsOf(BoardPins.Classic), counts.Outputs.Select(o => o.Pin).ToArray());
        Assert.IsTrue(counts.Outputs.All(o => o.ArgMax));
        Assert.IsEmpty(DefaultWiring.For(Model(["a"], ["y"], -4, 4), classifies: false).Inputs);
        Assert.IsEmpty(DefaultWiring.For(Model(["a"], ["y"], -4, 4), classifies: false).Outputs);
        Assert.IsEmpty(DefaultWiring.For(Model(["1", "2", "3", "4", "5", "6", "7"], ["y"], 0, 4095), classifies: false).Inputs);
    }

    [TestMethod]
    public void EveryPinIsEitherAllowedOrRefusedByName()
    {
        int[] allowed = [4, 13, 18, 19, 21, 22, 23, 25, 26, 27];
        for (int pin = 0; pin <= 63; pin++)
        {
            string text = $$"""{"outputs":[{"name":"y","pin":{{pin}},"on":1}]}""";
            if (allowed.Contains(pin))
            {
                Assert.AreEqual(pin, BoardFile.Parse(text, "b.json").For(Model(["x"], ["y"]), false).Outputs[0].Pin);
            }
            else
            {
                Refusals.Expect($"outputs[0].pin is {pin}, but GPIO {pin} |take one of 18, 19", () => BoardFile.Parse(text, "b.json"));
            }
        }

        CollectionAssert.AreEquivalent(allowed, BoardPins.OutputsOf(BoardPins.Classic));
    }

    /// <summary>What models take when nobody says otherwise, a board as it is flashed must not refuse.</summary>
    [TestMethod]
    public void ThePinsAreThoseOfTheFirmwaresSettings()
    {
        foreach (Chip chip in BoardPins.Chips)
        {
            CollectionAssert.AreEqual(Settings.OutputPins(chip).Select(pin => pin.Pin).ToArray(), BoardPins.OutputsOf(chip), chip.Name);
        }
    }

    [TestMethod]
    public void ABoardFileIsForItsChip()
    {
        BoardSpec board = BoardFile.Parse("""{"chip":"esp32-s3"}""", "b.json").For(Model(["a", "b", "c", "d"], ["y", "z"]), classifies: false);
        CollectionAssert.AreEqual(new[] { 0, 1, 3, 4 }, board.Inputs.Select(i => i.Adc).ToArray(), "channel 2 is GPIO 3, which straps");
        CollectionAssert.AreEqual(new[] { 21, 38 }, board.Outputs.Select(o => o.Pin).ToArray());
        Assert.AreEqual("esp32-s3", board.Chip);
        Refusals.Expect("chip is \"esp32-s9\"|esp32-c3", () => BoardFile.Parse("""{"chip":"esp32-s9"}""", "b.json"));
        Refusals.Expect("chip is \"esp32-c5\"|has no ADC", () => BoardFile.Parse("""{"chip":"esp32-c5"}""", "b.json"));
        Refusals.Expect("outputs[0].pin is 19|USB", () => BoardFile.Parse("""{"chip":"esp32-s3","outputs":[{"name":"y","pin":19,"on":1}]}""", "b.json"));
        Refusals.Expect("outputs[0].pin is 9|inputs[0]|channel 8", () => BoardFile.Parse("""{"chip":"esp32-s3","inputs":[{"name":"x","adc":8}],"outputs":[{"name":"y","pin":9,"on":1}]}""", "b.json"));
        CollectionAssert.AreEqual(
            new[] { 0, 3 },
            BoardFile.Parse("""{"chip":"esp32-s3","outputs":[{"name":"y","pin":2,"on":1}]}""", "b.json").For(Model(["a", "b"], ["y"]), false).Inputs.Select(i => i.Adc).ToArray(),
            "channel 1 is GPIO 2, which the output has");
    }

    [TestMethod]
    public void ABoardFileForAnotherChipThanTheBoardsIsRefusedByName()
    {
        BoardWiring there = new("the board at COM5", -1, 0, ChipTable.Find("esp32-c3"), 0xFF);
        FloatModel model = Model(["x"], ["y"]);
        Refusals.Expect("b.json names no chip|an ESP32,|ESP32-C3|\"chip\": \"esp32-c3\"", () => BoardFile.Parse("{}", "b.json").For(model, false, there));
        Refusals.Expect("b.json is for an ESP32-S3|an ESP32-C3", () => BoardFile.Parse("""{"chip":"esp32-s3"}""", "b.json").RequireAllowed(there));
        Assert.AreEqual(10, BoardFile.Parse("""{"chip":"esp32-c3"}""", "b.json").For(model, false, there).Outputs[0].Pin);
        Assert.AreEqual(10, DefaultWiring.For(Model(["adc0"], ["y"]), true, there).Outputs[0].Pin, "without a file the board's chip counts");

        // Memory makes no other pins, and the board says itself which it drives.
        BoardWiring octal = new("the board", 1L << 21, 0, ChipTable.Find("esp32-s3-octal"), 0x3FB);
        Assert.AreEqual(21, BoardFile.Parse("""{"chip":"esp32-s3"}""", "b.json").For(model, false, octal).Outputs[0].Pin);
    }

    [TestMethod]
    [DataRow(0, "strapping")]
    [DataRow(2, "strapping")]
    [DataRow(5, "strapping")]
    [DataRow(12, "strapping")]
    [DataRow(15, "strapping")]
    [DataRow(1, "UART0")]
    [DataRow(3, "UART0")]
    [DataRow(14, "toggles")]
    [DataRow(32, "ADC")]
    [DataRow(33, "ADC")]
    [DataRow(6, "flash")]
    [DataRow(11, "flash")]
    [DataRow(16, "COM2")]
    [DataRow(17, "COM2")]
    [DataRow(34, "input only")]
    [DataRow(39, "input only")]
    [DataRow(20, "does not exist")]
    [DataRow(40, "does not exist")]
    public void TheReasonForRefusingAPinIsGiven(int pin, string why)
    {
        Refusals.Expect(why, () => BoardFile.Parse($$"""{"outputs":[{"name":"y","pin":{{pin}},"on":1}]}""", "b.json"));
    }

    [TestMethod]
    [DataRow("""{"period":100}""", "unknown field \"period\"|periodMs")]
    [DataRow("""{"periodMs":5}""", "periodMs is 5|10 to 3600000")]
    [DataRow("""{"periodMs":100.5}""", "periodMs is 100.5|whole number")]
    [DataRow("""{"inputs":[{"adc":3}]}""", "inputs[0].name is missing")]
    [DataRow("""{"inputs":[{"name":"a"}]}""", "inputs[0].adc is missing")]
    [DataRow("""{"inputs":[{"name":"a","adc":1}]}""", "inputs[0].adc is 1|GPIO 37|0 (GPIO 36)")]
    [DataRow("""{"inputs":[{"name":"a","adc":9}]}""", "inputs[0].adc is 9|not on ADC1")]
    [DataRow("""{"inputs":[{"name":"a","adc":3,"oversample":12}]}""", "inputs[0].oversample is 12|power of two")]
    [DataRow("""{"inputs":[{"name":"a","adc":3,"oversample":512}]}""", "inputs[0].oversample is 512")]
    [DataRow("""{"inputs":[{"name":"a","adc":3},{"name":"b","adc":3}]}""", "inputs[1].adc is 3, which inputs[0] has")]
    [DataRow("""{"inputs":[{"name":"a","adc":3},{"name":"a","adc":4}]}""", "inputs[1].name is \"a\"")]
    [DataRow("""{"outputs":[{"name":"y","pin":18,"off":0}]}""", "outputs[0].on is missing")]
    [DataRow("""{"outputs":[{"name":"y","pin":18,"on":0,"argmax":true}]}""", "outputs[0] follows arg-max and has on or off")]
    [DataRow("""{"outputs":[{"name":"y","pin":18,"rule":"threshold"}]}""", "outputs[0] does not follow arg-max")]
    [DataRow("""{"outputs":[{"name":"y","pin":18,"rule":"threshold","argmax":true}]}""", "outputs[0].rule contradicts")]
    [DataRow("""{"outputs":[{"name":"y","pin":18,"rule":"max"}]}""", "outputs[0].rule is \"max\"")]
    [DataRow("""{"outputs":[{"name":"y","pin":18,"on":1,"minOnMs":-1}]}""", "outputs[0].minOnMs is -1")]
    [DataRow("""{"deadTimeMs":60001}""", "deadTimeMs is 60001")]
    [DataRow("""{"inputs":[{"name":"x","adc":0,"plausible":[5]}]}""", "inputs[0].plausible")]
    [DataRow("""{"inputs":[{"name":"x","adc":0,"plausible":[5,5]}]}""", "inputs[0].plausible|not below")]
    [DataRow("""{"inputs":[{"name":"x","adc":0,"plausible":[0,4096]}]}""", "inputs[0].plausible[1]")]
    [DataRow("""{"inputs":[{"name":"x","adc":0,"frozenMs":999}]}""", "inputs[0].frozenMs is 999")]
    [DataRow("""{"outputs":[{"name":"y","pin":18,"on":1,"maxOnMs":99}]}""", "outputs[0].maxOnMs is 99")]
    [DataRow("""{"outputs":[{"name":"y","pin":18,"on":1,"maxOnMs":500,"minOnMs":501}]}""", "outputs[0].maxOnMs|shorter than minOnMs")]
    [DataRow("""{"outputs":[{"name":"y","pin":18,"on":1,"restMs":500}]}""", "outputs[0].restMs|give both")]
    [DataRow("""{"outputs":[{"name":"y","pin":18,"on":1,"group":""}]}""", "outputs[0].group")]
    [DataRow("""{"outputs":[{"name":"x","pin":19,"on":1,"group":"a"},{"name":"y","pin":18,"on":1,"group":"b"},{"name":"z","pin":21,"on":1,"group":"a"}]}""", "outputs[1].group|no other output is in it")]
    [DataRow("""{"outputs":[{"name":"y","pin":18,"on":1,"activeLow":1}]}""", "outputs[0].activeLow is the number 1|true or false")]
    [DataRow("""{"outputs":[{"name":"y","pin":18,"on":1},{"name":"z","pin":18,"on":1}]}""", "outputs[1].pin is 18, which outputs[0] has")]
    [DataRow("""{"outputs":[{"name":"y","pin":18,"on":1},{"name":"y","pin":19,"on":1}]}""", "outputs[1].name is \"y\"")]
    public void WiringThatCannotWorkIsRefusedByItsPath(string text, string parts)
    {
        Refusals.Expect(parts, () => BoardFile.Parse(text, "b.json"));
    }

    [TestMethod]
    public void WiringThatDoesNotFitTheModelIsRefused()
    {
        BoardFile board = BoardFile.Parse(Bed, "b.json");
        Refusals.Expect("no input \"wind\"", () => board.For(Model(["light", "soil", "wind"], ["pump"]), false));
        Refusals.Expect("wires the input \"soil\"|light, wind", () => board.For(Model(["light", "wind"], ["pump"]), false));
        Refusals.Expect("wires the output \"pump\"|fan|--target pump", () => board.For(Model(["light", "soil"], ["fan"]), false));
        Refusals.Expect("wires the output \"pump\"|0, 1|--target pump --task regress", () => board.For(Model(["light", "soil"], ["0", "1"]), true));
        Refusals.Expect("no input \"pump\"|an output there|--ignore", () => board.For(Model(["light", "soil", "pump"], ["pump"]), false));
        Refusals.Expect("7 are more than the 6", () => BoardFile.Parse("{}", "b.json").For(Model(["1", "2", "3", "4", "5", "6", "7"], ["y"]), false));
    }

    [TestMethod]
    public void TruncationsAndMutationsGiveAResultOrARefusal()
    {
        for (int length = 0; length < Bed.Length; length++)
        {
            Refusals.ResultOrRefusal(() => BoardFile.Parse(Bed[..length], "b.json"));
        }

        string[] pieces = ["\"", "[", "]", "{", "}", ",", ":", "null", "true", "1e999", "-1", "64", "1.5", "\"pin\":", "\"adc\":"];
        FloatModel model = Model(["light", "soil"], ["pump"]);
        Gen.Select(Gen.Int[0, Bed.Length], Gen.Int[0, 12], Gen.Int[0, pieces.Length - 1].Select(i => pieces[i])).Array[1, 3].Sample(
            edits =>
            {
                string changed = Bed;
                foreach ((int at, int cut, string put) in edits)
                {
                    int start = Math.Min(at, changed.Length);
                    changed = changed[..start] + put + changed[Math.Min(start + cut, changed.Length)..];
                }

                Refusals.ResultOrRefusal(() => BoardFile.Parse(changed, "b.json").For(model, false));
            },
            iter: 20_000);
    }

    private static FloatModel Model(string[] inputs, string[] outputs, double minimum = 0, double maximum = 4095)
    {
        double[][] weights = [.. outputs.Select(_ => new double[inputs.Length])];
        return new FloatModel(
            new FloatNetwork(new FloatLayer(weights, new double[outputs.Length], Activation.Linear)),
            [.. inputs.Select(name => new InputSpec(name, "", minimum, maximum))],
            [.. outputs.Select(name => new OutputSpec(name))]);
    }
}
