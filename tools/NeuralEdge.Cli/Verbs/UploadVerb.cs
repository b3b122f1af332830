using System.CommandLine;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;
using NeuralEdge.Cli.Fleet;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;
using NeuralEdge.Models;

namespace NeuralEdge.Cli.Verbs;

/// <summary>A model to a board: sent, tested by the board, confirmed.</summary>
internal static class UploadVerb
{
    internal static Command Create()
    {
        Argument<string> file = CommonOptions.Model();
        Option<string?> port = CommonOptions.Port();
        Option<bool> all = new("--all") { Description = "To all boards of --boards, several at a time." };
        Option<string?> boards = FleetOptions.Boards();
        Option<int?> first = new("--first") { HelpName = "N", Description = "With --all: to the first N boards before all others, one after the other; if one of them fails, no other is tried." };
        Option<int> parallel = FleetOptions.Parallel();
        Option<string?> keyFile = CommonOptions.KeyFile();
        Option<long?> number = new("--security-number") { HelpName = "N", Description = "How new the model is, for a keyed board: lower ones are refused once it is confirmed. Without it, as new as the newest one there." };
        Option<bool> older = new("--older") { Description = "Even if the model is older than one that was confirmed on the keyed board." };
        Option<bool> json = CommonOptions.Json();
        Option<bool> noConfirm = new("--no-confirm") { Description = "Leave the model in test: the board goes back at its next start, or after a while, unless it is confirmed." };
        Option<bool> anyway = DecisionVerbs.Anyway();
        Command command = new("upload", "Send a model to a board, which tests it before it runs it.") { file, port, all, boards, first, parallel, noConfirm, anyway, keyFile, number, older, json };
        command.Validators.Add(result =>
        {
            bool isFleet = result.GetResult(all) is { Implicit: false };
            if (isFleet != result.GetResult(boards) is not null || (!isFleet && result.GetResult(first) is not null))
            {
                result.AddError("--all and --boards FILE go together, and --first with them");
            }
            else if (isFleet && result.GetResult(port) is not null)
            {
                result.AddError("--port and --all cannot go together");
            }
        });
        command.SetAction((parse, cancellation) =>
        {
            ModelFile model = ModelFile.Load(parse.GetRequiredValue(file));
            bool quiet = parse.GetValue(json);
            ModelVersion version = new(Number(parse.GetValue(number)), parse.GetValue(older));
            KeyFile? keys = CommonOptions.Keys(parse, keyFile);
            if (parse.GetValue(all))
            {
                int canaries = parse.GetValue(first) is int some ? CommonOptions.Positive(some, first.Name) : 0;
                int width = CommonOptions.Positive(parse.GetValue(parallel), parallel.Name, FleetOptions.MostParallel);
                FleetBoard[] fleet = FleetFile.Read(parse.GetRequiredValue(boards)!, CommonOptions.Keys);
                if (Array.Find(fleet, board => board.KeyTrouble is not null) is { KeyTrouble: string trouble } without)
                {
                    throw new InputRefusedException($"{without.Port}: {trouble.TrimEnd('.')}. Nothing was sent to any board.");
                }

                FleetUpload upload = new(model, keys, version, !parse.GetValue(noConfirm), parse.GetValue(anyway));
                (string done, string doneByOne) = parse.GetValue(noConfirm) ? ("have the model in test", "has the model in test") : ("run the model", "runs the model");
                int code = FleetText.Write(new FleetRun(fleet, upload.To, quiet, cancellation).Run(canaries, width), done, doneByOne, quiet);
                cancellation.ThrowIfCancellationRequested();
                return Task.FromResult(code);
            }

            using BoardLink link = BoardPort.Connect(parse.GetValue(port), keys, cancellation);
            BoardReport report = link.Info(cancellation);
            UploadRules.Require(report, link.Port, version, parse.GetValue(noConfirm) && parse.GetValue(anyway), keys is not null);
            if (UploadRules.AlreadyRuns(report, model))
            {
                UploadRules.RequireNumber(report, link.Port, version);
                WriteAlready(report, model, quiet);
                return Task.FromResult(ExitCode.Done);
            }

            ProtectionText.Write(quiet ? Console.Error : Console.Out, model, report.LimitedPins);
            if (RateText.Warning(model) is string tooMuch)
            {
                (quiet ? Console.Error : Console.Out).WriteLine(tooMuch);
            }

            UploadResult result;
            using (UploadDisplay display = new(quiet))
            {
                result = link.Upload(model.Bytes, !parse.GetValue(noConfirm), display, parse.GetValue(anyway), version, cancellation);
            }

            Write(result, model, quiet);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static uint? Number(long? number) => number is null or (>= 0 and <= uint.MaxValue)
        ? (uint?)number
        : throw new InputRefusedException($"--security-number must be 0 to {uint.MaxValue}, not {number}.");

    private static void WriteAlready(BoardReport report, ModelFile model, bool json)
    {
        if (json)
        {
            WriteJson(report.State, report.Slot, report.Sequence, model, resumed: model.Bytes.Length, testLeft: null);
            return;
        }

        Console.Out.WriteLine($"The board already runs this model, {BoardText.Model(report)}; nothing was sent.");
    }

    private static void Write(UploadResult result, ModelFile model, bool json)
    {
        if (json)
        {
            WriteJson(result.State, result.Slot, result.Sequence, model, result.Resumed, result.TestLeft);
            return;
        }

        string resumed = result.Resumed > 0 ? $" ({result.Resumed} bytes were already there)" : "";
        string golden = NumberText.Count(model.Model.Golden.Count, "golden vector") + (model.HasWindows ? $" and {NumberText.Count(model.Model.WindowTests.Count, "test window")}" : "");
        Console.Out.WriteLine($"Sent {model.Bytes.Length} bytes{resumed}; the board computed {golden} bit for bit as promised.");
        ConversionText.WriteWiring(Console.Out, model);
        Console.Out.WriteLine(result.State == ModelState.Confirmed
            ? $"Confirmed: the model runs from slot {SlotName(result.Slot)}, upload {result.Sequence}. To take it back: neuraledge revert."
            : $"In test: the model runs from slot {SlotName(result.Slot)}, upload {result.Sequence}. Keep it with neuraledge confirm; otherwise the board goes back at its next start{(result.TestLeft is TimeSpan left ? $", or by itself in {NumberText.Time(left)}" : "")}.");
    }

    private static void WriteJson(ModelState state, int? slot, uint sequence, ModelFile model, int resumed, TimeSpan? testLeft) =>
        Show.Json(new { state, slot = SlotName(slot), sequence, digest = Show.Digest(model.Model.Digest), bytes = model.Bytes.Length, resumed, testLeftMs = testLeft?.TotalMilliseconds });

    private static string SlotName(int? slot) => slot == 0 ? "A" : "B";
}
