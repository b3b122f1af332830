using System.Diagnostics;
using System.Globalization;
using System.Text;
using NeuralEdge.Board.Link;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Cli.Verbs;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Host;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Training;
using NeuralEdge.Simulator;
using NeuralEdge.Simulator.Greenhouse;

namespace NeuralEdge.Cli.Demo;

/// <summary>
/// A greenhouse bed from its log to moving pins: train, quantise, upload to a simulated board that runs the firmware's
/// own sources, test, confirm, act. Every expectation is checked, and a broken one ends the demo as a failure.
/// </summary>
internal sealed class GreenhouseDemo(bool quiet)
{
    private const double SecondsPerDay = 8;
    private const int LogRows = 2000;
    private const double WorkedExample = 1.2382242526;
    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(1.5 * SecondsPerDay);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly BoardSpec Wiring = new(
        50,
        [new BoardInput("soil", 0), new BoardInput("light", 3), new BoardInput("temperature", 4)],
        [
            new BoardOutput("water", 18, ArgMax: false, On: 0.6, Off: 0.4, MinOnMs: 100, MinOffMs: 100),
            new BoardOutput("shade", 19, ArgMax: false, On: 0.6, Off: 0.4, MinOnMs: 100, MinOffMs: 100),
        ]);

    private readonly Story _story = new(quiet);

    internal DemoResult Run(CancellationToken cancellation)
    {
        ConvertedModel conversion = TrainAndQuantise(cancellation);

        _story.Heading("A simulated board starts; it runs the firmware's own sources");
        GreenhouseBed bed = new(seed: 3);
        DryOut(bed);

        // The days wait until somebody watches: on a busy computer the first watering would be over before that.
        GreenhouseSensors sensors = new(bed, SecondsPerDay) { IsPaused = true };
        using SimulatedBoard board = new(new SimulatedBoardOptions { Sensors = sensors, AdcNoise = 4 });
        board.Start();
        _story.Line($"It listens on {board.Address}, its serial line runs at 115200 baud, and it has only the factory model.");

        using BoardLink link = BoardLink.Connect(board.Address, cancellation: cancellation);
        double answer = AskWorkedExample(link, cancellation);
        UploadResult upload = Upload(link, conversion, cancellation);
        (int inferences, int switches) = Watch(link, conversion, sensors, cancellation);

        _story.Heading("Taking it back");
        _story.Line($"Reverted; now runs: {BoardText.Model(link.Revert(cancellation))}.");
        _story.End("All of it worked. Next: the README's five minutes with a simulated board of your own, or thirty with an ESP32.");
        return new DemoResult(answer, conversion.File.Bytes.Length, Show.Digest(conversion.File.Model.Digest), upload.State, inferences, switches);
    }

    private ConvertedModel TrainAndQuantise(CancellationToken cancellation)
    {
        _story.Heading("Learning from the log of a greenhouse bed");
        DataSet data = DataSet.From(Table.Parse(LogText(), "the log"), ["water", "shade"]);
        (DataSet training, DataSet heldOut) = data.HoldOutEveryFifth();
        _story.Line($"{LogRows} rows: counts of a soil probe, a photoresistor and a thermistor, and what the grower did.");
        TrainedModel trained;
        using (TrainingDisplay display = new(_story.IsQuiet))
        {
            trained = new Trainer(new TrainingOptions { Hidden = [12, 8], MaximumEpochs = 300 }).Train(training, display.Report, cancellation);
        }

        _story.Heading("Turning real numbers into integers");
        FloatModel model = trained.ToFloatModel().WithRanges(TrainedRanges.Widen(training), replace: true);
        ConvertedModel conversion = Converter.Convert(model, ModelTask.Regression, Wiring, Profile.Exact, "name: greenhouse demo");
        TrainingReport report = TrainingReport.Of(conversion, training, heldOut, []);
        for (int t = 0; t < data.TargetNames.Length; t++)
        {
            _story.Line($"{data.TargetNames[t]}: RMSE on {heldOut.Count} unseen rows {Show.Measure(report.Float.RootMeanSquare[t])} in real numbers, {Show.Measure(report.Fixed.RootMeanSquare[t])} in integers.");
        }

        _story.Line($"The model file has {conversion.File.Bytes.Length} bytes with {Show.Count(conversion.File.Model.Golden.Count, "golden vector")}.");
        return conversion;
    }

    private double AskWorkedExample(BoardLink link, CancellationToken cancellation)
    {
        _story.Heading("The worked example, answered by the board");
        ModelFile factory = CommonOptions.ReadModel(link, cancellation);
        double answer = factory.ToValues(link.Ask(factory.ToRaw([2, 3]), cancellation))[0];
        double error = answer - WorkedExample;
        _story.Line($"a = 2, b = 3: 2 tanh(a + b) - tanh(b - a) = {Show.Value(answer)}; exact {Show.Value(WorkedExample)}, error {Show.Measure(error)}.");
        Expect(Math.Abs(error) <= 2e-5, "the board's answer to the worked example is wrong.");
        return answer;
    }

