using NeuralEdge.Cli.Output;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Cli.Reports;

/// <summary>The progress of training: one line that changes in a terminal, one at the end in a pipe, nothing when quiet.</summary>
internal sealed class TrainingDisplay(bool quiet) : IProgress<TrainingProgress>, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly bool _live = !Console.IsOutputRedirected;
    private long _last;
    private TrainingProgress? _latest;

    public void Report(TrainingProgress value)
    {
        _latest = value;
        if (!quiet && _live && System.Diagnostics.Stopwatch.GetElapsedTime(_last) > Interval)
        {
            _last = System.Diagnostics.Stopwatch.GetTimestamp();
            Console.Out.Write("\r" + Line(value) + "  ");
        }
    }

    public void Dispose()
    {
        if (!quiet && _latest is TrainingProgress progress)
        {
            string end = progress.Epoch < progress.Epochs ? "; more did not help" : "; as many as a network and a table of these sizes get";
            Console.Out.WriteLine((_live ? "\r" : "") + Line(progress) + end);
        }
    }

    private static string Line(TrainingProgress progress) =>
        $"training: epoch {progress.Epoch}, loss {Show.Measure(progress.TrainingLoss)}, on held-back rows {Show.Measure(progress.ValidationLoss)}";
}
