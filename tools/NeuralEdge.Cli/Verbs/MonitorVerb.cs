using System.CommandLine;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;
using Spectre.Console;

namespace NeuralEdge.Cli.Verbs;

/// <summary>What a board sees and does, as it happens.</summary>
internal static class MonitorVerb
{
    private const string Saturated = "saturated: the outputs may be wrong by more than the certificate says";

    private const string Unfamiliar = "inputs unlike those it was trained on";

    internal static Command Create()
    {
        Option<string?> port = CommonOptions.Port();
        Option<string?> keyFile = CommonOptions.KeyFile();
        Option<int?> count = new("--count") { HelpName = "N", Description = "How many inferences to show; Ctrl+C ends it too." };
        Option<int> every = new("--every") { DefaultValueFactory = _ => 1, HelpName = "N", Description = "Show each N-th inference." };
        Option<bool> reconnect = new("--reconnect") { Description = "Wait for a board that is gone and go on when it is back; Ctrl+C ends it. Without it that is the end." };
        Option<bool> json = CommonOptions.Json();
        Command command = new("monitor", "Watch a board's inputs, outputs and pins.") { port, count, every, reconnect, keyFile, json };
        command.SetAction((parse, cancellation) =>
        {
            int limit = CommonOptions.Positive(parse.GetValue(count) ?? int.MaxValue, "--count");
            int step = CommonOptions.Positive(parse.GetValue(every), "--every", ushort.MaxValue);
            KeyFile? keys = CommonOptions.Keys(parse, keyFile);
            BoardPort board = new(parse.GetValue(port));
            using LiveSession session = new(() => board.Connect(keys, cancellation), step, Tell, parse.GetValue(reconnect), cancellation);
            try
            {
                if (parse.GetValue(json))
                {
                    AsJson(session, limit, cancellation);
                }
                else if (Console.IsOutputRedirected)
                {
                    AsLines(session, limit, cancellation);
                }
                else
                {
                    AsView(session, limit, cancellation);
                }
            }
            catch (OperationCanceledException)
            {
                // Ctrl+C is how a person stops looking.
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    // Standard output has the values alone, in JSON as well.
    private static void Tell(string sentence) => Console.Error.WriteLine(Conversion.Text.Harmless.Line(sentence));

    private static void AsLines(LiveSession session, int limit, CancellationToken cancellation)
    {
        for (int n = 0; n < limit; n++)
        {
            LiveValues live = session.Next(cancellation);
            IEnumerable<string> cells = Rows(session.Model, live).Select(row => $"{row.Name}={row.Value}{(row.Remark.Length == 0 ? "" : $" ({row.Remark})")}");
            Console.Out.WriteLine($"{live.Inference} {string.Join("  ", cells)}{string.Concat(Doubts(session, live).Select(doubt => "  " + doubt))}");
            StandardStreams.ThrowIfLost();
        }

        session.Refresh(cancellation);
        Console.Out.WriteLine(Timing(session));
    }

    private static void AsView(LiveSession session, int limit, CancellationToken cancellation)
    {
        StandardStreams.Styled.Live(new Table()).Start(context =>
        {
            for (int n = 0; n < limit; n++)
            {
                LiveValues live = session.Next(cancellation);
                Table table = new Table().Title(Markup.Escape($"{session.Report.Called}: inference {live.Inference}{string.Concat(Doubts(session, live).Select(doubt => ", " + doubt))}")).AddColumns("", "value", "");
                foreach ((string name, string value, string remark) in Rows(session.Model, live))
                {
                    table.AddRow(Markup.Escape(name), Markup.Escape(value), Markup.Escape(remark));
                }

                table.Caption(Timing(session) + (live.Dropped > 0 ? $"; {live.Dropped} dropped because the line was busy" : ""));

                context.UpdateTarget(table);
            }
        });
    }

    private static void AsJson(LiveSession session, int limit, CancellationToken cancellation)
    {
        List<object> all = [];
        for (int n = 0; n < limit; n++)
        {
            LiveValues live;
            try
            {
                live = session.Next(cancellation);
            }
            catch (OperationCanceledException)
            {
                // What was seen until Ctrl+C is the document.
                break;
            }

            all.Add(new
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
            });
        }

        Show.Json(all);
    }

    // The report is up to two seconds older than the values: the words for a flag that it does not know yet have no numbers.
    private static IEnumerable<string> Doubts(LiveSession session, LiveValues live)
    {
        if (live.Saturated)
        {
            yield return Saturated;
        }

        if (live.Unfamiliar)
        {
            yield return session.Report.IsUnfamiliar == true ? FamiliarText.Of(session.Report)! : Unfamiliar;
        }
    }

    /// <summary>What is shown of one inference: its inputs, then its outputs.</summary>
    /// <param name="model">The model that the board runs.</param>
    /// <param name="live">Its values.</param>
    internal static IEnumerable<(string Name, string Value, string Remark)> Rows(ModelFile model, LiveValues live)
    {
        for (int i = 0; i < live.Inputs.Length; i++)
        {
            // The board limits inputs to their range, so at an end of it the sensor has left what was trained.
            bool atEnd = live.Inputs[i] == model.Model.Network.GetInputMinimum(i) || live.Inputs[i] == model.Model.Network.GetInputMaximum(i);
            bool wired = model.HasWindows || model.Model.Bindings.Inputs[i].Source != Models.InputBinding.SourceNone;
            yield return (model.Inputs[i].Name, Text(model.Inputs[i].ToValue(live.Inputs[i]), model.Inputs[i].Unit), !wired ? "not wired" : atEnd ? "at the end of its range" : "");
        }

        double[] outputs = model.ToValues(live.Outputs);
        int largest = model.ClassOf(live.Outputs);
        for (int o = 0; o < outputs.Length; o++)
        {
            string pin = live.Pins[o] switch { true => "on", false when live.Resting[o] => "off, at rest after its longest time on", false => "off", null => "" };
            string best = model.IsClassifier && o == largest ? "largest" : "";
            yield return (model.Outputs[o].Name, Text(outputs[o], model.Outputs[o].Unit), string.Join(", ", new[] { best, pin, HeldText.Of(model, live, o) ?? "" }.Where(t => t.Length > 0)));
        }
    }

    private static string Timing(LiveSession session) => $"period {BoardText.Period(session.Report)}; {session.Report.LatePeriods} late since the start; forward: {BoardText.Forward(session.Report)}{(FamiliarText.Of(session.Report) is string familiar ? "; " + familiar : "")}; {session.Report.Called}{(session.Model.Called is string called ? $", {called}" : "")}";

    private static string Text(double value, string unit) =>
        value.ToString("G6", System.Globalization.CultureInfo.InvariantCulture) + (unit.Length == 0 ? "" : " " + unit);
}
