using System.CommandLine;
using System.CommandLine.Parsing;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Cli.Reports.Pages;
using NeuralEdge.Conversion;
using NeuralEdge.Learning.Normality;

namespace NeuralEdge.Cli.Verbs;

/// <summary>The options of train that learn what is normal, and the way to a model of it.</summary>
internal sealed class NormalOptionsText
{
    private const double MostPerDay = 10000;

    private readonly Option<bool> _normal = new("--normal") { Description = "The tables hold normal rows only: learn what is normal, and raise 'unlike' where it is not." };
    private readonly Option<double> _falseAlarms = new("--false-alarms") { DefaultValueFactory = _ => 1, HelpName = "N", Description = "With --normal: alarms a day that may be false." };

    /// <summary>Adds them to a command.</summary>
    internal NormalOptionsText(Command command)
    {
        command.Add(_normal);
        command.Add(_falseAlarms);
    }

    /// <summary>Refuses options that say nothing beside what was asked for: who gives them expects something else.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="ofLabels">Options of a training by labels.</param>
    /// <exception cref="InputRefusedException">One was given.</exception>
    internal void Require(ParseResult parse, IEnumerable<Option> ofLabels)
    {
        if (!parse.GetValue(_normal))
        {
            if (parse.GetResult(_falseAlarms) is { Implicit: false })
            {
                throw new InputRefusedException("--false-alarms is of --normal, which is missing; leave it out, or give both.");
            }
        }
        else if (ofLabels.FirstOrDefault(option => parse.GetResult(option) is { Implicit: false }) is Option lonely)
        {
            throw new InputRefusedException($"{lonely.Name} is of a training with a target, and --normal learns from normal rows without one; leave one of them out.");
        }
    }

    /// <summary>Whether --normal is there.</summary>
    internal bool IsAsked(CommandResult result) => result.GetValue(_normal);

    /// <summary>How many alarms a day may be false.</summary>
    /// <exception cref="InputRefusedException">It is no such number.</exception>
    internal double FalseAlarms(ParseResult parse) => parse.GetValue(_falseAlarms) is > 0 and <= MostPerDay and double number
        ? number
        : throw new InputRefusedException($"--false-alarms is {parse.GetValue(_falseAlarms)}; give alarms a day, above 0 and at most {MostPerDay}.");

    /// <summary>The column that calls rows normal; null where none was named.</summary>
    /// <exception cref="InputRefusedException">Several were named.</exception>
    internal static string? Target(string[] columns) => columns.Length < 2 ? columns.FirstOrDefault() : throw new InputRefusedException("With --normal, --target names the one column that calls rows normal; name one.");

    /// <summary>Learns, writes the file and says what is known of it.</summary>
    internal static void Run(NormalOptions options, ModelDestination destination, ProgressDisplay progress, CancellationToken cancellation)
    {
        NormalResult result = NormalTraining.Run(options with { Progress = progress, Found = destination.IsQuiet ? null : new FindingsDisplay(progress) }, cancellation);
        progress.Clear();
        cancellation.ThrowIfCancellationRequested();
        StringWriter file = new() { NewLine = "\n" };
        ProtectionText.Write(file, result.Model.File);
        file.Write(ConversionText.Summary(result.Model, destination.Path));
        destination.Write(result.Model.File, () => NormalPage.Write(result, destination.Path, file.ToString()));
        if (destination.IsQuiet)
        {
            Show.Json(new { model = result.Model.File, normal = NormalText.Document(result), findings = result.Findings });
            return;
        }

        StringWriter text = new() { NewLine = "\n" };
        NormalText.Write(text, result);
        text.Write(file.ToString());
        ConversionText.WriteNext(text, result.Model.File, destination.Path, destination.Page, true, true);
        Screen.Write(text.ToString());
    }
}
