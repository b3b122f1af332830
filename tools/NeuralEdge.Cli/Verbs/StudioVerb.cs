using System.CommandLine;
using System.Xml.Linq;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Cli.Reports.Pages;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Conversion;
using NeuralEdge.Studio;
using NeuralEdge.Studio.Hosting;

namespace NeuralEdge.Cli.Verbs;

/// <summary>The page for a real or a simulated board, in a browser on this computer.</summary>
internal static class StudioVerb
{
    internal static Command Create()
    {
        Option<string?> port = new("--port") { HelpName = "P", Description = "The board: COM5, /dev/ttyUSB0, the path of a pseudo-terminal, or socket://HOST:PORT. Without it " + BoardPort.Variable + ", or else the page offers the ports that there are, and a simulated board." };
        Option<string?> keyFile = CommonOptions.KeyFile();
        Option<string?> folder = new("--folder") { HelpName = "DIR", Description = $"Where sessions are kept; {Usual()} when left out." };
        Option<bool> noBrowser = new("--no-browser") { Description = "Print the address and open nothing." };
        Option<bool> json = CommonOptions.Json();
        Command command = new("studio", "Open a page to see the sensors, record, train, upload and watch.") { port, keyFile, folder, noBrowser, json };
        command.SetAction(async (parse, cancellation) =>
        {
            StudioOptions options = new()
            {
                Port = new BoardPort(parse.GetValue(port)).Named,
                Keys = CommonOptions.Keys(parse, keyFile),
                Folder = FolderOf(parse.GetValue(folder)),
                ApplicationName = typeof(StudioVerb).Assembly.GetName().Name!,
                Texts = Texts(),
            };
            await using StudioServer studio = await StudioServer.StartAsync(options, cancellation);
            bool opens = !parse.GetValue(noBrowser);
            Console.Out.WriteLine(parse.GetValue(json)
                ? Show.JsonLine(new { address = studio.Address, folder = options.Folder })
                : $"The studio is at {studio.Address}{Environment.NewLine}The address works once, in one browser on this computer. Ctrl+C ends the studio.");
            await Console.Out.FlushAsync(CancellationToken.None);
            if (opens && !DefaultBrowser.Open(studio.Address))
            {
                Console.Error.WriteLine("There is no browser to open it with; open the address yourself.");
            }

            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            }
            catch (OperationCanceledException)
            {
                // Ctrl+C is how the studio is closed.
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static string Usual() => Path.Combine("Documents", "NeuralEdge");

    private static string FolderOf(string? given)
    {
        if (given?.Length == 0)
        {
            throw new InputRefusedException("--folder is empty; give the path of a folder, or leave --folder out.");
        }

        string documents = Environment.GetFolderPath(Environment.SpecialFolder.MyDocuments, Environment.SpecialFolderOption.DoNotVerify);
        string folder = Path.GetFullPath(given ?? Path.Combine(documents, "NeuralEdge"));
        return !File.Exists(folder) ? folder : throw new InputRefusedException($"--folder {folder} is a file; give the path of a folder.");
    }

    private static StudioTexts Texts() => new()
    {
        Info = BoardText.Rows,
        Model = BoardText.Model,
        Held = HeldText.Of,
        Profiles = analysis => ([.. AnalysisText.ProfileHeader(analysis).Select(title => title.Replace(AnalysisText.BeforeSoftmax, "its score, before it becomes a probability", StringComparison.Ordinal))], [.. AnalysisText.ProfileCells(analysis)]),
        Distributions = (result, study) => [.. DistributionSection.Pictures(result.Training, study).Select(picture => picture.ToString(SaveOptions.DisableFormatting))],
        Normal = result => ([.. NormalText.Sentences(result)], NormalText.TestsHeader(result), result.Tests.Count == 0 ? [] : [.. NormalText.TestsCells(result)]),
        Network = model => NetworkPicture.Of(model).ToString(SaveOptions.DisableFormatting),
        Report = (result, study, cancellation) =>
        {
            const string Name = "the model of the studio";
            TrainingReport report = new(result, study, progress: null, cancellation);
            return System.Text.Encoding.UTF8.GetString(TrainingPage.Write(result, study, report.Analysis, Name, report.TooLarge() + report.Outside(), report.BoardText(Name), report.Comparison()));
        },
    };
}
