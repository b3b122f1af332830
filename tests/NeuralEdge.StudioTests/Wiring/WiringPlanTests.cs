using System.Globalization;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Host;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Normality;
using NeuralEdge.Learning.Series;
using NeuralEdge.Learning.Training;
using NeuralEdge.Models;
using NeuralEdge.Studio.Training;
using NeuralEdge.Studio.Wiring;

namespace NeuralEdge.StudioTests.Wiring;

[TestClass]
public sealed class WiringPlanTests
{
    private static readonly BoardWiring Board = new("the board", (1L << 18) | (1L << 19) | (1L << 25), 0, BoardPins.Classic, 0b1111_1001);

    private static TrainResult _result = null!;

    [ClassInitialize]
    public static void Train(TestContext context) => _result = Train("adc0,adc3");

    [TestMethod]
    public void InputsNamedLikeChannelsAreOnThemAndPinsAreForThePersonToChoose()
    {
        WiringPlan plan = new(_result, Board);
        CollectionAssert.AreEqual(new int?[] { 0, 3 }, plan.Inputs.Select(input => input.Channel).ToArray());
        Assert.IsTrue(plan.Outputs.All(output => output is { Pin: null, FollowsLargest: true }));
        Assert.IsTrue(plan.Inputs.All(input => !input.NeedsValues));
    }

    [TestMethod]
    public void DigitalSensorsAreOfferedAndWiredByTheirNumbers()
    {
        WiringPlan plan = new(Train("sensor1,adc3", scale: -1), Board with { Sensors = 3 });
        CollectionAssert.AreEqual(new int?[] { CountChannel.OfSensor(1).Channel, 3 }, plan.Inputs.Select(input => input.Channel).ToArray());
        Assert.HasCount(plan.Channels.Count - 3, new WiringPlan(_result, Board).Channels);
        Assert.IsFalse(plan.Inputs[0].NeedsValues, "it is known by its name, whatever it measures");
        plan.Outputs[0].Pin = 18;
        BoardInput input = BoardFile.Parse(plan.ToJson(), "the page").Inputs![0];
        Assert.AreEqual(1, input.Sensor);
    }

    [TestMethod]
    public void PinsThatWouldHarmOrAreTakenAreNotOffered()
    {
        WiringPlan plan = new(_result, Board);
        CollectionAssert.AreEqual(new[] { 18, 19, 25 }, plan.PinsFor(plan.Outputs[0]).ToArray(), "those that the board drives");
        plan.Outputs[1].Pin = 18;
        CollectionAssert.AreEqual(new[] { 19, 25 }, plan.PinsFor(plan.Outputs[0]).ToArray());
        StringAssert.Contains(plan.WhyNot(6), "flash");
        StringAssert.Contains(plan.WhyNot(18), "wet");
        StringAssert.Contains(plan.WhyNot(4), "Settings.cs");
        Assert.IsNotEmpty(new WiringPlan(_result, null).PinsFor(plan.Outputs[0]), "without a board the chip alone decides");
        StringAssert.Contains(plan.WhyNot(2), "as it starts");
        Assert.AreEqual(19, plan.FreePin, "what to take instead of the pin of the LED");
        Assert.AreEqual("GPIO 18, which follows wet,", plan.PinToSee, "an LED at a pin that follows nothing would stay dark");
        plan.Outputs[1].Pin = null;
        Assert.AreEqual("a free pin, such as GPIO 18,", plan.PinToSee);
        plan.Outputs[1].Pin = 18;
        Assert.AreEqual(plan.Pins.Count(pin => plan.WhyNot(pin) is not null), plan.Refused().Sum(refused => refused.Pins.Split(',').Length), "each pin once");
        Assert.IsTrue(plan.Refused().Any(refused => refused.Pins.StartsWith("0, 2, 5, 12, 15", StringComparison.Ordinal)), string.Join("; ", plan.Refused()));
    }

