using System.CommandLine;
using System.Globalization;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Series;

namespace NeuralEdge.Cli.Verbs;

/// <summary>The options of train that cut a table into windows.</summary>
internal sealed class WindowOptionsText
{
    private const string Auto = "auto";

    private readonly Option<string?> _window = new("--window") { HelpName = "TIME or row", Description = "Learn from windows of rows that follow each other, like 1s or 500ms, by features computed of them; row where each row is a recording in columns like x0 to x89." };
    private readonly Option<string?> _hop = new("--hop") { HelpName = "TIME", Description = "From one window to the next: a window, half of it, or a quarter, which it is when left out." };
    private readonly Option<double?> _rate = CommonOptions.Rate("Rows in a second, where no column of times says it; with --window row, samples in a second.");
    private readonly Option<string> _features = new("--features") { DefaultValueFactory = _ => Auto, HelpName = "auto or NAMES", Description = "What is computed of each window and channel, like std,range; auto keeps what adds most at rows held out." };

    /// <summary>Adds them to a command.</summary>
    internal WindowOptionsText(Command command)
    {
        foreach (Option option in new Option[] { _window, _hop, _rate, _features })
        {
            command.Add(option);
        }
    }

    /// <summary>What was asked for; null without --window.</summary>
    /// <exception cref="InputRefusedException">An option is no time, or stands without --window.</exception>
    internal WindowOptions? Read(ParseResult parse)
    {
        if (parse.GetValue(_window) is not string window)
        {
            Option? lonely = new Option[] { _hop, _rate, _features }.FirstOrDefault(option => parse.GetResult(option) is { Implicit: false });
            return lonely is null ? null : throw new InputRefusedException($"{lonely.Name} says how windows are cut, and --window is missing; give its length, like --window 1s.");
        }

        string features = parse.GetRequiredValue(_features);
        bool isRow = window == "row";
        return new WindowOptions(isRow ? 0 : Seconds(window, "--window"))
        {
            IsRow = isRow,
            HopSeconds = parse.GetValue(_hop) is string hop ? Seconds(hop, "--hop") : null,
            Rate = parse.GetValue(_rate),
            Features = features == Auto ? null : features.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } names ? names : throw new InputRefusedException("--features names none; give names, like std,range, or auto."),
        };
    }

    private static double Seconds(string text, string option)
    {
        (string Unit, double Seconds)[] units = [("ms", 0.001), ("min", 60), ("h", 3600), ("s", 1)];
        (string unit, double factor) = units.FirstOrDefault(known => text.EndsWith(known.Unit, StringComparison.OrdinalIgnoreCase), (string.Empty, 1));
        return double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number > 0 && double.IsFinite(number)
            ? number * factor
            : throw new InputRefusedException($"{option} is {NumberText.Quote(text)}, which is no time; give a number with ms, s, min or h, like 1s or 250ms.");
    }
}
