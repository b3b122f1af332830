using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using NeuralEdge.Conversion;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Verbs;

/// <summary>Options that several verbs have, with one name and one meaning.</summary>
internal static class CommonOptions
{
    internal static Option<bool> Json() => new("--json") { Description = "Print one JSON document and nothing else." };

    internal static Option<string?> Port() => new("--port") { HelpName = "P", Description = $"The board: COM5, /dev/ttyUSB0, the path of a pseudo-terminal, or socket://HOST:PORT. Without it {Sessions.BoardPort.Variable}, or else the one board that answers." };

    internal static Option<string?> KeyFile() => new("--key-file") { HelpName = "K", Description = $"The keys of a keyed board; without it, the file that {RequestStatusText.KeyVariable} names." };

    /// <summary>The key file of the command line, or else of the environment; null when there is neither.</summary>
    /// <exception cref="InputRefusedException">It is no key file.</exception>
    internal static KeyFile? Keys(ParseResult parse, Option<string?> option)
    {
        if (parse.GetValue(option) is string given)
        {
            return Keys(given, option.Name);
        }

        // A variable of no characters is how some shells take one away.
        string? path = Environment.GetEnvironmentVariable(RequestStatusText.KeyVariable);
        return string.IsNullOrEmpty(path) ? null : Keys(path, RequestStatusText.KeyVariable);
    }

    /// <summary>A key file, with a warning if others may read it.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="name">The option or the variable that it comes from.</param>
    /// <exception cref="InputRefusedException">It is no key file.</exception>
    internal static KeyFile Keys(string path, string name)
    {
        if (path.Length == 0)
        {
            throw new InputRefusedException($"{name} is empty; give the path of a key file, or leave {name} out.");
        }

        KeyFile keys = Host.KeyFile.Load(path);
        if (keys.IsOpenToOthers)
        {
            Console.Error.WriteLine($"warning: others on this computer may read the keys in {path}: chmod 600 it.");
        }

        return keys;
    }

    internal static Argument<string> Model() => new("model") { HelpName = "M.nedge", Description = "A model file." };

    /// <summary>Has an argument of several files take nothing that can only be meant otherwise: a mistyped option, or the rest of a list of numbers.</summary>
    internal static void RequireFiles(CommandResult command, Argument<string[]> files)
    {
        foreach (string word in command.GetResult(files)?.Tokens.Select(token => token.Value) ?? [])
        {
            bool isList = word.All(c => char.IsAsciiDigit(c) || c == ',') && !File.Exists(word) && !Directory.Exists(word);
            if (isList || word.StartsWith('-'))
            {
                command.AddError(word);
            }
        }
    }

    /// <summary>The option that says how many rows of a time series are in a second.</summary>
    internal static Option<double?> Rate(string description) => new("--rate")
    {
        HelpName = "HZ",
        Description = description,
        CustomParser = result =>
        {
            const double Least = 1e-5;
            const double Most = 1000;
            string text = result.Tokens[0].Value;
            bool isRate = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate) && rate >= Least && rate <= Most;
            if (!isRate)
            {
                result.AddError($"--rate {text} is no number of rows in a second like 50, from 0.00001 to {Most}");
            }

            return rate;
        },
    };

    /// <summary>How many of something; at least 1.</summary>
    internal static int Positive(int number, string option, int most = int.MaxValue) => number >= 1 && number <= most
        ? number
        : throw new InputRefusedException(most == int.MaxValue
            ? $"{option} must be a whole number above 0, not {number}."
            : $"{option} must be 1 to {most}, not {number}.");

    /// <summary>An option that is a time in seconds, with a decimal point: by itself the library takes a comma for one between thousands.</summary>
    internal static Option<double?> Seconds(string name, string description) => new(name)
    {
        HelpName = "SECONDS",
        Description = description,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds))
            {
                result.AddError($"{name} {text} is not a number of seconds like 0.5");
            }

            return seconds;
        },
    };

    /// <summary>A time in seconds, above 0, or from 0 on, and not longer than the clocks can count.</summary>
    internal static TimeSpan Time(double seconds, string option, bool allowsZero = false)
    {
        const double Most = 1e7;
        return (seconds > 0 || (allowsZero && seconds == 0)) && seconds <= Most
            ? TimeSpan.FromSeconds(seconds)
            : throw new InputRefusedException(string.Create(CultureInfo.InvariantCulture, $"{option} must be seconds {(allowsZero ? "from 0 to" : "above 0 and up to")} {Most}, not {seconds}."));
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
