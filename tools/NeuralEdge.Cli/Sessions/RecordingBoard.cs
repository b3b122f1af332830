using NeuralEdge.Board.Link;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Sessions;

/// <summary>A board before it is recorded from: what it allows, and what its model says when nobody else does.</summary>
internal sealed class RecordingBoard : IDisposable
{
    private BoardLink? _link;

    /// <summary>Asks the board.</summary>
    /// <param name="link">The board.</param>
    /// <param name="columns">What is to be recorded; null: what its model is wired to.</param>
    /// <param name="file">The board file that says so; null for none.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="InputRefusedException">The board does not allow a channel, or has no model to say one.</exception>
    /// <exception cref="BoardLinkException">The board fails.</exception>
    internal RecordingBoard(BoardLink link, RecordedColumn[]? columns, BoardFile? file, CancellationToken cancellation)
    {
        _link = link;
        try
        {
            BoardReport report = link.Info(cancellation);
            file?.RequireChip(new BoardWiring($"the board at {link.Port}", report.Limits.OutputPins, report.Limits.ActiveLowPins, report.Chip));
            PeriodMs = report.PeriodMs > 0
                ? report.PeriodMs
                : throw new BoardLinkException($"The board at {link.Port} says {report.PeriodMs} ms as its period: restart it and try again.");
            Columns = columns ?? OfModel(link, report, cancellation);
            Check(report.Limits.AdcChannels, report.Limits.Sensors);
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    internal RecordedColumn[] Columns { get; }

    /// <summary>Milliseconds from one inference of the board to the next.</summary>
    internal int PeriodMs { get; }

    /// <summary>The link, which from now on belongs to the caller.</summary>
    internal BoardLink Release()
    {
        BoardLink link = _link!;
        _link = null;
        return link;
    }

    public void Dispose() => _link?.Dispose();

    private static RecordedColumn[] OfModel(BoardLink link, BoardReport report, CancellationToken cancellation) => report.ModelLength > 0
        ? RecordedColumn.Of(BoardSession.ReadModel(link, cancellation), report.State == ModelState.Factory)
        : throw new InputRefusedException("The board runs no model, so it does not say what to record: give --channels 0,3 or --board BOARD.json.");

    private void Check(int allowed, int sensors)
    {
        if (Columns.Length > LinkProtocol.MaxCounts)
        {
            throw new InputRefusedException($"{Columns.Length} channels are more than the {LinkProtocol.MaxCounts} that can be recorded at once; record fewer.");
        }

        if (Array.Find(Columns, c => c.Source.Sensor >= sensors) is RecordedColumn absent)
        {
            throw new InputRefusedException($"The board has no sensor {absent.Source.Sensor}; {(sensors == 0 ? "none is switched on in its Settings.cs" : $"it has {string.Join(", ", Enumerable.Range(0, sensors))}")}.");
        }

        if (Array.Find(Columns, c => c.Source.Sensor is null && (c.Source.Channel > 31 || (allowed >> c.Source.Channel & 1) == 0)) is RecordedColumn refused)
        {
            throw new InputRefusedException($"The board does not allow ADC channel {refused.Source.Channel}; it has {string.Join(", ", Enumerable.Range(0, 32).Where(c => (allowed >> c & 1) != 0))}.");
        }
    }
}
