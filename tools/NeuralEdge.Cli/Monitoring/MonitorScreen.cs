using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Host;
using Spectre.Console;

namespace NeuralEdge.Cli.Monitoring;

/// <summary>
/// A picture of a board that is drawn anew in its place, and the keys that hold and end it. The board is listened to all the time, also
/// while the picture stands still: nothing that was to be written is missing afterwards.
/// </summary>
internal sealed class MonitorScreen
{
    private static readonly TimeSpan Redrawn = TimeSpan.FromMilliseconds(100);

    private readonly List<LiveValues?> _seen = [];
    private volatile MonitorView? _now;
    private volatile string _note = "";
    private volatile bool _isPaused;
    private volatile bool _ends;

    /// <summary>True at a terminal whose cursor can be moved.</summary>
    internal static bool IsPossible => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;

    /// <summary>Takes a sentence about the board, which stands in the picture until there is another one.</summary>
    internal void Tell(string sentence) => _note = Conversion.Text.Harmless.Line(sentence);

    /// <summary>Shows a board until somebody ends it.</summary>
    /// <param name="session">The board.</param>
    /// <param name="limit">How many inferences.</param>
    /// <param name="take">Gets all of them.</param>
    /// <param name="cancellation">Ends it.</param>
    internal void Show(LiveSession session, int limit, Action<LiveValues> take, CancellationToken cancellation)
    {
        if (!Console.IsInputRedirected)
        {
            new Thread(ReadKeys) { IsBackground = true }.Start();
        }

        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task reading = Task.Run(() => Read(session, limit, take, ended.Token), CancellationToken.None);
        StandardStreams.Styled.Live(Text.Empty).Start(context =>
        {
            MonitorView? held = null;
            for (bool isLast = false; !isLast;)
            {
                // The last values as well, when the count is reached.
                isLast = Task.WaitAny([reading], Redrawn) == 0;
                held = _isPaused && !isLast ? held ?? _now : null;
                if ((held ?? _now) is MonitorView view)
                {
                    Draw(context, view with { Note = _note, IsPaused = held is not null });
                }

                if (_ends || StandardStreams.IsLost)
                {
                    ended.Cancel();
                }
            }
        });
        reading.GetAwaiter().GetResult();
    }

    private static void Draw(LiveDisplayContext context, MonitorView view)
    {
        // A terminal may begin a new line behind its last column.
        Profile terminal = AnsiConsole.Profile;
        context.UpdateTarget(new Text(string.Join('\n', view.Lines(terminal.Width - 1, terminal.Height - 1))));
    }

    private void Read(LiveSession session, int limit, Action<LiveValues> take, CancellationToken cancellation)
    {
        Conversion.Files.ModelFile? model = null;
        for (int n = 0; n < limit; n++)
        {
            LiveValues live = session.Next(cancellation);
            take(live);
            if (!ReferenceEquals(model, session.Model) && model?.Model.Digest != session.Model.Model.Digest)
            {
                // Curves of another model are of other things.
                _seen.Clear();
            }
            else if (_seen.Count > 0 && _seen[^1] is LiveValues before && live.UptimeMs < before.UptimeMs)
            {
                _seen.Add(null);
            }

            model = session.Model;
            _seen.Add(live);
            _seen.RemoveRange(0, Math.Max(0, _seen.Count - MonitorView.MostValues));
            _now = new MonitorView(model, [.. _seen], session.Report.Called)
            {
                Doubts = [.. LiveText.Doubts(session.Report, live)],
                Timing = $"period {session.Report.PeriodMs} ms; {session.Report.LatePeriods} late since the start{(model.Called is string called ? $"; {called}" : "")}",
                IsPlain = !AnsiConsole.Profile.Capabilities.Unicode,
            };
        }
    }

    /// <summary>Waits for keys in a thread of its own: only while somebody waits for one does the terminal not show it.</summary>
    private void ReadKeys()
    {
        try
        {
            while (!_ends)
            {
                switch (Console.ReadKey(intercept: true).Key)
                {
                    case ConsoleKey.P or ConsoleKey.Spacebar:
                        _isPaused = !_isPaused;
                        break;
                    case ConsoleKey.Q or ConsoleKey.Escape:
                        _ends = true;
                        break;
                }
            }
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            // The terminal is gone, or there never was a keyboard: Ctrl+C ends it as well.
        }
    }
}
