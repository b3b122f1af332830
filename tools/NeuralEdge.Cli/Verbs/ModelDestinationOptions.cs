using System.CommandLine;
using System.Globalization;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Disk;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Cli.Verbs;

/// <summary>The options of a <see cref="ModelDestination"/>, the last ones of their verbs.</summary>
internal sealed class ModelDestinationOptions
{
    private const int MostEffort = 10_000;
    private const int MostLetters = 64;

    private readonly Option<Profile> _profile = ProfileOption();
    private readonly Option<string?> _board = new("--board") { HelpName = "BOARD.json", Description = "How sensors and loads are wired." };
    private readonly Option<string?> _port = new("--port") { HelpName = "P", Description = "The board the model is for: its pins, and at which level its loads run, are taken from there." };
    private readonly Option<string?> _name = new("--name") { HelpName = "NAME", Description = "What the model is called; kept in the file, and shown wherever it runs." };
    private readonly Option<string?> _version = new("--version") { HelpName = "V", Description = "Which version of it this is; kept in the file." };
    private readonly Option<string> _output = new("--output", "-o") { Required = true, HelpName = "M.nedge", Description = "The model file to write." };
    private readonly Option<string?> _acceptError = new("--accept-error") { HelpName = "E", Description = "Write the file even if an error is up to this share of an output's range, and another class in this share of the rows, like 0.05; without, more than 0.01 and 0.001 is refused." };
    private readonly Option<string?> _page = new("--report") { HelpName = "FILE.html", Description = "Write a page for the browser: how good the network is, what in the data makes it so, and what rounding costs." };
    private readonly Option<int> _effort = new("--effort")
    {
        DefaultValueFactory = _ => 1,
        HelpName = "N",
        Description = "How much proofs of the error may take, 1 to 10000: 1 takes some tenths of a second, 100 some tens of seconds for tighter bounds.",
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    internal ModelDestinationOptions(Command command)
    {
        command.Add(_profile);
        command.Add(_board);
        command.Add(_port);
        command.Add(_name);
        command.Add(_version);
        command.Add(_acceptError);
        command.Add(_output);
        command.Add(_page);
        command.Add(_effort);
        command.Add(_json);
    }

    /// <summary>What was asked for.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="inputs">Files that the verb reads; null for one that is not given.</param>
    /// <exception cref="InputRefusedException">
    /// Something cannot be written, or would be lost: said before any work is done.
    /// </exception>
    internal ModelDestination Read(ParseResult parse, params IEnumerable<string?> inputs)
    {
        ModelDestination destination = new(
            parse.GetValue(_profile),
            Accepted(parse.GetValue(_acceptError)),
            parse.GetValue(_board),
            parse.GetRequiredValue(_output),
            parse.GetValue(_page),
            parse.GetValue(_json),
            CommonOptions.Positive(parse.GetValue(_effort), _effort.Name, MostEffort),
            parse.GetValue(_port),
            LineOf(parse.GetValue(_name), _name.Name),
            LineOf(parse.GetValue(_version), _version.Name));
        IEnumerable<string?> read = inputs.Append(destination.BoardPath);
        OutputFile.Require(_output.Name, destination.Path, read);
        if (destination.Page is not null)
        {
            OutputFile.Require(_page.Name, destination.Page, read.Append(destination.Path));
        }

        return destination;
    }

    private static string? LineOf(string? text, string option) => text is null || (text.Trim().Length is > 0 and <= MostLetters && Harmless.Line(text) == text)
        ? text?.Trim()
        : throw new InputRefusedException($"{option} {NumberText.Quote(text)} must be one line of 1 to {MostLetters} letters that can be seen.");

    // By itself the library takes a comma for one between thousands.
    private static double? Accepted(string? text) => text is null ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double share) && share is > 0 and <= 10 ? share
        : throw new InputRefusedException($"--accept-error must be a share of an output's range above 0 and up to 10, like 0.05, not {text}.");

    private static Option<Profile> ProfileOption()
    {
        Option<Profile> option = new("--profile")
        {
            HelpName = "exact, compact or fast",
            Description = "exact (the default: smallest error), compact (weights of half the bytes) or fast (highest rate).",
        };

        // By itself the library takes numbers and lists of names too.
        option.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [.. Enum.GetNames<Profile>().Select(name => name.ToLowerInvariant())]);
        return option;
    }
}
