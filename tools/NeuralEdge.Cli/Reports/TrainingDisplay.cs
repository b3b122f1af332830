using NeuralEdge.Cli.Output;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Cli.Reports;

/// <summary>The progress of training: one line that changes in a terminal, one at the end in a pipe.</summary>
internal sealed class TrainingDisplay : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly bool _quiet;
    private readonly bool _live = !Console.IsOutputRedirected;
    private long _last;
    private TrainingProgress? _latest;

    internal TrainingDisplay(bool quiet) => _quiet = quiet;

    internal void Report(TrainingProgress progress)
    {
        _latest = progress;
        if (!_quiet && _live && System.Diagnostics.Stopwatch.GetElapsedTime(_last) > Interval)
        {
            _last = System.Diagnostics.Stopwatch.GetTimestamp();
            Console.Out.Write("\r" + Line(progress) + "  ");
        }
    }

    public void Dispose()
    {
        if (!_quiet && _latest is TrainingProgress progress)
        {
            string end = progress.Epoch < progress.Epochs ? "; more did not help" : "; as many as a network and a table of these sizes get";
            Console.Out.WriteLine((_live ? "\r" : "") + Line(progress) + end);
        }
    }

    private static string Line(TrainingProgress progress) =>
        $"training: epoch {progress.Epoch}, loss {Show.Measure(progress.TrainingLoss)}, on held-back rows {Show.Measure(progress.ValidationLoss)}";
}
