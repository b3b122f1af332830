using System.Globalization;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Cli.Sessions;

/// <summary>What a channel has given while one label was recorded.</summary>
/// <param name="column">The column.</param>
internal sealed class ChannelTally(RecordedColumn column)
{
    private const double FullScale = 4095;

    // A sensor at rest may give the same mean of conversions some times in a row; not for so long.
    private const int StuckRows = 20;

    private int _rows;
    private int _lowEnd;
    private int _highEnd;

    internal RecordedColumn Column => column;

    /// <summary>Counts: the last, the least and the most.</summary>
    internal double Last { get; private set; } = double.NaN;

    internal double Least { get; private set; } = double.PositiveInfinity;

    internal double Most { get; private set; } = double.NegativeInfinity;

    /// <summary>True when it has given one count and no other.</summary>
    internal bool IsStuck => _rows >= StuckRows && Least == Most;

    /// <summary>Rows in which it was at an end of the ADC's range, where the sensor says nothing and a board takes it for a broken wire.</summary>
    internal int AtEnd => _lowEnd + _highEnd;

    /// <summary>What a person should look after; empty for nothing.</summary>
    internal string Warning => IsStuck ? $"stuck at {Shown(Last)}"
        : AtEnd > 0 ? $"at {(_highEnd == 0 ? "0" : _lowEnd == 0 ? "4095" : "0 or 4095")} in {AtEnd} of {NumberText.Count(_rows, "row")}"
        : "";

    /// <summary>A count as the value that is recorded.</summary>
    internal string Text(double count) => Output.Show.Value(column.ToValue(count));

    /// <summary>A count as a person reads it.</summary>
    internal string Shown(double count) => column.ToValue(count).ToString("G5", CultureInfo.InvariantCulture);

    internal void Add(double count)
    {
        _rows++;
        See(count);
        Least = Math.Min(Least, count);
        Most = Math.Max(Most, count);
        _lowEnd += column.Source.Sensor is null && count <= 0 ? 1 : 0;
        _highEnd += column.Source.Sensor is null && count >= FullScale ? 1 : 0;
    }

    /// <summary>Takes a count for the present only.</summary>
    internal void See(double count) => Last = count;
}
