using System.CommandLine;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Host;
using NeuralEdge.Host.Ports;

namespace NeuralEdge.Cli.Verbs;

/// <summary>The serial ports of this computer, and who answers there.</summary>
internal static class PortsVerb
{
    internal static Command Create()
    {
        Option<bool> json = CommonOptions.Json();
        Command command = new("ports", "Show this computer's serial ports, and which boards answer there.") { json };
        command.SetAction((parse, cancellation) =>
        {
            PortSearch search = BoardPort.Search;
            FoundPort[] ports = [.. search.Find()];

            // A port that somebody has named may be one that no system lists, such as a simulated board's.
            if (new BoardPort(null).Named is string named && !Array.Exists(ports, port => port.Name == named || port.Lasting == named))
            {
                ports = [.. ports, new FoundPort(named) { Title = BoardPort.Variable, IsLikely = true }];
            }

            IReadOnlyList<AskedPort> asked = search.Ask(ports, keys: null, cancellation);
            foreach (AskedPort port in asked)
            {
                port.Dispose();
            }

            if (parse.GetValue(json))
            {
                Show.Json(asked.Select(Document));
            }
            else if (asked.Count == 0)
            {
                Console.Out.WriteLine("There is no serial port of USB here; see neuraledge doctor.");
            }
            else
            {
                TextTable.Write(Console.Out, ["port", "device", "may open", "answer"], asked.Select(Row));
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static string[] Row(AskedPort asked) =>
        [asked.Port.Name, asked.Port.Device, asked.Port.MayOpen ? "yes" : "no", asked.Report is BoardReport report ? $"{BoardPort.NameOf(report)}, firmware {report.FirmwareVersion}" : asked.Sentence];

    private static object Document(AskedPort asked) => new
    {
        port = asked.Port.Name,
        lasting = asked.Port.Lasting,
        device = asked.Port.Device,
        vendor = asked.Port.Vendor,
        product = asked.Port.Product,
        mayOpen = asked.Port.MayOpen,
        answer = asked.Answer,
        why = asked.Sentence.Length == 0 ? null : asked.Sentence,
        board = asked.Report is not BoardReport report ? null : new { name = report.Name, chip = report.Chip?.Name ?? report.ChipName, firmware = report.FirmwareVersion.ToString() },
    };
}
