using System.Globalization;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Disk;
using NeuralEdge.Host.Recordings;

namespace NeuralEdge.Cli.Sessions;

/// <summary>Records one label after the other: counts down, then puts row after row in the file.</summary>
/// <param name="source">The board.</param>
/// <param name="file">The table.</param>
/// <param name="display">Who is told.</param>
/// <param name="labels">What is recorded, in order.</param>
/// <param name="countdown">Time before each label, to get there.</param>
internal sealed class Recording(CountSource source, RecordingFile file, IRecordingDisplay display, IReadOnlyList<LabelTally> labels, TimeSpan countdown)
{
    /// <summary>True when somebody ended it before every label had its rows.</summary>
    internal bool IsStopped { get; private set; }

    /// <summary>Records until every label has its rows, or somebody ends it; the rows are on the disk then.</summary>
    /// <exception cref="Host.BoardLinkException">The board is gone for good; the rows stay.</exception>
    /// <exception cref="Conversion.InputRefusedException">The disk is full; the rows stay.</exception>
    /// <exception cref="OperationCanceledException">Ended before the first row.</exception>
    internal void Run()
    {
        source.Idle = file.KeepInTime;
        source.Told = why =>
        {
            file.Keep();
            display.Board(why, file.Rows);
        };
        try
        {
            foreach (LabelTally label in labels)
            {
                CountDown(label);
                while (label.Rows < label.Wanted)
                {
                    RecordedRow row = source.Next();
                    file.Add(Line(row, label));
                    label.Add(row);
                    display.Progress(label, source.Missing);
                }

                display.End(label);
            }
        }
        catch (OperationCanceledException) when (file.Rows > 0)
        {
            IsStopped = true;
        }

        file.Keep();
    }

    private static string Line(RecordedRow row, LabelTally label)
    {
        IEnumerable<string> cells = label.Channels.Zip(row.Counts, (channel, count) => channel.Text(count));
        return string.Join(',', [row.Ms.ToString(CultureInfo.InvariantCulture), .. cells, .. label.Label is null ? Array.Empty<string>() : [CsvText.Quote(label.Label)]]);
    }

    /// <summary>Lets rows go by, which are shown, until it is time.</summary>
    private void CountDown(LabelTally label)
    {
        display.Begin(label, countdown);
        long? start = null;
        while (countdown > TimeSpan.Zero)
        {
            RecordedRow row = source.Next();
            start ??= row.Ms;
            TimeSpan left = countdown - TimeSpan.FromMilliseconds(row.Ms - start.Value);
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            label.See(row);
            display.CountDown(label, left);
            file.KeepInTime();
        }
    }
}
