using System.CommandLine;
using System.Globalization;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Disk;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;
using NeuralEdge.Host.Recordings;
using NeuralEdge.Models;

namespace NeuralEdge.Cli.Verbs;

/// <summary>What a board's sensors read, as rows to train on.</summary>
internal static class RecordVerb
{
    private const int DefaultRows = 100;
    private const double DefaultSeconds = 30;
    private const double DefaultCountdown = 5;
    private const double DefaultWait = 600;

    internal static Command Create()
    {
        Option<string?> port = CommonOptions.Port();
        Option<string?> keyFile = CommonOptions.KeyFile();
        Option<string?> label = new("--label") { HelpName = "L", Description = "What is going on: the value of the column \"label\" in every row; without it and --labels the table has no such column." };
        Option<string?> labels = new("--labels") { HelpName = "A,B", Description = "Several labels one after the other, with a countdown before each." };
        Option<int?> count = new("--count") { HelpName = "N", Description = $"How many rows for each label; {DefaultRows} without --labels." };
        Option<double?> seconds = CommonOptions.Seconds("--seconds", $"How long for each label; {DefaultSeconds} with --labels.");
        Option<double?> countdown = CommonOptions.Seconds("--countdown", $"Time before each label; {DefaultCountdown} with --labels, else 0.");
        Option<string?> channels = new("--channels") { HelpName = "0,3", Description = "ADC channels to record as counts, sensor0 and so on for sensors; the inputs of the board's model when left out." };
        Option<string?> board = new("--board") { HelpName = "BOARD.json", Description = "Record the inputs of this board file, in its names." };
        Option<int?> period = new("--period") { HelpName = "MS", Description = "Milliseconds from row to row; those of the board file, or of the board." };
        Option<int> every = new("--every") { DefaultValueFactory = _ => 1, HelpName = "N", Description = "A row each N periods." };
        Option<double?> wait = CommonOptions.Seconds("--wait", $"How long a board that is lost meanwhile is waited for; {DefaultWait} when left out.");
        Option<string> output = new("--output", "-o") { Required = true, HelpName = "DATA.csv", Description = "The table; rows are added when it exists." };
        Option<bool> json = CommonOptions.Json();
        Command command = new("record", "Write what a board's sensors read to a table.")
        {
            port, label, labels, count, seconds, countdown, channels, board, period, every, wait, output, keyFile, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(label) is not null && result.GetResult(labels) is not null)
            {
                result.AddError("--label and --labels cannot go together");
            }

            if (result.GetResult(count) is not null && result.GetResult(seconds) is not null)
            {
                result.AddError("--count and --seconds cannot go together");
            }

            if (result.GetResult(channels) is not null && result.GetResult(board) is not null)
            {
                result.AddError("--channels and --board cannot go together");
            }
        });
        command.SetAction((parse, cancellation) =>
        {
            string? single = parse.GetValue(label);
            string?[] names = parse.GetValue(labels) is string several ? (string?[])LabelsOf(several) : [single is null ? null : LabelOf(single, "--label")];
            bool isGuided = parse.GetValue(labels) is not null;
            int step = CommonOptions.Positive(parse.GetValue(every), "--every", ushort.MaxValue);
            int? rows = parse.GetValue(count) is int wanted ? CommonOptions.Positive(wanted, "--count") : parse.GetValue(seconds) is null && !isGuided ? DefaultRows : null;
            TimeSpan time = CommonOptions.Time(parse.GetValue(seconds) ?? DefaultSeconds, "--seconds");
            TimeSpan before = Seconds(parse.GetValue(countdown) ?? (isGuided ? DefaultCountdown : 0), "--countdown");
            TimeSpan patience = Seconds(parse.GetValue(wait) ?? DefaultWait, "--wait");
            int? asked = parse.GetValue(period) is int ms ? CommonOptions.Positive(ms, "--period") : null;
            BoardFile? file = parse.GetValue(board) is string path ? BoardFile.Read(path) : null;
            RecordedColumn[]? columns = file is not null ? RecordedColumn.Of(file) : parse.GetValue(channels) is string list ? RecordedColumn.Of(ChannelsOf(list)) : null;
            string table = parse.GetRequiredValue(output);
            OutputFile.Require("-o", table, parse.GetValue(board));
            KeyFile? keys = CommonOptions.Keys(parse, keyFile);
            BoardPort place = new(parse.GetValue(port));
            BoardLink Connect() => place.Connect(keys, cancellation);

            using RecordingBoard found = new(Connect(), columns, file, cancellation);
            int periodMs = PeriodOf(asked ?? (file is { PeriodMs: > 0 } ? file.PeriodMs : found.PeriodMs), step);
            using RecordingFile to = new(table, [RecordedColumn.Time, .. found.Columns.Select(c => c.Name), .. names[0] is null ? Array.Empty<string>() : [RecordedColumn.Label]]);
            using CountSource source = new(
                found.Release(), Connect, found.Columns, periodMs, FirstMs(to, periodMs), patience, cancellation);
            LabelTally[] tallies = [.. names.Select(name => new LabelTally(name, rows ?? RowsOf(time, periodMs), found.Columns))];
            if (names[0] is null && !parse.GetValue(json))
            {
                Console.Out.WriteLine("No --label is given, so the table gets no column of labels.");
            }

            RecordingDisplay display = new(tallies, parse.GetValue(json));
            Recording recording = new(source, to, display, tallies, before);
            try
            {
                display.While(recording.Run);
            }
            catch (BoardLinkException e) when (to.Rows > 0)
            {
                // Nobody stands in the rain again for what was recorded already.
                to.Keep();
                throw new BoardLinkException($"{e.Message.TrimEnd('.')}; {table} has the {NumberText.Count(to.Rows, "row")} recorded before that.", e);
            }

            Tell(parse.GetValue(json), table, to, source, recording, tallies, periodMs);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void Tell(bool isJson, string table, RecordingFile file, CountSource source, Recording recording, LabelTally[] labels, int periodMs)
    {
        if (isJson)
        {
            Show.Json(new
            {
                file = table,
                rows = file.Rows,
                label = labels.Length == 1 ? labels[0].Label : null,
                appended = file.IsAppended,
                periodMs,
                stopped = recording.IsStopped,
                missing = source.Missing,
                gapsMs = source.Gaps,
                labels = labels.Select(l => new
                {
                    label = l.Label,
                    rows = l.Rows,
                    channels = l.Channels.Where(_ => l.Rows > 0).Select(c => new
                    {
                        name = c.Column.Name,
                        adc = c.Column.Source.Sensor is null ? c.Column.Source.Channel : (int?)null,
                        sensor = c.Column.Source.Sensor,
                        least = c.Column.ToValue(c.Least),
                        most = c.Column.ToValue(c.Most),
                        stuck = c.IsStuck,
                        atEnd = c.AtEnd,
                    }),
                }),
            });
            return;
        }

        foreach (LabelTally label in labels)
        {
            foreach (ChannelTally channel in label.Channels.Where(c => c.Warning.Length > 0))
            {
                Console.Out.WriteLine($"warning: {(label.Label is null ? "" : $"under {label.Label}, ")}{channel.Column.Name} was {channel.Warning}: check its sensor and wire before you train on it.{(channel.IsStuck ? " A board notices a stuck sensor by \"frozenMs\" of its input in the board file." : "")}");
            }
        }

        if (source.Missing > 0)
        {
            Console.Out.WriteLine($"Left out: {source.Missing} of {file.Rows + source.Missing} rows, for which board or line had no time; a longer --period or fewer channels help.");
        }

        if (source.Gaps.Count > 0)
        {
            Console.Out.WriteLine($"The board was lost {NumberText.Count(source.Gaps.Count, "time")}, for {NumberText.Time(TimeSpan.FromMilliseconds(source.Gaps.Sum()))} in all; the column {RecordedColumn.Time} jumps there.");
        }

        string what = string.Join(", ", labels.Where(l => l.Rows > 0 || labels.Length == 1).Select(l => $"{NumberText.Count(l.Rows, "row")} {(l.Label is null ? "without a label" : "labelled " + l.Label)}"));
        string stopped = recording.IsStopped ? $"Stopped with {file.Rows} of {labels.Sum(l => (long)l.Wanted)} rows. " : "";
        Console.Out.WriteLine($"{stopped}{(file.IsAppended ? "Added" : "Wrote")} {what} {(file.IsAppended ? "to" : "as")} {table}.");
    }

    /// <summary>A recording goes on behind the rows that are there, as much later as it is.</summary>
    private static long FirstMs(RecordingFile file, int periodMs) => file.LastMs is long last
        ? last + Math.Max(2L * periodMs, (long)(DateTime.UtcNow - file.Written).TotalMilliseconds)
        : 0;

    private static int PeriodOf(int periodMs, int step) => (long)periodMs * step <= int.MaxValue
        ? periodMs * step
        : throw new InputRefusedException($"--every {step} of {periodMs} ms is longer than {int.MaxValue} ms; give less.");

    private static int RowsOf(TimeSpan time, int periodMs) => (int)Math.Clamp(Math.Round(time.TotalMilliseconds / periodMs), 1, int.MaxValue);

    // Unlike other times these may be 0.
    private static TimeSpan Seconds(double seconds, string option) =>
        CommonOptions.Time(seconds, option, allowsZero: true);

    private static string[] LabelsOf(string text)
    {
        string[] names = [.. text.Split(',').Select(name => LabelOf(name, "--labels"))];
        return names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Length
            ? names
            : throw new InputRefusedException($"--labels {text} names a label twice; give each once.");
    }

    private static string LabelOf(string text, string option)
    {
        string label = text.Trim();
        if (Harmless.Line(label) != label)
        {
            throw new InputRefusedException($"{option} {NumberText.Quote(label)} has a line break or another sign that cannot be seen; give a word without.");
        }

        return !NumberText.IsMissing(label)
            ? label
            : throw new InputRefusedException($"{option} {NumberText.Quote(label)} stands for no value in a table; give another word.");
    }

    private static CountChannel[] ChannelsOf(string text)
    {
        const string Sensor = "sensor";
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        CountChannel[] channels = new CountChannel[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            bool isSensor = parts[i].StartsWith(Sensor, StringComparison.OrdinalIgnoreCase);
            if (int.TryParse(parts[i].AsSpan(isSensor ? Sensor.Length : 0), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && (!isSensor || number < InputBinding.MaxSensors))
            {
                channels[i] = isSensor ? CountChannel.OfSensor(number) : RecordedColumn.Analog(number);
            }
            else
            {
                throw new InputRefusedException($"--channels {text}: {NumberText.Quote(parts[i])} is not the number of an ADC channel, nor sensor0 to sensor{InputBinding.MaxSensors - 1}; write for example --channels 0,3,4.");
            }

            if (Array.IndexOf(channels, channels[i], 0, i) >= 0)
            {
                throw new InputRefusedException($"--channels {text} names {(isSensor ? Sensor : "channel")} {number} twice; give each once.");
            }
        }

        return channels;
    }
}
