using System.CommandLine;
using NeuralEdge.Cli.Monitoring;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Verbs;

/// <summary>What a board sees and does, as it happens.</summary>
internal static class MonitorVerb
{
    internal static Command Create()
    {
        Option<string?> port = CommonOptions.Port();
        Option<string?> keyFile = CommonOptions.KeyFile();
        Option<int?> count = new("--count") { HelpName = "N", Description = "How many inferences to show; Ctrl+C ends it too." };
        Option<int> every = new("--every") { DefaultValueFactory = _ => 1, HelpName = "N", Description = "Show each N-th inference." };
        Option<bool> reconnect = new("--reconnect") { Description = "Wait for a board that is gone and go on when it is back; Ctrl+C ends it. Without it that is the end." };
        Option<string?> csv = new("--csv") { HelpName = "FILE", Description = "Add a row for each inference that is shown to this table: time_ms (since 1970), inputs, outputs, pins (1 is on)." };
        Option<bool> json = CommonOptions.Json();
        json.Description = "With --count print one JSON document, without it one on each line while it runs.";
        Command command = new("monitor", "Watch a board's inputs, outputs and pins.") { port, count, every, reconnect, csv, keyFile, json };
        command.SetAction((parse, cancellation) =>
        {
            int? wanted = parse.GetValue(count);
            int limit = CommonOptions.Positive(wanted ?? int.MaxValue, "--count");
            int step = CommonOptions.Positive(parse.GetValue(every), "--every", ushort.MaxValue);
            KeyFile? keys = CommonOptions.Keys(parse, keyFile);
            BoardPort board = new(parse.GetValue(port));
            using MonitorTable? table = parse.GetValue(csv) is string path ? new MonitorTable(path) : null;
            bool isScreen = !parse.GetValue(json) && MonitorScreen.IsPossible;
            MonitorScreen screen = new();
            using LiveSession session = new(() => board.Connect(keys, cancellation), step, isScreen ? screen.Tell : Tell, parse.GetValue(reconnect), cancellation);
            try
            {
                if (isScreen)
                {
                    screen.Show(session, limit, live => table?.Add(session.Model, live), cancellation);
                }
                else if (!parse.GetValue(json))
                {
                    AsLines(session, limit, table, cancellation);
                }
                else if (wanted is null)
                {
                    AsJsonLines(session, table, cancellation);
                }
                else
                {
                    AsJson(session, limit, table, cancellation);
                }
            }
            catch (OperationCanceledException)
            {
                // Ctrl+C is how a person stops looking.
            }
            finally
            {
                if (table?.Summary is string summary)
                {
                    Tell(summary);
                }
            }

            table?.Keep();
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    // Standard output has the values alone, in JSON as well.
    private static void Tell(string sentence) => Console.Error.WriteLine(Conversion.Text.Harmless.Line(sentence));

    private static LiveValues Next(LiveSession session, MonitorTable? table, CancellationToken cancellation)
    {
        LiveValues live = session.Next(cancellation);
        table?.Add(session.Model, live);
        return live;
    }

    private static void AsLines(LiveSession session, int limit, MonitorTable? table, CancellationToken cancellation)
    {
        for (int n = 0; n < limit; n++)
        {
            LiveValues live = Next(session, table, cancellation);
            IEnumerable<string> cells = LiveText.Rows(session.Model, live).Select(row => $"{row.Name}={row.Value}{(row.Remark.Length == 0 ? "" : $" ({row.Remark})")}");
            Console.Out.WriteLine($"{live.Inference} {string.Join("  ", cells)}{string.Concat(LiveText.Doubts(session.Report, live).Select(doubt => "  " + doubt))}");
            StandardStreams.ThrowIfLost();
        }

        session.Refresh(cancellation);
        Console.Out.WriteLine(LiveText.Timing(session.Report, session.Model));
    }

    private static void AsJsonLines(LiveSession session, MonitorTable? table, CancellationToken cancellation)
    {
        while (true)
        {
            Console.Out.WriteLine(Show.JsonLine(Document(session, Next(session, table, cancellation))));
            StandardStreams.ThrowIfLost();
        }
    }

    private static void AsJson(LiveSession session, int limit, MonitorTable? table, CancellationToken cancellation)
    {
        List<object> all = [];
        try
        {
            while (all.Count < limit)
            {
                all.Add(Document(session, Next(session, table, cancellation)));
            }
        }
        catch (OperationCanceledException)
        {
            // What was seen until Ctrl+C is the document.
        }

        Show.Json(all);
    }

    private static object Document(LiveSession session, LiveValues live) => new
    {
        inference = live.Inference,
        uptimeMs = live.UptimeMs,
        compiledBytes = session.Report.CompiledBytes,
        dropped = live.Dropped,
        saturated = live.Saturated,
        unfamiliar = live.Unfamiliar,
        inputs = session.Inputs(live),
        outputs = session.Model.ToValues(live.Outputs),
        @class = session.Model.IsClassifier ? session.Model.Outputs[session.Model.ClassOf(live.Outputs)].Name : null,
        rawInputs = live.Inputs,
        rawOutputs = live.Outputs,
        pins = live.Pins,
        resting = live.Resting,
        periodMs = session.Report.PeriodMs,
        micros = BoardText.Micros(session.Report),
        latePeriods = session.Report.LatePeriods,
        familiar = FamiliarText.Document(session.Report),
    };
}