    [TestMethod]
    public void ThePlanStaysWhileTheBoardSaysTheSameAndBeginsAnewForAnother()
    {
        WiringDesk desk = new();
        BoardWiring Said() => Board with { Chip = NeuralEdge.Board.Chips.ChipTable.Find("esp32") };
        LearnedModel learned = new(_result);
        WiringPlan plan = desk.PlanOf(learned, Said());
        plan.Outputs[0].Pin = 18;
        Assert.AreSame(plan, desk.PlanOf(learned, Said()));
        Assert.AreSame(plan, desk.PlanOf(learned, null), "the board is away for a moment");
        Assert.AreNotSame(plan, desk.PlanOf(learned, Said() with { OutputPins = 1L << 4 }));
        Assert.AreNotSame(plan, desk.PlanOf(learned, Said() with { Chip = NeuralEdge.Board.Chips.ChipTable.Find("esp32-s3") }));
    }

    [TestMethod]
    public void TheFileIsWiredAsThePlanSays()
    {
        WiringPlan plan = new(_result, Board) { IsSafeWhenUnfamiliar = true };
        WiredOutput wet = plan.Outputs.Single(output => output.Name == "wet");
        (wet.Pin, wet.FollowsLargest, wet.On, wet.Off, wet.MinOnMs, wet.MaxOnMs, wet.RestMs) = (19, false, 0.75, 0.25, 500, 60_000, 1000);
        ModelFile file = plan.Convert(Profile.Exact);
        OutputBinding[] bindings = file.Model.Bindings.Outputs;
        OutputBinding bound = bindings[wet.Number];
        Assert.AreEqual(OutputBinding.RuleThreshold, bound.Rule);
        Assert.AreEqual((19, 500, (int)(0.75 * 32768)), (bound.Pin, bound.MinOnMs, bound.On));
        Assert.AreEqual(OutputBinding.RuleNone, bindings[1 - wet.Number].Rule);
        Assert.AreEqual(3, file.Model.Bindings.Inputs[1].Channel);
        Assert.IsTrue(file.Model.Familiarity!.IsDoubt);
        CollectionAssert.AreEqual(_result.Model.File.Run([800, 9000]), file.Run([800, 9000]), "the wiring changes no integer");
        BoardFile board = BoardFile.Parse(plan.ToJson(), "what the page gives away");
        BoardOutput output = board.For(_result.Model.Model, classifies: true).Outputs.Single();
        Assert.AreEqual((19, 0.75, 0.25, 500, 60_000), (output.Pin, output.On, output.Off, output.MinOnMs, output.MaxOnMs), "as the verbs read it");
    }

    [TestMethod]
    public void AnInputOfOtherValuesThanCountsIsRefusedUntilSomebodySaysWhatCountsMean()
    {
        TrainResult result = Train("temperature,light", scale: 0.01);
        WiringPlan plan = new(result, Board);
        Assert.IsTrue(plan.Inputs[0].NeedsValues);
        StringAssert.Contains(Assert.Throws<InputRefusedException>(() => plan.Convert(Profile.Exact)).Message, "temperature");
        foreach (WiredInput input in plan.Inputs)
        {
            (input.Counts[0], input.Counts[1], input.Values[0], input.Values[1]) = (0, 4000, 0, 40);
        }

        ModelFile file = plan.Convert(Profile.Exact);
        Assert.AreEqual(0.01 / 8, file.Inputs[0].Scale, 1e-12);
    }

    [TestMethod]
    public void NoPinFollowsAGuessUnlessThePersonSaysSo()
    {
        StringBuilder text = new("adc0,label\n");
        Random random = new(1);
        for (int r = 0; r < 60; r++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{random.Next(4000)},{(random.Next(2) == 0 ? "a" : "b")}\n");
        }

        TrainResult result = Pipeline.Train(new TrainOptions(Table.Parse(text.ToString(), "noise.csv"), "label") { Hyperparameters = new Hyperparameters { Hidden = [] } });
        WiringPlan plan = new(result, Board);
        WiredOutput output = plan.Outputs[0];
        Assert.IsTrue(output.IsWithheld);
        output.Pin = 18;
        Assert.Throws<InputRefusedException>(() => plan.Convert(Profile.Exact));
        output.IsAnyway = true;
        Assert.AreEqual(18, plan.Convert(Profile.Exact).Model.Bindings.Outputs[0].Pin);
    }

