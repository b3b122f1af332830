using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;
using Spectre.Console;

namespace NeuralEdge.Cli.Monitoring;

/// <summary>
/// What a person sees of a board at one moment, as lines of text: of each input its last values as a curve, of each output as well, and
/// below it what its pin did meanwhile. Curves are as high as their own values; those of outputs have the thresholds of the pin in them.
/// </summary>
/// <param name="Model">The model that the board runs.</param>
/// <param name="Seen">Its last values, oldest first; null where some are missing.</param>
/// <param name="Board">What the board is called.</param>
internal sealed record MonitorView(ModelFile Model, IReadOnlyList<LiveValues?> Seen, string Board)
{
    /// <summary>The most values of a curve.</summary>
    internal const int MostValues = 40;

    private const int LeastValues = 8;
    private const int MostName = 16;
    private const int MostText = 16;
    private const int TextOfThreshold = 12;
    private const int WithWords = 64;

    /// <summary>Why the values are to be doubted.</summary>
    internal IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>How the board keeps its time.</summary>
    internal string Timing { get; init; } = "";

    /// <summary>What was said last of the board, such as that it is gone.</summary>
    internal string Note { get; init; } = "";

    /// <summary>True while the picture stands still.</summary>
    internal bool IsPaused { get; init; }

    /// <summary>True for a terminal that shows ASCII alone.</summary>
    internal bool IsPlain { get; init; }

    /// <summary>The lines.</summary>
    /// <param name="width">Columns of the terminal: no line is longer.</param>
    /// <param name="height">Its lines; what does not fit is left out, inputs first, and counted.</param>
    internal IReadOnlyList<string> Lines(int width, int height)
    {
        if (Seen.LastOrDefault(live => live is not null) is not LiveValues last)
        {
            return [$"{Board}: nothing yet"];
        }

        (string Name, string Value, string Remark)[] rows = [.. LiveText.Rows(Model, last)];
        int inputs = Model.Inputs.Length;
        Columns columns = new(rows, width);
        List<string> below = [];
        for (int o = 0; o < Model.Outputs.Length; o++)
        {
            below.AddRange(Output(columns, rows[inputs + o], o));
        }

        string[] remarks =
        [
            .. Doubts,
            .. rows.Take(inputs).Where(row => row.Remark.Length > 0).Select(row => $"{row.Name}: {row.Remark}"),
            .. Enumerable.Range(0, Model.Outputs.Length).Select(o => (Model.Outputs[o].Name, Why: last.Resting[o] ? "at rest after its longest time on" : HeldText.Of(Model, last, o)))
                .Where(output => output.Why is not null).Select(output => $"{output.Name}: {output.Why}"),
        ];
        foreach (string words in remarks.Append(Timing).Append(Note).Where(words => words.Length > 0))
        {
            below.AddRange(Screen.Fit(words, width).Split('\n'));
        }

        below.Add(IsPaused ? "paused: p goes on, q ends" : "p pauses, q ends");
        int room = height - 1 - below.Count;
        int shown = inputs <= room ? inputs : Math.Max(0, room - 1);
        return
        [
            .. ((string[])
            [
                $"{Board}: inference {last.Inference}{(Model.IsClassifier ? $", {Model.Outputs[Model.ClassOf(last.Outputs)].Name}" : "")}{(last.Dropped > 0 ? $"; {last.Dropped} dropped because the line was busy" : "")}",
                .. Enumerable.Range(0, shown).Select(i => Input(columns, rows[i], i)),
                .. shown < inputs ? (string[])[$"and {NumberText.Count(inputs - shown, "input")} more, in a higher window"] : [],
                .. below,
            ]).Select(line => Cut(line, width)),
        ];
    }

    private static string Cut(string text, int width)
    {
        while (text.GetCellWidth() > width)
        {
            text = text.Length <= 1 ? "" : text[..^2].TrimEnd() + "…";
        }

        return text;
    }

    private string Input(Columns columns, (string Name, string Value, string Remark) row, int input)
    {
        ModelInput of = Model.Inputs[input];
        double[] values = Values(columns, live => of.ToValue(live.Inputs[input]));
        (double least, double most) = Span(values, [], Math.Abs(of.Scale) * OutputScale.LeastSteps);
        return columns.Line(row.Name, row.Value, Sparkline.Of(values, least, most, IsPlain), "");
    }

    private IEnumerable<string> Output(Columns columns, (string Name, string Value, string Remark) row, int output)
    {
        OutputScale scale = new(Model, output);
        double[] values = Values(columns, live => Model.ToValues(live.Outputs)[output]);
        (double least, double most) = Span(values, [.. new[] { scale.On, scale.Off }.OfType<double>()], scale.LeastSpan);
        yield return columns.Line(row.Name, row.Value, Sparkline.Of(values, least, most, IsPlain), Mark(scale.On, scale.OnText));
        if (scale.Pin is int pin)
        {
            LiveValues now = Seen.Last(live => live is not null)!;
            string state = now.Pins[output] == true ? "on" : now.Resting[output] ? "rests" : "off";
            bool?[] states = [.. Recent(columns).Select(live => live?.Pins[output])];
            yield return columns.Line("  GPIO" + pin, state, Sparkline.Of(states, IsPlain), Mark(scale.OffText.Length > 0 ? scale.Off : null, scale.OffText));
        }

        // The threshold as high as it is in the curve, which the eye can compare; its words where there is room.
        string Mark(double? threshold, string words) =>
            ((threshold is double at ? Sparkline.At(at, least, most, IsPlain) : ' ') + (columns.HasWords ? " " + (IsPlain ? words.Replace("≥", ">=", StringComparison.Ordinal).Replace("≤", "<=", StringComparison.Ordinal) : words) : "")).TrimEnd();
    }

    private double[] Values(Columns columns, Func<LiveValues, double> value) => [.. Recent(columns).Select(live => live is null ? double.NaN : value(live))];

    private IEnumerable<LiveValues?> Recent(Columns columns) => Seen.TakeLast(columns.Curve);

    private static (double Least, double Most) Span(double[] values, double[] others, double leastSpan)
    {
        double[] all = [.. values.Where(value => !double.IsNaN(value)), .. others];
        (double least, double most) = (all.Min(), all.Max());
        double missing = Math.Max(0, leastSpan - (most - least)) / 2;
        return (least - missing, most + missing);
    }

    /// <summary>Where what stands in a line.</summary>
    private sealed class Columns
    {
        private readonly int _name;
        private readonly int _value;

        internal Columns((string Name, string Value, string Remark)[] rows, int width)
        {
            HasWords = width >= WithWords;
            _name = Math.Clamp(rows.Max(row => row.Name.GetCellWidth()), 8, HasWords ? MostName : 10);
            _value = Math.Clamp(rows.Max(row => row.Value.GetCellWidth()), 8, MostText);
            Curve = Math.Clamp(width - _name - _value - 4 - (HasWords ? TextOfThreshold : 0), LeastValues, MostValues);
        }

        internal bool HasWords { get; }

        internal int Curve { get; }

        internal string Line(string name, string value, string curve, string mark)
        {
            (name, value) = (Cut(name, _name), Cut(value, _value));
            return $"{name}{Spaces(_name, name)} {Spaces(_value, value)}{value} {Spaces(Curve, curve)}{curve} {mark}".TrimEnd();
        }

        private static string Spaces(int width, string text) => new(' ', Math.Max(0, width - text.GetCellWidth()));
    }
}
