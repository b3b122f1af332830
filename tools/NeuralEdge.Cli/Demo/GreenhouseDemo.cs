using System.Diagnostics;
using System.Globalization;
using System.Text;
using NeuralEdge.Board.Link;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Host;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
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

    private const string Wiring = """
        {
          "periodMs": 50,
          "inputs": [{"name": "soil", "adc": 0}, {"name": "light", "adc": 3, "plausible": [0, 4094]}, {"name": "temperature", "adc": 4}],
          "outputs": [
            {"name": "water", "pin": 18, "on": 0.6, "off": 0.4, "minOnMs": 100, "minOffMs": 100, "maxOnMs": 60000},
            {"name": "shade", "pin": 19, "on": 0.6, "off": 0.4, "minOnMs": 100, "minOffMs": 100, "maxOnMs": 43200000}
          ]
        }
        """;

    private readonly DemoConsole _console = new(quiet);

    internal DemoResult Run(CancellationToken cancellation)
    {
        ConvertedModel conversion = TrainAndQuantise(cancellation);

        _console.Heading("A simulated board starts; it runs the firmware's own sources");
        GreenhouseBed bed = new(seed: 3);
        DryOut(bed);

        // The days wait until somebody watches: on a busy computer the first watering would be over before that.
        GreenhouseSensors sensors = new(bed, SecondsPerDay) { IsPaused = true };
        using SimulatedBoard board = new(new SimulatedBoardOptions { Sensors = sensors, AdcNoise = 4 });
        board.Start();
        _console.Line($"It listens on {board.Address}, its serial line runs at 115200 baud, and it has only the factory model.");

        using BoardLink link = BoardLink.Connect(board.Address, cancellation: cancellation);
        double answer = AskWorkedExample(link, cancellation);
        UploadResult upload = Upload(link, conversion, cancellation);
        (int inferences, int switches) = Watch(link, conversion, sensors, cancellation);

        _console.Heading("Taking it back");
        _console.Line($"Reverted; now runs: {BoardText.Model(link.Revert(link.Info(cancellation), cancellation))}.");
        _console.End("All of it worked. Next: the README's five minutes with a simulated board of your own, or what it says about an ESP32.");
        return new DemoResult(answer, conversion.File.Bytes.Length, Show.Digest(conversion.File.Model.Digest), upload.State, inferences, switches);
    }

    private ConvertedModel TrainAndQuantise(CancellationToken cancellation)
    {
        _console.Heading("Learning from the log of a greenhouse bed");
        TrainOptions options = new(Table.Parse(LogText(), "the log"), "water", "shade")
        {
            Hyperparameters = new() { Hidden = [12, 8], MaximumEpochs = 300 },
            Board = BoardFile.Parse(Wiring, "the demo's board file"),
            Name = "greenhouse demo",
        };
        _console.Line($"{LogRows} rows: counts of a soil probe, a photoresistor and a thermistor, and what the grower did.");
        TrainResult result;
        using (ProgressDisplay display = new(_console.IsQuiet))
        {
            result = Pipeline.Train(options, display, cancellation);
        }

        _console.Heading("Turning real numbers into integers");
        for (int t = 0; t < options.Targets.Count; t++)
        {
            _console.Line($"{options.Targets[t]}: RMSE on {result.HeldOut.Count} unseen rows {Show.Measure(result.RealScores!.RootMeanSquare[t])} in real numbers, {Show.Measure(result.IntegerScores!.RootMeanSquare[t])} in integers.");
        }

        ModelFile file = result.Model.File;
        _console.Line($"The model file has {file.Bytes.Length} bytes with {NumberText.Count(file.Model.Golden.Count, "golden vector")}.");
        return result.Model;
    }

    private double AskWorkedExample(BoardLink link, CancellationToken cancellation)
    {
        _console.Heading("The worked example, answered by the board");
        ModelFile factory = BoardSession.ReadModel(link, cancellation);
        double answer = factory.ToValues(link.Ask(factory.ToRaw([2, 3]), cancellation).Outputs)[0];
        double error = answer - WorkedExample;
        _console.Line($"a = 2, b = 3: 2 tanh(a + b) - tanh(b - a) = {Show.Value(answer)}; exact {Show.Value(WorkedExample)}, error {Show.Measure(error)}.");
        Expect(Math.Abs(error) <= 2e-5, "the board's answer to the worked example is wrong.");
        return answer;
    }

    private UploadResult Upload(BoardLink link, ConvertedModel conversion, CancellationToken cancellation)
    {
        _console.Heading("Uploading the new model; the board tests it itself");
        UploadResult result;
        using (UploadDisplay display = new(_console.IsQuiet))
        {
            result = link.Upload(conversion.File.Bytes, confirm: true, display, cancellation: cancellation);
        }

        Expect(result.State == ModelState.Confirmed, "the board did not confirm the model.");
        _console.Line($"All {conversion.File.Model.Golden.Count} golden vectors came out bit for bit; confirmed, upload {result.Sequence}.");
        return result;
    }

    private (int Inferences, int Switches) Watch(BoardLink link, ConvertedModel conversion, GreenhouseSensors sensors, CancellationToken cancellation)
    {
        _console.Heading("Days go by in seconds; pins follow what was learned: on at 0.6, off at 0.4");
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
                    BoardOutput rule = conversion.Request.Board.Outputs[pin.Output];
                    double value = model.ToValues(live.Outputs)[pin.Output];

                    // Behind a gap in what was seen, the pin may have switched some inferences ago.
                    Expect(live.Inference != last + 1 || (pin.IsOn ? value >= rule.On : value <= rule.Off), $"{pin.Name} switched although the network said {Show.Measure(value)}.");
                    _console.Line($"{pin.Name} {(pin.IsOn ? "on " : "off")} at {value.ToString("F2", CultureInfo.InvariantCulture),5}  soil {Count(model, live, 0)}  light {Count(model, live, 1)}  temperature {Count(model, live, 2)}");
                }
            }
        }

        link.Subscribe(0, cancellation);
        _console.Line($"{rows} of {rows} inferences seen are the same on the board and on the desktop, bit for bit.");
        return (rows, switches);
    }

    private static string Count(ModelFile model, LiveValues live, int input) =>
        model.Inputs[input].ToValue(live.Inputs[input]).ToString("F0", CultureInfo.InvariantCulture).PadLeft(4);

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
}
