using System.Diagnostics;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Text;
using Spectre.Console;

namespace NeuralEdge.Cli.Sessions;

/// <summary>
/// What a person sees while a recording goes on: what to do now, how many rows each label has, what each channel gives, and what is wrong
/// with it. A table that changes in a terminal, lines elsewhere; the same figures.
/// </summary>
/// <param name="labels">All that is recorded.</param>
/// <param name="isQuiet">True for nothing at all.</param>
internal sealed class RecordingDisplay(IReadOnlyList<LabelTally> labels, bool isQuiet) : IRecordingDisplay
{
    private static readonly TimeSpan Redrawn = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Repeated = TimeSpan.FromSeconds(10);

    private readonly bool _isLive = !isQuiet && !Console.IsOutputRedirected;
    private LiveDisplayContext? _live;
    private long _shown = Stopwatch.GetTimestamp();
    private string _board = "";

    /// <summary>Shows while something is done.</summary>
    internal void While(Action work)
    {
        if (!_isLive)
        {
            work();
            return;
        }

        StandardStreams.Styled.Live(new Table()).Start(context =>
        {
            _live = context;
            work();
        });
        _live = null;
    }

    /// <inheritdoc/>
    public void Begin(LabelTally label, TimeSpan countdown)
    {
        if (countdown > TimeSpan.Zero)
        {
            Line($"{Todo(label)}: recording begins in {NumberText.Time(countdown)}.");
        }
        else if (labels.Count > 1)
        {
            Line($"{Todo(label)}: recording.");
        }
    }

    /// <inheritdoc/>
    public void CountDown(LabelTally label, TimeSpan left)
    {
        if (_live is not null && Stopwatch.GetElapsedTime(_shown) > Redrawn)
        {
            Draw(label, $"{Todo(label)}: begins in {Math.Ceiling(left.TotalSeconds)} s");
        }
    }

    /// <inheritdoc/>
    public void Progress(LabelTally label, long missing)
    {
        TimeSpan since = Stopwatch.GetElapsedTime(_shown);
        string title = $"{label.Title}: {label.Rows} of {NumberText.Count(label.Wanted, "row")}{(missing > 0 ? $", {missing} left out" : "")}";
        if (_live is not null && (since > Redrawn || label.Rows == label.Wanted))
        {
            Draw(label, title);
        }
        else if (_live is null && since > Repeated)
        {
            Line($"{title}; {Channels(label)}.");
        }
    }

    /// <inheritdoc/>
    public void End(LabelTally label)
    {
        Line($"{label.Title}: {NumberText.Count(label.Rows, "row")}; {Channels(label)}.");
    }

    /// <inheritdoc/>
    public void Board(string? why, int rows)
    {
        _board = why is null ? "" : "the board is gone: waiting for it";
        Line(why is null
            ? "The board is back; the times of the rows show how long it was gone."
            : $"{why.TrimEnd('.')}. {NumberText.Count(rows, "row")} are kept; waiting for the board, Ctrl+C ends it.");
        if (_live is not null)
        {
            Draw(labels.LastOrDefault(l => l.Rows > 0) ?? labels[0], _board);
        }
    }

    private static string Todo(LabelTally label) => label.Label is null ? "Now" : $"Now {label.Label}";

    private static string Channels(LabelTally label) => string.Join("; ", label.Channels.Select(c =>
        $"{c.Column.Name} {c.Shown(c.Least)} to {c.Shown(c.Most)}, now {c.Shown(c.Last)}{(c.Warning.Length > 0 ? $", {c.Warning}" : "")}"));

    private void Line(string text)
    {
        if (!isQuiet && _live is null)
        {
            Console.Out.WriteLine(text);
            _shown = Stopwatch.GetTimestamp();
        }
    }

    private void Draw(LabelTally label, string title)
    {
        Table table = new Table().Title(Markup.Escape(title)).AddColumns("", "now", "least", "most", "");
        foreach (ChannelTally c in label.Channels)
        {
            bool any = label.Rows > 0;
            table.AddRow(Markup.Escape(c.Column.Name), c.Shown(c.Last), any ? c.Shown(c.Least) : "", any ? c.Shown(c.Most) : "", Markup.Escape(c.Warning));
        }

        table.Caption(Markup.Escape(string.Join(", ", labels.Select(l => $"{l.Title} {l.Rows}")) + (_board.Length > 0 ? $"; {_board}" : "")));
        _live!.UpdateTarget(table);
        _shown = Stopwatch.GetTimestamp();
    }
}
