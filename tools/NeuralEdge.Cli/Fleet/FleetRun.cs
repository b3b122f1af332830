using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;
using NeuralEdge.Simulator;

namespace NeuralEdge.Cli.Fleet;

/// <summary>Does the same work at many boards, several at a time, with a line for each as it ends; one that fails keeps no other from it.</summary>
internal sealed class FleetRun
{
    private readonly FleetBoard[] _boards;
    private readonly Func<FleetBoard, CancellationToken, (string Text, object? Document)> _work;
    private readonly FleetOutcome?[] _outcomes;
    private readonly bool _quiet;
    private readonly CancellationToken _cancellation;
    private readonly object _gate = new();
    private int _ended;

    /// <summary>Prepares the work; <see cref="Run"/> does it.</summary>
    /// <param name="boards">The boards.</param>
    /// <param name="work">What is done at one; says what came of it, or throws why not.</param>
    /// <param name="quiet">No lines.</param>
    /// <param name="cancellation">Ends it; what is under way stops, what has not begun is not tried.</param>
    internal FleetRun(FleetBoard[] boards, Func<FleetBoard, CancellationToken, (string Text, object? Document)> work, bool quiet, CancellationToken cancellation)
    {
        _boards = boards;
        _work = work;
        _outcomes = new FleetOutcome?[boards.Length];
        _quiet = quiet;
        _cancellation = cancellation;
    }

    /// <summary>Does it.</summary>
    /// <param name="canaries">How many of the first boards go before all others, one after the other: if one fails, no other is tried.</param>
    /// <param name="parallel">At how many boards at a time.</param>
    /// <returns>What became of each board, in the order of the file.</returns>
    internal FleetOutcome[] Run(int canaries, int parallel)
    {
        int next = 0;
        while (next < Math.Min(canaries, _boards.Length))
        {
            Do(next);
            if (_outcomes[next++]!.State != FleetState.Done)
            {
                string why = _cancellation.IsCancellationRequested ? "stopped before it" : $"not tried, because {_boards[next - 1].Port} failed";
                for (; next < _boards.Length; next++)
                {
                    End(next, new FleetOutcome(_boards[next], FleetState.NotTried, why));
                }
            }
        }

        // Threads of its own: each waits for a line most of the time, and the pool would grow too slowly for that.
        next--;
        Thread[] workers = new Thread[Math.Clamp(_boards.Length - next - 1, 0, parallel)];
        for (int i = 0; i < workers.Length; i++)
        {
            workers[i] = new Thread(() =>
            {
                for (int at = Interlocked.Increment(ref next); at < _boards.Length; at = Interlocked.Increment(ref next))
                {
                    Do(at);
                }
            }) { IsBackground = true, Name = "board" };
            workers[i].Start();
        }

        Array.ForEach(workers, worker => worker.Join());
        return [.. _outcomes.Select(outcome => outcome!)];
    }

    private void Do(int at)
    {
        FleetBoard board = _boards[at];
        FleetOutcome outcome;
        try
        {
            _cancellation.ThrowIfCancellationRequested();
            (string text, object? document) = _work(board, _cancellation);
            outcome = new FleetOutcome(board, FleetState.Done, text, document);
        }
        catch (OperationCanceledException)
        {
            outcome = new FleetOutcome(board, FleetState.NotTried, "stopped before it was finished");
        }
        catch (Exception e) when (e is BoardLinkException or InputRefusedException or SimulatorException)
        {
            outcome = new FleetOutcome(board, FleetState.Failed, e.Message);
        }
        catch (Exception e)
        {
            outcome = new FleetOutcome(board, FleetState.Failed, $"failed in a way nobody foresaw ({e.GetType().Name}: {e.Message})");
        }

        End(at, outcome with { Text = Harmless.Line(outcome.Text) });
    }

    private void End(int at, FleetOutcome outcome)
    {
        lock (_gate)
        {
            _outcomes[at] = outcome;
            _ended++;
            if (!_quiet)
            {
                string word = outcome.State switch { FleetState.Done => "ok", FleetState.Failed => "FAILED", _ => "-" };
                Console.Out.WriteLine($"{_ended}/{_boards.Length} {outcome.Board.Port}  {word}  {outcome.Text}");
                Console.Out.Flush();
            }
        }
    }
}
