using System.Diagnostics;
using NeuralEdge.Board.Link;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Series;
using NeuralEdge.Simulator;
using NeuralEdge.Simulator.Gestures;
using NeuralEdge.Simulator.Sensors;

namespace NeuralEdge.Cli.Demo;

/// <summary>
/// Gestures from logs of people to a board that knows those of another one: a network that sees windows of samples. Every expectation
/// is checked, and a broken one ends the demo as a failure.
/// </summary>
internal sealed class GestureDemo(bool quiet)
{
    private const int People = 8;
    private const int Seconds = 6;
    private const double LeastRight = 0.7;
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(3 * Seconds);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const string Wiring = """
        {
          "inputs": [{"name": "x", "adc": 0}, {"name": "y", "adc": 3}, {"name": "z", "adc": 4}],
          "outputs": [
            {"name": "rest", "pin": 18, "argmax": true, "maxOnMs": 60000},
            {"name": "swing", "pin": 19, "argmax": true, "maxOnMs": 60000},
            {"name": "shake", "pin": 21, "argmax": true, "maxOnMs": 60000}
          ]
        }
        """;

    private readonly DemoConsole _console = new(quiet);

    internal DemoResult Run(CancellationToken cancellation)
    {
        TrainResult result = Learn(cancellation);
        ModelFile model = result.Model.File;

        _console.Heading("A simulated board starts; somebody else wears the sensor and does each gesture for some seconds");
        GestureRow[] played = [.. GestureLog.Generate(seed: 3, people: 1, Seconds)];
        RecordedSensors sensors = new(
            ["x", "y", "z"],
            [.. played.Select(row => new double[] { row.X, row.Y, row.Z })],
            [new SensorColumn("x", 0), new SensorColumn("y", 3), new SensorColumn("z", 4)],
            TimeSpan.FromMilliseconds(GestureLog.PeriodMs),
            loop: true);
        using SimulatedBoard board = new(new SimulatedBoardOptions { Sensors = sensors });
        board.Start();
        using BoardLink link = BoardLink.Connect(board.Address, cancellation: cancellation);
        UploadResult upload;
        using (UploadDisplay display = new(_console.IsQuiet))
        {
            upload = link.Upload(model.Bytes, confirm: true, display, cancellation: cancellation);
        }

        Expect(upload.State == ModelState.Confirmed, "the board did not confirm the model.");
        _console.Line($"Its test windows and all {model.Model.Golden.Count} golden vectors came out bit for bit; confirmed, upload {upload.Sequence}.");
        (int decisions, int switches) = Watch(link, model, cancellation);
        _console.End("All of it worked. Next: neuraledge train YOUR.csv --target LABEL --window 1s -o yours.nedge.");
        return new DemoResult(null, model.Bytes.Length, Show.Digest(model.Model.Digest), upload.State, decisions, switches);
    }

    private TrainResult Learn(CancellationToken cancellation)
    {
        _console.Heading("Learning from windows of an accelerometer");
        Table table = Table.Parse(GestureLog.Text(GestureLog.Generate(seed: 1, People, Seconds)), "the log");
        Table others = Table.Parse(GestureLog.Text(GestureLog.Generate(seed: 2, 4, Seconds)), "the others' log");
        _console.Line($"{People} people rest, swing and shake it, {1000 / GestureLog.PeriodMs} rows in a second; four others judge.");
        TrainOptions options = new(table, "gesture")
        {
            Test = others,
            Windows = new WindowOptions(1) { Features = ["std", "mad"] },
            Hyperparameters = new() { Hidden = [8], Starts = 1, MaximumEpochs = 200 },
            Board = BoardFile.Parse(Wiring, "the demo's board file"),
            Name = "gesture demo",
        };
        TrainResult result;
        using (ProgressDisplay display = new(_console.IsQuiet))
        {
            result = Pipeline.Train(options, display, cancellation);
        }

        _console.Line(result.Verdict.Sentence);
        Expect(result.IntegerScores!.Accuracy >= LeastRight, "the network knows too few gestures of people it has not seen.");
        _console.Line($"The model file has {result.Model.File.Bytes.Length} bytes; it takes {string.Join(", ", result.Model.File.Inputs.Select(input => input.Name))} of {NumberText.Count(result.Model.File.Model.Windows!.Shape.Samples, "sample")} at a time.");
        return result;
    }

    private (int Decisions, int Switches) Watch(BoardLink link, ModelFile model, CancellationToken cancellation)
    {
        _console.Heading("The board decides four times a second; a pin follows each gesture");
        int decisions = 0;
        int switches = 0;
        string? shown = null;
        HashSet<string> seen = [];
        long begin = Stopwatch.GetTimestamp();
        link.Subscribe(1, cancellation);
        while (seen.Count < model.Outputs.Length || Stopwatch.GetElapsedTime(begin) < Watched)
        {
            Expect(Stopwatch.GetElapsedTime(begin) < Patience, $"a gesture was not seen in time: {string.Join(", ", model.Outputs.Select(output => output.Name).Except(seen))}.");
            LiveValues? live = link.ReadLive(TimeSpan.FromSeconds(5), cancellation);
            Expect(live is not null, "the board sends no live values.");
            Expect(model.Run(live!.Inputs).SequenceEqual(live.Outputs), "board and desktop differ.");
            decisions++;
            int best = Array.FindIndex(live.Pins, pin => pin == true);
            string? now = best < 0 ? null : model.Outputs[best].Name;
            if (now is not null && now != shown)
            {
                switches++;
                seen.Add(now);
                shown = now;
                _console.Line($"decision {live.Inference,4}: {now,-5}  {string.Join("  ", model.Inputs.Select((input, i) => $"{input.Name} {Show.Measure(input.ToValue(live.Inputs[i]))}"))}");
            }
        }

        link.Subscribe(0, cancellation);
        _console.Line($"{decisions} of {decisions} decisions seen are the same on the board and on the desktop, bit for bit.");
        return (decisions, switches);
    }

    private static void Expect(bool condition, string sentence)
    {
        if (!condition)
        {
            throw new DemoFailedException(sentence);
        }
    }
}
