using NeuralEdge.Cli.Output;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Cli.Reports;

/// <summary>The progress of training: one line that changes in a terminal, one at the end in a pipe, nothing when quiet.</summary>
internal sealed class TrainingDisplay(bool quiet) : IProgress<TrainingProgress>, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    // A line must not show through the next one.
    private const int Widest = 76;

    private readonly bool _live = !Console.IsOutputRedirected;
    private long _last;
    private TrainingProgress? _latest;

    public void Report(TrainingProgress value)
    {
        _latest = value;
        if (!quiet && _live && System.Diagnostics.Stopwatch.GetElapsedTime(_last) > Interval)
        {
            _last = System.Diagnostics.Stopwatch.GetTimestamp();
            Console.Out.Write("\r" + OneLine(value));
        }
    }

    public void Dispose()
    {
        if (!quiet && _latest is TrainingProgress progress)
        {
            Console.Out.WriteLine(_live ? "\r" + OneLine(progress) : Line(progress));
        }
    }

    // A line that goes on in the next one could not be written over.
    private static string OneLine(TrainingProgress progress)
    {
        string line = Line(progress);
        int most = Screen.Width - 1;
        return line.Length > most ? line[..most] : line.PadRight(Math.Min(most, Widest));
    }

    private static string Line(TrainingProgress progress) => progress.Trying
        ?? $"training: epoch {progress.Epoch}, loss {Show.Small(progress.TrainingLoss)}, on held-back rows {Show.Small(progress.ValidationLoss)}";
}
