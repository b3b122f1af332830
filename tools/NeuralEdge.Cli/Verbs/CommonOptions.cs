using System.CommandLine;
using System.Globalization;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Verbs;

/// <summary>Options that several verbs have, with one name and one meaning.</summary>
internal static class CommonOptions
{
    internal static Option<bool> Json() => new("--json") { Description = "Print one JSON document and nothing else." };

    internal static Option<string> Port() => new("--port") { Required = true, HelpName = "P", Description = "The board: COM5, /dev/ttyUSB0, the path of a pseudo-terminal, or socket://HOST:PORT." };

    internal static Option<string> ModelOutput() => new("--output", "-o") { Required = true, HelpName = "M.nedge", Description = "The model file to write." };

    internal static Option<string?> Board() => new("--board") { HelpName = "BOARD.json", Description = "How sensors and loads are wired." };

    internal static Option<long> Seed() => new("--seed") { DefaultValueFactory = _ => 1, HelpName = "N", Description = "Decides everything that is random." };

    internal static Option<Profile> Profile()
    {
        Option<Profile> option = new("--profile")
        {
            DefaultValueFactory = _ => NeuralEdge.Conversion.Quantisation.Profile.Exact,
            Description = "exact (smallest error), compact (weights of half the bytes) or fast (highest rate).",
        };

        // By itself the library takes numbers and lists of names too.
        option.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [.. Enum.GetNames<Profile>().Select(name => name.ToLowerInvariant())]);
        return option;
    }

    internal static Argument<string> Model() => new("model") { HelpName = "M.nedge", Description = "A model file." };

    internal static Option<string?> Report() => new("--report") { HelpName = "FILE.html", Description = "Write a page with plots: answers, errors, ranges, and what would help." };

    /// <summary>Refuses, before any work, paths of a model and of its report where nothing can be written or something would be lost.</summary>
    internal static void RequireOutputs(string model, string? report, params IEnumerable<string?> inputs)
    {
        OutputFile.Require("--output", model, inputs);
        if (report is not null)
        {
            OutputFile.Require("--report", report, inputs.Append(model));
        }
    }

    /// <summary>The board file, null when none is given.</summary>
    internal static BoardFile? ReadBoard(string? path) => path is null ? null : BoardFile.Read(path);

    /// <summary>The wiring by a board file, or the default one.</summary>
    internal static BoardSpec Wiring(BoardFile? boardFile, FloatModel model, bool classifies) =>
        boardFile is null ? BoardFile.DefaultFor(model, classifies) : boardFile.For(model, classifies);

    /// <summary>Opens a session, and reads the running model so that raw integers can be shown as values.</summary>
    internal static (BoardLink Link, ModelFile Model) Connect(string port, CancellationToken cancellation)
    {
        BoardLink link = BoardLink.Connect(port, cancellation: cancellation);
        try
        {
            return (link, ReadModel(link, cancellation));
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    /// <summary>Reads the running model back from a board.</summary>
    internal static ModelFile ReadModel(BoardLink link, CancellationToken cancellation)
    {
        try
        {
            return ModelFile.Parse(link.ReadModel(cancellation), "the board's model");
        }
        catch (InputRefusedException e)
        {
            throw new BoardLinkException($"The model read back from the board at {link.Port} cannot be understood: {e.Message}", e);
        }
    }

    /// <summary>How many of something; at least 1.</summary>
    internal static int Positive(int number, string option, int most = int.MaxValue) => number >= 1 && number <= most
        ? number
        : throw new InputRefusedException(most == int.MaxValue
            ? $"{option} {number} cannot be; give a whole number above 0."
            : $"{option} {number} cannot be; give a whole number from 1 to {most}.");

    /// <summary>A time in seconds, above 0 and not longer than the clocks can count.</summary>
    internal static double Seconds(double seconds, string option)
    {
        const double Most = 1e7;
        return seconds > 0 && seconds <= Most
            ? seconds
            : throw new InputRefusedException(string.Create(CultureInfo.InvariantCulture, $"{option} {seconds} cannot be; give seconds above 0 and up to {Most}."));
    }

    /// <summary>A list of whole numbers separated by commas.</summary>
    internal static int[] Integers(string text, string option)
    {
        if (text.Length == 0)
        {
            return [];
        }

        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        int[] numbers = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]) || numbers[i] == 0)
            {
                throw new InputRefusedException($"{option} {text}: \"{parts[i]}\" is not a whole number above 0; write for example {option} 16,16.");
            }
        }

        return numbers;
    }
}
