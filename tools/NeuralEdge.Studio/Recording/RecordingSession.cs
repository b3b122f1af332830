using System.Globalization;
using System.Text;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Disk;
using NeuralEdge.Host.Recordings;
using NeuralEdge.Learning.Data;
using NeuralEdge.Simulator.Sensors;
using NeuralEdge.Studio.Boards;

namespace NeuralEdge.Studio.Recording;

/// <summary>
/// A table of rows with labels that can be changed and undone, and that is on the disk within a second whatever happens: in the format
/// that <c>record</c> writes and <c>train</c> reads. There is no file before the first row.
/// </summary>
/// <remarks>Safe from any thread.</remarks>
public sealed class RecordingSession : IDisposable
{
    /// <summary>Rows that a plot of the session shows; further ones push the first out of the picture, not out of the file.</summary>
    public const int MostShown = 60_000;

    private const int MostUndo = 20;
    private const int RowMs = 100;

    private readonly object _gate = new();
    private readonly Stack<SessionRow[]> _before = new();
    private readonly List<string> _labels = [];
    private List<SessionRow> _rows = [];
    private RecordingFile? _file;

    private RecordingSession(string path, IReadOnlyList<string> columns)
    {
        Path = path;
        Columns = columns;
        Shown = new RowRing(columns, MostShown);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Its name without folder and ending.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The columns besides time and label.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows for a plot, whose time is the number of the row; another ring after each change.</summary>
    public RowRing Shown { get; private set; }

    /// <summary>How many rows there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _rows.Count;
            }
        }
    }

    /// <summary>The time of the last row; null before the first.</summary>
    public long? LastMs
    {
        get
        {
            lock (_gate)
            {
                return _rows.Count == 0 ? null : _rows[^1].Ms;
            }
        }
    }

    /// <summary>Whether there is a change to take back.</summary>
    public bool CanUndo => _before.Count > 0;

    /// <summary>Begins a session; the file comes with its first row.</summary>
    /// <param name="path">The file, which must not exist.</param>
    /// <param name="columns">Its columns besides time and label.</param>
    /// <exception cref="InputRefusedException">There is such a file.</exception>
    public static RecordingSession Begin(string path, IReadOnlyList<string> columns) => File.Exists(path)
        ? throw new InputRefusedException($"There is a session {System.IO.Path.GetFileName(path)} already; give it another name, or open that one.")
        : new RecordingSession(path, columns);

    /// <summary>Opens a session, to look at it and to add to it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputRefusedException">It is no table with times, numbers and labels.</exception>
    public static RecordingSession Open(string path)
    {
        Table table = Table.Read(path);
        if (!table.Has(RecordedSensors.TimeColumn) || !table.Has(TableFiles.DefaultLabelColumn))
        {
            throw new InputRefusedException($"{path} has no columns \"{RecordedSensors.TimeColumn}\" and \"{TableFiles.DefaultLabelColumn}\", so it is no session; import it instead.");
        }

        RecordingSession session = Of(path, table);
        return session;
    }

    /// <summary>Makes a session of any table with labels, such as one that another program wrote, and writes it to the disk.</summary>
    /// <param name="path">The file of the session, which must not exist.</param>
    /// <param name="table">The table; without times each row counts for 100 ms.</param>
    /// <exception cref="InputRefusedException">It has no column of labels, a cell is no number, or there is such a session.</exception>
    public static RecordingSession Import(string path, Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        using RecordingSession trial = Begin(path, []);
        RecordingSession session = Of(path, table);
        session.Rewrite();
        return session;
    }

    /// <summary>The session as a file, byte for byte as it is on the disk.</summary>
    public byte[] ToCsv()
    {
        lock (_gate)
        {
            StringBuilder text = new(string.Join(',', Header().Select(CsvText.Quote)) + "\n");
            _rows.ForEach(row => text.Append(Line(row)).Append('\n'));
            return Encoding.UTF8.GetBytes(text.ToString());
        }
    }

    /// <summary>The labels in their order, with how many rows each has.</summary>
    public IReadOnlyList<(string Label, int Rows)> Labels()
    {
        lock (_gate)
        {
            Dictionary<string, int> counts = _rows.CountBy(row => row.Label).ToDictionary();
            return [.. _labels.Select(label => (label, counts.GetValueOrDefault(label)))];
        }
    }

    /// <summary>Adds a label, to be recorded.</summary>
    /// <param name="label">Its name.</param>
    /// <exception cref="InputRefusedException">It is empty, or stands for no value in a table.</exception>
    public void AddLabel(string label)
    {
        string name = RequireLabel(label);
        lock (_gate)
        {
            Know(name);
        }
    }

    /// <summary>Takes a label without rows away.</summary>
    /// <param name="label">The label.</param>
    public void RemoveLabel(string label)
    {
        lock (_gate)
        {
            if (!_rows.Exists(row => row.Label == label))
            {
                _labels.Remove(label);
            }
        }
    }

    /// <summary>The stretches of one label each, in order.</summary>
    public IReadOnlyList<SessionStretch> Stretches()
    {
        lock (_gate)
        {
            List<SessionStretch> stretches = [];
            for (int r = 0; r < _rows.Count; r++)
            {
                if (stretches.Count > 0 && stretches[^1].Label == _rows[r].Label)
                {
                    stretches[^1] = stretches[^1] with { To = r + 1 };
                }
                else
                {
                    stretches.Add(new SessionStretch(r, r + 1, _rows[r].Label));
                }
            }

            return stretches;
        }
    }

    /// <summary>Adds a row.</summary>
    /// <param name="ms">Its time, above that of the row before.</param>
    /// <param name="values">A value for each column.</param>
    /// <param name="label">Its label.</param>
    /// <exception cref="InputRefusedException">The disk is full or gone; the rows before this one stay.</exception>
    public void Add(long ms, double[] values, string label)
    {
        lock (_gate)
        {
            if (_file is null)
            {
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
                _file = new RecordingFile(Path, Header());
            }

            SessionRow row = new(ms, values, label);
            _file.Add(Line(row));
            Know(label);
            _rows.Add(row);
            Shown.Add(_rows.Count - 1, values);
        }
    }

    /// <summary>Has the disk keep everything.</summary>
    /// <exception cref="InputRefusedException">It does not.</exception>
    public void Keep()
    {
        lock (_gate)
        {
            _file?.Keep();
        }
    }

    /// <summary>Gives some rows another label.</summary>
    /// <param name="from">The first row.</param>
    /// <param name="to">The row behind the last.</param>
    /// <param name="label">The label.</param>
    /// <exception cref="InputRefusedException">The label is none, or the file cannot be written; nothing is changed then.</exception>
    public void Relabel(int from, int to, string label)
    {
        string name = RequireLabel(label);
        Change(rows => [.. rows.Select((row, r) => r >= from && r < to ? row with { Label = name } : row)]);
    }

    /// <summary>Gives one row another label, if it has the one that somebody has seen.</summary>
    /// <param name="row">Which, from 0.</param>
    /// <param name="seen">The label that it has.</param>
    /// <param name="label">The label that it gets.</param>
    /// <returns>False when there is no such row, or it has another label by now: nothing is changed then.</returns>
    /// <exception cref="InputRefusedException">The label is none, or the file cannot be written.</exception>
    public bool Relabel(int row, string seen, string label)
    {
        lock (_gate)
        {
            if (row < 0 || row >= _rows.Count || _rows[row].Label != seen)
            {
                return false;
            }

            Relabel(row, row + 1, label);
            return true;
        }
    }

    /// <summary>Takes some rows away.</summary>
    /// <param name="from">The first row.</param>
    /// <param name="to">The row behind the last.</param>
    /// <exception cref="InputRefusedException">The file cannot be written; nothing is changed then.</exception>
    public void Delete(int from, int to) => Change(rows => [.. rows.Where((_, r) => r < from || r >= to)]);

    /// <summary>Takes all rows away but some.</summary>
    /// <param name="from">The first row that stays.</param>
    /// <param name="to">The row behind the last.</param>
    /// <exception cref="InputRefusedException">The file cannot be written; nothing is changed then.</exception>
    public void Trim(int from, int to) => Change(rows => [.. rows.Where((_, r) => r >= from && r < to)]);

    /// <summary>Takes the last change back.</summary>
    /// <exception cref="InputRefusedException">The file cannot be written; nothing is changed then.</exception>
    public void Undo()
    {
        lock (_gate)
        {
            if (_before.TryPeek(out SessionRow[]? before))
            {
                // What was recorded since stays: an undo is of changes.
                Replace([.. before, .. _rows.Where(row => before.Length == 0 || row.Ms > before[^1].Ms)]);
                _before.Pop();
            }
        }
    }

    /// <summary>Closes the file; every row is in it already.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private static RecordingSession Of(string path, Table table)
    {
        string[] columns = [.. table.Columns.Where(name => name is not (RecordedSensors.TimeColumn or TableFiles.DefaultLabelColumn) && table.KindOf(name) == ColumnKind.Numbers)];
        if (columns.Length == 0)
        {
            throw new InputRefusedException($"{table.Name} has no column of numbers besides the times.");
        }

        string[] labels = table.Texts(TableFiles.DefaultLabelColumn);
        double[][] values = table.Matrix(columns);
        double[]? times = table.Has(RecordedSensors.TimeColumn) ? table.Numbers(RecordedSensors.TimeColumn) : null;
        RecordingSession session = new(path, columns);
        long last = -1;
        for (int r = 0; r < values.Length; r++)
        {
            last = Math.Max(last + 1, times is null ? (long)r * RowMs : (long)times[r]);
            session._rows.Add(new SessionRow(last, values[r], labels[r]));
            session.Know(labels[r]);
            session.Shown.Add(r, values[r]);
        }

        return session;
    }

    private static string RequireLabel(string label)
    {
        string name = label.Trim();
        return name.Length > 0 && !Conversion.Text.NumberText.IsMissing(name) && name == Conversion.Text.Harmless.Line(name)
            ? name
            : throw new InputRefusedException(name.Length == 0 ? "A label needs a name." : $"\"{Conversion.Text.Harmless.Line(name)}\" stands for no value in a table, or has signs that cannot be seen; take another word.");
    }

    private string[] Header() => [RecordedSensors.TimeColumn, .. Columns, TableFiles.DefaultLabelColumn];

    private static string Line(SessionRow row) => string.Join(
        ',',
        [row.Ms.ToString(CultureInfo.InvariantCulture), .. row.Values.Select(value => value.ToString("G10", CultureInfo.InvariantCulture)), CsvText.Quote(row.Label)]);

    private void Know(string label)
    {
        if (!_labels.Contains(label))
        {
            _labels.Add(label);
        }
    }

    private void Change(Func<List<SessionRow>, List<SessionRow>> change)
    {
        lock (_gate)
        {
            SessionRow[] before = [.. _rows];
            Replace(change(_rows));
            _before.Push(before);
            if (_before.Count > MostUndo)
            {
                SessionRow[][] kept = [.. _before.Take(MostUndo)];
                _before.Clear();
                Array.ForEach([.. kept.Reverse()], _before.Push);
            }
        }
    }

    // The disk first: what cannot be written is not done.
    private void Replace(List<SessionRow> rows)
    {
        List<SessionRow> old = _rows;
        _rows = rows;
        try
        {
            Rewrite();
        }
        catch
        {
            _rows = old;
            throw;
        }

        RowRing shown = new(Columns, MostShown);
        for (int r = 0; r < _rows.Count; r++)
        {
            Know(_rows[r].Label);
            shown.Add(r, _rows[r].Values);
        }

        Shown = shown;
    }

    private void Rewrite()
    {
        _file?.Dispose();
        _file = null;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        OutputFile.Write(Path, ToCsv());
    }
}
