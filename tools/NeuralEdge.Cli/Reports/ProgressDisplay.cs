using System.Diagnostics;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Cli.Reports;

/// <summary>
/// The progress of what takes more than a second: one line on standard error that changes in a terminal and goes at the end, nothing
/// in a pipe or when quiet.
/// </summary>
internal sealed class ProgressDisplay(bool quiet) : IProgress<ConversionProgress>, IProgress<TrainingProgress>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly bool _live = !quiet && !Console.IsErrorRedirected;
    private readonly Lock _gate = new();
    private long _first;
    private long _last;
    private int _length;

    /// <summary>Several threads may report.</summary>
    public void Report(ConversionProgress value) => Show($"{value.Stage}: {Percent(value.Share)} %");

    /// <summary>The same of a training.</summary>
    public void Report(TrainingProgress value) => Show(Line(value));

    /// <summary>What is shown of a training.</summary>
    internal static string Line(TrainingProgress value) => value.Trying ?? $"training on all of them: {Percent((double)value.Epoch / value.Epochs)} %, epoch {value.Epoch}";

    /// <summary>Takes the line away, so that others can be written.</summary>
    internal void Clear()
    {
        lock (_gate)
        {
            if (_length > 0)
            {
                Console.Error.Write("\r" + new string(' ', _length) + "\r");
                _length = 0;
            }
        }
    }

    public void Dispose() => Clear();

    private static int Percent(double share) => (int)(100 * share);

    private void Show(string text)
    {
        if (!_live)
        {
            return;
        }

        lock (_gate)
        {
            _first = _first == 0 ? Stopwatch.GetTimestamp() : _first;
            if (Stopwatch.GetElapsedTime(_first) > Patience && Stopwatch.GetElapsedTime(_last) > Interval)
            {
                _last = Stopwatch.GetTimestamp();

                // A line that goes on in the next one could not be written over.
                string line = text.Length < Screen.Width ? text : text[..(Screen.Width - 1)];
                Console.Error.Write("\r" + line.PadRight(_length));
                _length = Math.Max(_length, line.Length);
            }
        }
    }
}
