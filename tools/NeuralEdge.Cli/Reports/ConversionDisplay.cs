using System.Diagnostics;
using NeuralEdge.Conversion;

namespace NeuralEdge.Cli.Reports;

/// <summary>
/// The progress of a conversion that takes more than a second: one line that changes in a terminal and goes at the end, nothing in a
/// pipe or when quiet.
/// </summary>
internal sealed class ConversionDisplay(bool quiet) : IProgress<ConversionProgress>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly bool _live = !quiet && !Console.IsErrorRedirected;
    private readonly Lock _gate = new();
    private long _first;
    private long _last;
    private int _length;

    /// <summary>Several threads may report.</summary>
    public void Report(ConversionProgress value)
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
                string line = $"{value.Stage}: {(int)(100 * value.Share)} %";
                Console.Error.Write("\r" + line.PadRight(_length));
                _length = Math.Max(_length, line.Length);
            }
        }
    }

    public void Dispose()
    {
        if (_length > 0)
        {
            Console.Error.Write("\r" + new string(' ', _length) + "\r");
        }
    }
}