    [TestMethod]
    public void TheConfusionIsThatOfTheVerdictAndItsCellsHaveTheirRows()
    {
        Confusion confusion = new(_result);
        for (int t = 0; t < confusion.Classes.Count; t++)
        {
            for (int a = 0; a < confusion.Classes.Count; a++)
            {
                Assert.HasCount(_result.IntegerScores!.Confusion[t][a], confusion.Rows(t, a));
                Assert.IsTrue(confusion.Rows(t, a).All(row => _result.HeldOut.Classes[row] == t));
            }
        }
    }

    [TestMethod]
    public void OfWindowsTheChannelsAreWiredAndTheSameIsDecided()
    {
        TrainResult result = Pipeline.Train(Moving(Table.Parse(Shaken("adc3"), "shaken.csv")));
        WiringPlan plan = new(result, Board);
        Assert.AreEqual("adc3", plan.Inputs.Single().Name);
        Assert.AreEqual(3, plan.Inputs.Single().Channel);
        plan.Outputs.Single(output => output.Name == "shaken").Pin = 18;
        ModelFile file = plan.Convert(Profile.Exact);
        Assert.IsTrue(file.HasWindows);
        Assert.AreEqual(3, file.Model.Bindings.Inputs.Single().Channel);
        Assert.AreEqual(18, file.Model.Bindings.Outputs.Single(output => output.Rule != OutputBinding.RuleNone).Pin);
        int[][] rows = [.. ModelSeries.Of(Table.Parse(Shaken("adc3"), "shaken.csv"), result.Model.File, null).Rows];
        int[][] wired = [.. ModelSeries.Of(Table.Parse(Shaken("adc3"), "shaken.csv"), file, null).Rows];
        Assert.IsNotEmpty(rows);
        for (int r = 0; r < rows.Length; r++)
        {
            CollectionAssert.AreEqual(result.Model.File.Run(rows[r]), file.Run(wired[r]), "with the conversions it was learned for, the wiring changes no integer");
        }
    }

    [TestMethod]
    public void WindowsOfOtherValuesThanCountsWaitForWhatCountsMean()
    {
        WiringPlan plan = new(Pipeline.Train(Moving(Table.Parse(Shaken("tilt", 0.01), "shaken.csv"))), Board);
        Assert.IsTrue(plan.Inputs.Single().NeedsValues);
        StringAssert.Contains(Assert.Throws<InputRefusedException>(() => plan.Convert(Profile.Exact)).Message, "tilt");
        (plan.Inputs[0].Counts[0], plan.Inputs[0].Counts[1], plan.Inputs[0].Values[0], plan.Inputs[0].Values[1]) = (0, 4000, 0, 40);
        ModelFile file = plan.Convert(Profile.Exact);
        ModelSeries series = ModelSeries.Of(Table.Parse(Shaken("tilt", 0.01), "shaken.csv"), file, null);
        int right = Enumerable.Range(0, series.Rows.Count).Count(r => file.Outputs[file.ClassOf(file.Run(file.ToRaw(file.Limit(series.Rows[r].Select((raw, i) => file.Inputs[i].ToValue(raw)).ToArray()))))].Name == (series.Ends[r] / 200 % 2 == 1 ? "shaken" : "still"));
        Assert.IsGreaterThan(0.95 * series.Rows.Count, right, "in another scale than it was learned in, the same is told apart");
    }

