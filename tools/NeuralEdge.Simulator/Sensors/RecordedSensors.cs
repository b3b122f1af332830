#nullable enable
using System.Globalization;
using NeuralEdge.Board.Chips;
using NeuralEdge.Models;

namespace NeuralEdge.Simulator.Sensors;

/// <summary>
/// Sensors that repeat a table of recorded values: each row holds for a fixed time, and after the last row comes the
/// first, or the last stays.
/// </summary>
public sealed class RecordedSensors : ISensors
{
    /// <summary>The column of times that a recording has.</summary>
    public const string TimeColumn = "ms";

    private readonly double[][] _counts = new double[20][];
    private readonly double[][] _values = new double[InputBinding.MaxSensors][];
    private readonly int _rows;
    private readonly TimeSpan _rowTime;
    private readonly bool _loop;

    /// <summary>Makes sensors of a table.</summary>
    /// <param name="names">Names of the columns.</param>
    /// <param name="rows">Values, one array for each row.</param>
    /// <param name="columns">Which columns are sensors and how. Other columns are ignored.</param>
    /// <param name="rowTime">How long a row holds.</param>
    /// <param name="loop">Whether the first row follows the last.</param>
    /// <exception cref="ArgumentException">A sentence: no rows, a column is missing, or a channel does not exist or is taken twice.</exception>
    public RecordedSensors(IReadOnlyList<string> names, IReadOnlyList<double[]> rows, IEnumerable<SensorColumn> columns, TimeSpan rowTime, bool loop)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(rowTime, TimeSpan.Zero);
        if (rows.Count == 0)
        {
            throw new ArgumentException("The sensor table has no rows; record or write at least one.");
        }

        _rows = rows.Count;
        _rowTime = rowTime;
        _loop = loop;
        foreach (SensorColumn column in columns)
        {
            int index = Find(names, column.Name);
            if (index < 0)
            {
                throw new ArgumentException($"The sensor table has no column '{column.Name}'; it has {string.Join(", ", names)}.");
            }

            double[][] places = column.IsSensor ? _values : _counts;
            if (column.Channel < 0 || column.Channel >= places.Length || places[column.Channel] != null)
            {
                throw new ArgumentException($"Column '{column.Name}' cannot use {(column.IsSensor ? "sensor" : "ADC channel")} {column.Channel}: there is none, or another column has it.");
            }

            places[column.Channel] = rows.Select(row => (row[index] - column.Offset) / column.Scale).ToArray();
        }
    }

    /// <summary>
    /// The mapping for tables nobody has described: a column named adc6 is channel 6, one named sensor0 sensor 0; the other columns, in order, take
    /// the channels of ADC1 that a sensor can be at. Values are counts. The times of a recording are no sensor.
    /// </summary>
    /// <param name="names">Names of the columns that hold numbers.</param>
    /// <param name="chip">The board's chip; null for the classic ESP32.</param>
    /// <returns>The columns that fit on channels; further ones are left out.</returns>
    public static IReadOnlyList<SensorColumn> MapByName(IEnumerable<string> names, Board.Chips.Chip? chip = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        List<SensorColumn> columns = [];
        List<string> others = [];
        foreach (string name in names)
        {
            if (NumberBehind(name, "adc") is int channel)
            {
                columns.Add(new SensorColumn(name, channel));
            }
            else if (NumberBehind(name, "sensor") is int sensor)
            {
                columns.Add(new SensorColumn(name, sensor, IsSensor: true));
            }
            else if (name != TimeColumn)
            {
                others.Add(name);
            }
        }

        Board.Chips.Chip row = chip ?? ChipTable.Find(ChipTable.Classic);
        IEnumerable<int> free = Enumerable.Range(0, PinList.Expand(row.Adc).Length).Where(channel => row.WhyNotAdc(channel) is null && columns.All(column => column.IsSensor || column.Channel != channel));
        columns.AddRange(others.Zip(free, (name, channel) => new SensorColumn(name, channel)));
        return columns;
    }

    /// <inheritdoc/>
    public double ReadCount(int channel, TimeSpan at)
    {
        double[]? counts = channel < _counts.Length ? _counts[channel] : null;
        return counts == null ? double.NaN : counts[RowAt(at)];
    }

    /// <inheritdoc/>
    public int SensorCount => Array.FindLastIndex(_values, values => values != null) + 1;

    /// <inheritdoc/>
    public double ReadSensor(int sensor, TimeSpan at) => _values[sensor] is { } values ? values[RowAt(at)] : double.NaN;

    /// <summary>Which row holds at a time.</summary>
    /// <param name="at">Time since the board was first powered.</param>
    /// <returns>Index of the row.</returns>
    public int RowAt(TimeSpan at)
    {
        long row = at.Ticks / _rowTime.Ticks;
        return (int)(_loop ? row % _rows : Math.Min(row, _rows - 1));
    }

    /// <inheritdoc/>
    public void PinChanged(PinEvent change)
    {
    }

    private static int? NumberBehind(string name, string word) =>
        name.StartsWith(word, StringComparison.OrdinalIgnoreCase) && int.TryParse(name.AsSpan(word.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;

    private static int Find(IReadOnlyList<string> names, string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }
}
