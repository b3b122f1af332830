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
            string line = Line(value);
            Console.Out.Write("\r" + line.PadRight(Math.Max(line.Length, Widest)));
        }
    }

    public void Dispose()
    {
        if (!quiet && _latest is TrainingProgress progress)
        {
            Console.Out.WriteLine((_live ? "\r" : "") + Line(progress).PadRight(_live ? Widest : 0));
        }
    }

    private static string Line(TrainingProgress progress) => progress.Trying
        ?? $"training: epoch {progress.Epoch}, loss {Show.Measure(progress.TrainingLoss)}, on held-back rows {Show.Measure(progress.ValidationLoss)}";
}