    [TestMethod]
    public async Task AnAlarmBeginsWhereItWasLearnedToBeginUntilSomebodyMovesIt()
    {
        using TrainingJob job = new();
        TrainingChoice choice = new();
        choice.TakeText(Usual(), "usual.csv");
        choice.Aim = TrainingAim.NoticeDifferent;
        Assert.AreEqual(1, choice.WindowSeconds, "there is nothing to notice in a single row");
        Assert.AreEqual("still", choice.NormalLabel);
        await job.StartNormal("usual.csv", choice.ToNormalOptions(null));
        Assert.IsNull(job.Problem);
        Assert.IsNull(job.Result);
        NormalResult normal = job.Normal!;
        Assert.IsNotEmpty(normal.Tests, "the other rows show how soon they are noticed");
        Assert.IsGreaterThan(normal.Level, normal.OtherScores.Max());
        Assert.AreEqual(normal.Alarms, normal.AlarmsAt(normal.Level));
        Assert.AreEqual(normal.MostPerDay, normal.MostPerDayAt(normal.Level));
        Assert.IsGreaterThan(normal.MostPerDay, normal.MostPerDayAt(normal.Scores.Order().ElementAt(normal.Scores.Count / 2)), "lower is oftener");

        WiringPlan plan = new WiringDesk().PlanOf(job.Learned!, Board);
        WiredOutput unlike = plan.Outputs.Single();
        Assert.AreEqual((normal.Level, false), (unlike.On, unlike.FollowsLargest));
        Assert.AreEqual(3, plan.Inputs.Single().Channel);
        (double least, double most) = plan.Ends(unlike);
        Assert.AreEqual(0, least);
        Assert.IsGreaterThan(normal.Level, most);
        unlike.Pin = 18;
        foreach (double level in new[] { normal.Level, 0.75 * normal.Level })
        {
            unlike.On = level;
            ModelFile file = plan.Convert(Profile.Exact);
            OutputBinding bound = file.Model.Bindings.Outputs.Single();
            Assert.AreEqual(level, file.Outputs[0].ToValue(bound.On), 0.01 * level);
            Assert.AreEqual(NormalResult.AlarmEndsAt * level, file.Outputs[0].ToValue(bound.Off), 0.01 * level, "an alarm that ended above where it begins would be on while all is well");
            Assert.AreEqual(normal.Average, 1 << file.Model.Bindings.Decisions.AverageShift, "a score is averaged as it was when the level was set");
            Assert.AreEqual(3, file.Model.Bindings.Inputs.Single().Channel);
        }

        unlike.On = 0;
        Assert.AreEqual((1, NormalResult.AlarmEndsAt), (unlike.On, unlike.Off), "one that begins at nothing never ends");
        unlike.On = 1e9;
        Assert.AreEqual(normal.HighestLevel, unlike.On, "no score reaches more");
        plan.IsSafeWhenUnfamiliar = true;
        Assert.IsFalse(plan.ToJson().Contains("onUnfamiliar", StringComparison.Ordinal), "it would silence the alarm");
    }

    /// <summary>Two minutes at rest with some shaking between them.</summary>
    internal static string Usual()
    {
        StringBuilder text = new("ms,adc3,label\n");
        Random random = new(1);
        for (int r = 0; r < 6500; r++)
        {
            bool shaken = r / 50 % 65 >= 60;
            text.Append(CultureInfo.InvariantCulture, $"{20 * r},{Math.Round(2000 + (shaken ? 500 * Math.Sin(r * 0.5) : 0) + random.Next(-20, 20))},{(shaken ? "shaken" : "still")}\n");
        }

        return text.ToString();
    }

    internal static TrainOptions Moving(Table table) => new(table, "label") { Windows = new WindowOptions(1), Hyperparameters = new Hyperparameters { Hidden = [] } };

    internal static string Shaken(string input, double scale = 1)
    {
        StringBuilder text = new($"ms,{input},label\n");
        Random random = new(1);
        for (int r = 0; r < 1600; r++)
        {
            bool shaken = r / 200 % 2 == 1;
            double value = (2000 + (shaken ? 500 * Math.Sin(r * 0.5) : 0) + random.Next(-20, 20)) * scale;
            text.Append(CultureInfo.InvariantCulture, $"{20 * r},{value},{(shaken ? "shaken" : "still")}\n");
        }

        return text.ToString();
    }

    internal static string Csv(string inputs, double scale = 1)
    {
        StringBuilder text = new($"ms,{inputs},label\n");
        Random random = new(1);
        for (int r = 0; r < 120; r++)
        {
            bool wet = r / 20 % 2 == 1;
            double a = ((wet ? 1000 : 3000) + random.Next(-700, 700)) * scale;
            double b = random.Next(1000, 3000) * scale;
            text.Append(CultureInfo.InvariantCulture, $"{100 * r},{a},{b},{(wet ? "wet" : "dry")}\n");
        }

        return text.ToString();
    }

    private static TrainResult Train(string inputs, double scale = 1) =>
        Pipeline.Train(new TrainOptions(Table.Parse(Csv(inputs, scale), "pot.csv"), "label") { Hyperparameters = new Hyperparameters { Hidden = [] } });
}