    private UploadResult Upload(BoardLink link, ConvertedModel conversion, CancellationToken cancellation)
    {
        _story.Heading("Uploading the new model; the board tests it itself");
        UploadResult result;
        using (UploadDisplay display = new(_story.IsQuiet))
        {
            result = link.Upload(conversion.File.Bytes, confirm: true, display, cancellation);
        }

        Expect(result.State == ModelState.Confirmed, "the board did not confirm the model.");
        _story.Line($"All {conversion.File.Model.Golden.Count} golden vectors came out bit for bit; confirmed, upload {result.Sequence}.");
        return result;
    }

    private (int Inferences, int Switches) Watch(BoardLink link, ConvertedModel conversion, GreenhouseSensors sensors, CancellationToken cancellation)
    {
        _story.Heading("Days go by in seconds; pins follow what was learned: on at 0.6, off at 0.4");
        ModelFile model = conversion.File;
        PinWatch[] pins = [new("water, GPIO18", 0), new("shade, GPIO19", 1)];
        int rows = 0;
        int switches = 0;
        uint seen = 0;
        long begin = Stopwatch.GetTimestamp();
        link.Subscribe(1, cancellation);
        while (Stopwatch.GetElapsedTime(begin) < AtLeast || !Array.TrueForAll(pins, pin => pin.HasSwitchedBothWays))
        {
            Expect(Stopwatch.GetElapsedTime(begin) < Patience, "a pin did not switch on and off again in time.");
            LiveValues? live = link.ReadLive(TimeSpan.FromSeconds(5), cancellation);
            Expect(live is not null, "the board sends no live values.");
            Expect(model.Run(live!.Inputs).SequenceEqual(live.Outputs), "board and desktop differ.");
            rows++;
            sensors.IsPaused = false;
            uint last = seen;
            seen = live.Inference;
            foreach (PinWatch pin in pins)
            {
                if (pin.Sees(live.Pins[pin.Output] == true))
                {
                    switches++;
                    BoardOutput rule = Wiring.Outputs[pin.Output];
                    double value = model.ToValues(live.Outputs)[pin.Output];

                    // Behind a gap in what was seen, the pin may have switched some inferences ago.
                    Expect(live.Inference != last + 1 || (pin.IsOn ? value >= rule.On : value <= rule.Off), $"{pin.Name} switched although the network said {Show.Measure(value)}.");
                    _story.Line($"{pin.Name} {(pin.IsOn ? "on " : "off")} at {value.ToString("F2", CultureInfo.InvariantCulture),5}  soil {Count(model, live, 0)}  light {Count(model, live, 1)}  temperature {Count(model, live, 2)}");
                }
            }
        }

        link.Subscribe(0, cancellation);
        _story.Line($"{rows} of {rows} inferences seen are the same on the board and on the desktop, bit for bit.");
        return (rows, switches);
    }

    private static string Count(ModelFile model, LiveValues live, int input) =>
        model.Labels.Inputs[input].ToValue(live.Inputs[input]).ToString("F0", CultureInfo.InvariantCulture).PadLeft(4);

    // A bed nobody has watered for some days, early in the morning, so that the first day already has something to decide.
    private static void DryOut(GreenhouseBed bed)
    {
        const double Hour = 3600;
        for (int hours = 0; hours < 24 * 30 && !Agronomist.Water(bed); hours++)
        {
            bed.Advance(Hour);
        }

        bed.Advance(24 * Hour * (1.2 - (bed.Days % 1)));
    }

    private static string LogText()
    {
        StringBuilder text = new("soil,light,temperature,water,shade\n");
        foreach (GreenhouseRow row in GreenhouseLog.Generate(seed: 1, LogRows))
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.Soil},{row.Light},{row.Temperature},{row.Water},{row.Shade}\n");
        }

        return text.ToString();
    }

    private static void Expect(bool condition, string sentence)
    {
        if (!condition)
        {
            throw new DemoFailedException(sentence);
        }
    }

    /// <summary>What one output's pin has done so far.</summary>
    private sealed class PinWatch(string name, int output)
    {
        private bool _seen;
        private bool _wentOn;
        private bool _wentOff;

        internal string Name { get; } = name;

        internal int Output { get; } = output;

        internal bool IsOn { get; private set; }

        internal bool HasSwitchedBothWays => _wentOn && _wentOff;

        /// <summary>Takes the pin's state; true when it has switched.</summary>
        internal bool Sees(bool on)
        {
            bool switched = _seen ? on != IsOn : on;
            _wentOff |= switched && !on;
            _wentOn |= switched && on;
            _seen = true;
            IsOn = on;
            return switched;
        }
    }
}
