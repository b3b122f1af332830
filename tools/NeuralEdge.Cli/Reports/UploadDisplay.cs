using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Reports;

/// <summary>
/// The progress of an upload: a bar that moves in a terminal, a line for each quarter in a pipe, nothing when quiet.
/// </summary>
internal sealed class UploadDisplay : IProgress<UploadProgress>, IDisposable
{
    private const int BarWidth = 32;
    private static readonly TimeSpan SlowPeriod = TimeSpan.FromSeconds(1);
    private readonly bool _quiet;
    private readonly bool _live = !Console.IsOutputRedirected;
    private int _quarter = -1;
    private UploadPhase? _phase;
    private bool _open;
    private int _periods = -1;
    private string? _trouble;

    internal UploadDisplay(bool quiet) => _quiet = quiet;

    public void Report(UploadProgress value)
    {
        if (_quiet)
        {
            return;
        }

        if (value.Phase == UploadPhase.Sending)
        {
            if (_phase is null && value.Resumed > 0)
            {
                Console.Out.WriteLine(value.Resumed == value.Total
                    ? "The board still has this file; it is not sent again."
                    : $"An earlier upload of this model was cut off; going on from byte {value.Resumed} of {value.Total}.");
            }

            Sending(value);
        }
        else if (value is { Phase: UploadPhase.Waiting, Test: TestProgress test })
        {
            Waiting(test);
        }
        else if (value.Phase != _phase)
        {
            Close();
            string? line = value.Phase switch
            {
                UploadPhase.Testing => "The board checks the model and runs its golden vectors.",
                UploadPhase.Confirming => "The board confirms it.",
                _ => null,
            };
            if (line is not null)
            {
                Console.Out.WriteLine(line);
            }
        }

        _phase = value.Phase;
    }

    public void Dispose() => Close();

    private void Sending(UploadProgress value)
    {
        int percent = (int)(100L * value.Sent / value.Total);
        if (_live)
        {
            int filled = percent * BarWidth / 100;

            // Not through Spectre: it turns the carriage return into a new line.
            Console.Out.Write($"\rsending {new string('#', filled)}{new string('.', BarWidth - filled)} {percent,3}%  {value.Sent} of {value.Total} bytes ");
            _open = true;
        }
        else if (percent / 25 > _quarter)
        {
            _quarter = percent / 25;
            Console.Out.WriteLine($"sending {percent,3}%  {value.Sent} of {value.Total} bytes");
        }
    }

    private void Waiting(TestProgress test)
    {
        if (_phase != UploadPhase.Waiting)
        {
            Close();
            Console.Out.WriteLine($"The model runs in test; it is confirmed after {test.Needed} {test.Noun}s in a row on plausible inputs, in about {NumberText.Time(test.Expected)}.");
        }

        if (test.Trouble != _trouble && test.Trouble is not null)
        {
            Close();
            Console.Out.WriteLine($"Waiting: {test.Trouble}.");
        }

        if (test.Periods != _periods && (_live || test.Period >= SlowPeriod))
        {
            Console.Out.Write(_live ? $"\rin test {test.Periods,2} of {test.Needed} {test.Noun}s " : $"in test {test.Periods} of {test.Needed} {test.Noun}s{Environment.NewLine}");
            _open = _live;
        }

        _periods = test.Periods;
        _trouble = test.Trouble;
    }

    private void Close()
    {
        if (_open)
        {
            Console.Out.WriteLine();
            _open = false;
        }
    }
}
