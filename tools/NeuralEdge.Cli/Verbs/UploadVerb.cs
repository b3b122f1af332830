using System.CommandLine;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;
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
        Option<string> port = CommonOptions.Port();
        Option<string?> keyFile = CommonOptions.KeyFile();
        Option<long?> number = new("--security-number") { HelpName = "N", Description = "How new the model is, for a keyed board: lower ones are refused once it is confirmed. Without it, as new as the newest one there." };
        Option<bool> older = new("--older") { Description = "Even if the model is older than one that was confirmed on the keyed board." };
        Option<bool> json = CommonOptions.Json();
        Option<bool> noConfirm = new("--no-confirm") { Description = "Leave the model in test: the board goes back at its next start, or after a while, unless it is confirmed." };
        Option<bool> anyway = DecisionVerbs.Anyway();
        Command command = new("upload", "Send a model to a board, which tests it before it runs it.") { file, port, noConfirm, anyway, keyFile, number, older, json };
        command.SetAction((parse, cancellation) =>
        {
            ModelFile model = ModelFile.Load(parse.GetRequiredValue(file));
            bool quiet = parse.GetValue(json);
            ModelVersion version = new(Number(parse.GetValue(number)), parse.GetValue(older));
            KeyFile? keys = CommonOptions.Keys(parse, keyFile);
            using BoardLink link = BoardPort.Connect(parse.GetRequiredValue(port), keys, cancellation);
            BoardReport report = link.Info(cancellation);
            Require(report, link.Port, version, parse.GetValue(noConfirm) && parse.GetValue(anyway), keys is not null);
            if (AlreadyRuns(report, model))
            {
                if (version.Number is uint asked && asked > report.SecurityNumber)
                {
                    throw new InputRefusedException($"The board at {link.Port} already runs this model, and a security number is raised by confirming a model: it stays {report.SecurityNumber}. Give --security-number {asked} with the next model, or revert first.");
                }

                WriteAlready(report, model, quiet);
                return Task.FromResult(ExitCode.Done);
            }

            ProtectionText.Write(quiet ? Console.Error : Console.Out, model, report.LimitedPins);
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

    private static void Require(BoardReport report, string port, ModelVersion version, bool both, bool hasKeys)
    {
        if (both)
        {
            throw new InputRefusedException("--anyway confirms at once and --no-confirm not at all; give one of them.");
        }

        if (report.SecurityMode == SecurityMode.Open && (version.Number is not null || version.Older))
        {
            throw new InputRefusedException($"The board at {port} is open, so nothing there keeps security numbers: leave --security-number and --older out, or make the board keyed with neuraledge provision first.");
        }

        if (report.SecurityMode == SecurityMode.Open && hasKeys)
        {
            Console.Error.WriteLine($"warning: the board at {port} is open, so the key file is not used, and anybody on the line may change the board; neuraledge provision makes it keyed.");
        }
    }

    // Sent again it would take the slot of the model before, and revert would have nothing left to go back to.
    private static bool AlreadyRuns(BoardReport report, ModelFile model) =>
        report.State == ModelState.Confirmed && report.Digest == model.Model.Digest && report.ModelLength == model.Bytes.Length;

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
        string golden = NumberText.Count(model.Model.Golden.Count, "golden vector");
        Console.Out.WriteLine($"Sent {model.Bytes.Length} bytes{resumed}; the board computed {golden} bit for bit as promised.");
        if (Array.TrueForAll(model.Model.Bindings.Outputs, output => output.Rule == OutputBinding.RuleNone))
        {
            Console.Out.WriteLine("No pin follows this model's outputs: the board computes them and switches nothing.");
        }

        Console.Out.WriteLine(result.State == ModelState.Confirmed
            ? $"Confirmed: the model runs from slot {SlotName(result.Slot)}, upload {result.Sequence}. To take it back: neuraledge revert."
            : $"In test: the model runs from slot {SlotName(result.Slot)}, upload {result.Sequence}. Keep it with neuraledge confirm; otherwise the board goes back at its next start{(result.TestLeft is TimeSpan left ? $", or by itself in {NumberText.Time(left)}" : "")}.");
    }

    private static void WriteJson(ModelState state, int? slot, uint sequence, ModelFile model, int resumed, TimeSpan? testLeft) =>
        Show.Json(new { state, slot = SlotName(slot), sequence, digest = Show.Digest(model.Model.Digest), bytes = model.Bytes.Length, resumed, testLeftMs = testLeft?.TotalMilliseconds });

    private static string SlotName(int? slot) => slot == 0 ? "A" : "B";
}
