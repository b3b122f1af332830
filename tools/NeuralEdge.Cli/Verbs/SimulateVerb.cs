using System.CommandLine;
using System.Globalization;
using NeuralEdge.Board.Chips;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Disk;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Series;
using NeuralEdge.Models;
using NeuralEdge.Simulator;
using NeuralEdge.Simulator.Greenhouse;
using NeuralEdge.Simulator.Sensors;

namespace NeuralEdge.Cli.Verbs;

/// <summary>A board that is only simulated, but runs the firmware's own sources.</summary>
internal static class SimulateVerb
{
    private const double DefaultNoise = 4;

    private const int DefaultDay = 60;

    private const int QuickestMs = 60;

    private const int SlowestMs = 150;

    private const int SmallestHeap = 1024;

    // As long as a table of rows without times has always been played.
    private static readonly TimeSpan RowWithoutTime = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan ShortestRow = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan LongestRow = TimeSpan.FromHours(24);

    private static readonly string Noise = FormattableString.Invariant($"noise of {DefaultNoise} counts (standard deviation) is added to what the sensors give, as a real ADC adds it");

    internal static Command Create()
    {
        Option<string> chip = new("--chip") { DefaultValueFactory = _ => ChipTable.Classic, HelpName = "CHIP", Description = $"Which chip it is: {string.Join(", ", SimulatedBoard.Chips)}." };
        chip.CompletionSources.Add([.. SimulatedBoard.Chips]);
        Option<int?> heap = new("--heap") { HelpName = "BYTES", Description = "The board's managed heap; what is usual on the chip when left out." };
        Option<bool> slowFlash = new("--slow-flash") { Description = $"Let each change to flash take {QuickestMs} to {SlowestMs} ms, as where the flash is worn or nearly full." };
        Option<string?> port = new("--port") { HelpName = "socket://127.0.0.1:0", Description = "Where the board's serial line can be reached; port 0 takes any. The default when there is no --pty." };
        Option<string?> pty = new("--pty") { HelpName = "LINK", Description = "A pseudo-terminal at this path instead, or beside --port, so that it looks like a serial port (Linux and macOS)." };
        Option<string?> state = new("--state") { HelpName = "DIR", Description = "The board's flash; forgotten at the end when left out." };
        Option<string?> sensors = new("--sensors") { HelpName = "DATA.csv", Description = "What the ADC reads, row by row, again and again; a greenhouse bed when left out." };
        Option<double?> rate = CommonOptions.Rate("Rows of --sensors in a second; when left out a column of times says it, or else each row holds for 100 ms.");
        Option<string?> model = new("--model") { HelpName = "M.nedge", Description = "The model whose units and channels the columns of --sensors have (it is not uploaded); counts in channel order when left out." };
        Option<double?> day = CommonOptions.Seconds("--day", $"How long a day of the greenhouse takes; {DefaultDay} when left out.");
        Option<string?> pinLog = new("--pin-log") { HelpName = "FILE.csv", Description = "A line for each change at a pin." };
        Option<double?> duration = CommonOptions.Seconds("--duration", "When to end; Ctrl+C ends it too.");
        Option<bool> turbo = new("--turbo") { Description = "Let the board compile models of the profile fast, as the firmware's setting Turbo does." };
        Option<int> seed = new("--seed") { DefaultValueFactory = _ => 1, HelpName = "N", Description = "Decides the weather and the noise." };
        Option<bool> json = CommonOptions.Json();
        Command command = new("simulate", "Run a simulated board.") { chip, heap, port, pty, state, sensors, rate, model, day, pinLog, duration, slowFlash, turbo, seed, json };
        command.SetAction(async (parse, cancellation) =>
        {
            string? link = parse.GetValue(pty);
            double seconds = CommonOptions.Time(parse.GetValue(day) ?? DefaultDay, "--day").TotalSeconds;
            TimeSpan until = parse.GetValue(duration) is double s ? CommonOptions.Time(s, "--duration") : Timeout.InfiniteTimeSpan;

            string name = parse.GetRequiredValue(chip);
            if (!SimulatedBoard.Chips.Contains(name))
            {
                throw new InputRefusedException($"--chip {NumberText.Quote(name)} cannot be simulated; known are {string.Join(", ", SimulatedBoard.Chips)}.");
            }

            int? heapBytes = parse.GetValue(heap);
            if (heapBytes < SmallestHeap)
            {
                throw new InputRefusedException($"--heap must be at least {SmallestHeap} bytes, not {heapBytes}.");
            }

            bool isSlow = parse.GetValue(slowFlash);
            if (parse.GetValue(pinLog) is string log)
            {
                OutputFile.Require(pinLog.Name, log, parse.GetValue(sensors), parse.GetValue(model));
                if (parse.GetValue(state) is string flash && FilePath.IsInside(log, flash))
                {
                    throw new InputRefusedException($"{pinLog.Name} {log} is in {flash}, which is the board's flash; give it a path elsewhere.");
                }
            }

            Table? table = parse.GetValue(sensors) is string path ? Table.Read(path) : null;
            if (table is null && parse.GetValue(rate) is not null)
            {
                throw new InputRefusedException("--rate says how fast the rows of --sensors are played, and --sensors is missing; give a table, or leave --rate out.");
            }

            SeriesTime? time = table is null ? null : SeriesTime.Of(table, parse.GetValue(rate));
            if (time?.Step < ShortestRow || time?.Step > LongestRow)
            {
                throw new InputRefusedException($"{table!.Name} has a row every {NumberText.Brief(time.Step.TotalMilliseconds)} ms by its column {NumberText.Quote(time.Column!)}; a row holds for {ShortestRow.TotalMilliseconds} ms to {LongestRow.TotalHours} hours: give --rate, in rows a second.");
            }

            string[] sensed = table is null ? [] : NumbersOf(table, time);
            IReadOnlyList<SensorColumn> columns = table is null ? [] : ColumnsOf(table, sensed, parse.GetValue(model), ChipTable.Find(name));
            SimulatedBoardOptions defaults = new();
            SimulatedBoardOptions options = defaults with
            {
                Chip = name,
                HeapBytes = heapBytes,
                FlashCommitMilliseconds = isSlow ? QuickestMs : defaults.FlashCommitMilliseconds,
                SlowestFlashCommitMilliseconds = isSlow ? SlowestMs : defaults.SlowestFlashCommitMilliseconds,
                Port = parse.GetValue(port) ?? (link is null ? "socket://127.0.0.1:0" : null),
                PtyLink = link,
                StateFolder = parse.GetValue(state),
                PinLog = parse.GetValue(pinLog),
                Seed = parse.GetValue(seed),
                Turbo = parse.GetValue(turbo),
                AdcNoise = DefaultNoise,
                Sensors = table is null ? new GreenhouseSensors(new GreenhouseBed(parse.GetValue(seed)), seconds, GreenhouseWiring.For(ChipTable.Find(name))) : Recorded(table, sensed, columns, time?.Step ?? RowWithoutTime),
            };
            using SimulatedBoard board = new(options);
            board.Start();
            Console.Out.WriteLine(parse.GetValue(json)
                ? Show.JsonLine(new { chip = name, listening = board.Address, addresses = board.Addresses, state = board.StateFolder, sensors = columns, adcNoise = DefaultNoise, rowMs = table is null ? (double?)null : (time?.Step ?? RowWithoutTime).TotalMilliseconds, timeColumn = parse.GetValue(rate) is null ? time?.Column : null })
                : string.Join(Environment.NewLine, [Noise, .. table is null ? (string[])[] : [Pace(time, parse.GetValue(rate))], .. board.Addresses.Select(address => $"listening on {address}"), .. columns.Select(column => Sentence(column, ChipTable.Find(name)))]));
            await Console.Out.FlushAsync(CancellationToken.None);
            try
            {
                await Task.Delay(until, cancellation);
            }
            catch (OperationCanceledException)
            {
                // Ctrl+C is how a board without an end is switched off.
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static string Pace(SeriesTime? time, double? rate) => time switch
    {
        null => string.Create(CultureInfo.InvariantCulture, $"each row holds for {RowWithoutTime.TotalMilliseconds} ms: no column of times says how far apart they are; --rate does"),
        { Column: string column } when rate is null => string.Create(CultureInfo.InvariantCulture, $"each row holds for {NumberText.Brief(time.Step.TotalMilliseconds)} ms, the usual step of the column {NumberText.Quote(column)}; pauses are left out"),
        _ => string.Create(CultureInfo.InvariantCulture, $"each row holds for {NumberText.Brief(time.Step.TotalMilliseconds)} ms, as --rate {rate} says"),
    };

    private static RecordedSensors Recorded(Table table, string[] names, IReadOnlyList<SensorColumn> columns, TimeSpan rowTime)
    {
        try
        {
            return new RecordedSensors(names, table.Matrix(names), columns, rowTime, loop: true);
        }
        catch (ArgumentException e)
        {
            throw new InputRefusedException($"{table.Name}: {e.Message}", e);
        }
    }

    // An input's scale is the value of one raw step, and a count has 2^f of them; in the profile fast a step may be several counts.
    private static IReadOnlyList<SensorColumn> ColumnsOf(Table table, string[] sensed, string? modelPath, Chip? chip)
    {
        if (modelPath is null)
        {
            return RecordedSensors.MapByName(sensed, chip);
        }

        ModelFile model = ModelFile.Load(modelPath);
        List<SensorColumn> columns = [];
        for (int i = 0; i < model.Channels.Length; i++)
        {
            InputBinding binding = model.Model.Bindings.Inputs[i];
            ModelInput input = model.Channels[i];
            if (binding.Source != InputBinding.SourceNone)
            {
                columns.Add(new SensorColumn(input.Name, binding.Channel, Math.ScaleB(input.Scale, binding.FractionBits), input.Offset, binding.Source == InputBinding.SourceSensor));
            }
        }

        return columns.Count > 0
            ? columns
            : throw new InputRefusedException($"{modelPath}: no input of this model reads a sensor, so no column of {table.Name} would be used; make it with --board BOARD.json, which says where its inputs are wired.");
    }

    private static string[] NumbersOf(Table table, SeriesTime? time) => [.. table.Columns.Where(c => table.KindOf(c) == ColumnKind.Numbers && c != (time?.Column ?? RecordedSensors.TimeColumn))];

    private static string Sentence(SensorColumn column, Chip? chip) => FormattableString.Invariant(
        $"{column.Name} is {(column.IsSensor ? $"sensor {column.Channel}" : $"on ADC1 channel {column.Channel}{ModelText.Gpio(chip, column.Channel)}")}, {(column.Scale == 1 && column.Offset == 0 ? "in counts" : $"{column.Scale:G4} for a count")}");
}
