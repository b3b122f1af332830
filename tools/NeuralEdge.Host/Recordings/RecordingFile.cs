using System.Diagnostics;
using System.Globalization;
using System.Text;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Disk;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Host.Recordings;

/// <summary>
/// A table that grows by rows, each of which is on the disk within a second, whatever ends the program or the computer. There is no file
/// before the first row, and never half a row at its end.
/// </summary>
public sealed class RecordingFile : IDisposable
{
    private static readonly TimeSpan MostAge = TimeSpan.FromMilliseconds(500);
    private const int TailBytes = 1 << 16;

    private readonly string _path;
    private readonly string _header;
    private readonly Func<string, Stream> _open;
    private readonly bool _isDevice;
    private readonly string _first;
    private Stream? _stream;
    private long _good;
    private int _kept;
    private long _oldest;

    /// <summary>Looks at what is there; writes nothing yet.</summary>
    /// <param name="path">The table; its rows stay when it exists.</param>
    /// <param name="columns">Its columns; the first one is a time in whole milliseconds.</param>
    /// <param name="open">Opens the file for appending; null for the disk.</param>
    /// <exception cref="InputRefusedException">The table has other columns, or its last row may be half.</exception>
    public RecordingFile(string path, IReadOnlyList<string> columns, Func<string, Stream>? open = null)
    {
        _path = path;
        _header = string.Join(',', columns.Select(CsvText.Quote));
        _isDevice = OutputFile.IsDevice(path);
        _open = open ?? Append;
        _first = _header + "\n";
        if (!_isDevice && File.Exists(path))
        {
            (_first, LastMs, Written) = Look(path, columns);
            IsAppended = LastMs is not null;
        }
    }

    /// <summary>True when the table had rows already.</summary>
    public bool IsAppended { get; }

    /// <summary>The time of the last row that was there before; null for none.</summary>
    public long? LastMs { get; }

    /// <summary>When the file was written last, before.</summary>
    public DateTime Written { get; }

    /// <summary>Rows added.</summary>
    public int Rows { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <param name="row">The cells, with commas between, without the end of the line.</param>
    /// <exception cref="InputRefusedException">The disk is full or gone; the rows before this one stay, whole.</exception>
    public void Add(string row)
    {
        bool isNew = _stream is null && !_isDevice && !File.Exists(_path);
        try
        {
            // One write for each row: whoever kills the program gets whole rows.
            string text = (_stream is null ? _first : "") + row + "\n";
            _stream ??= _open(_path);
            _good = _isDevice ? 0 : _stream.Position;
            _stream.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (Exception e) when (IsLoss(e))
        {
            Mend(isNew);
            throw Lost(e, Rows);
        }

        Rows++;
        _oldest = Rows == _kept + 1 ? Stopwatch.GetTimestamp() : _oldest;
        KeepInTime();
    }

    /// <summary>Has the disk keep what is older than half a second.</summary>
    /// <exception cref="InputRefusedException">It does not.</exception>
    public void KeepInTime()
    {
        if (Rows > _kept && Stopwatch.GetElapsedTime(_oldest) > MostAge)
        {
            Keep();
        }
    }

    /// <summary>Has the disk keep everything.</summary>
    /// <exception cref="InputRefusedException">It does not.</exception>
    public void Keep()
    {
        try
        {
            if (_stream is FileStream file && !_isDevice)
            {
                file.Flush(flushToDisk: true);
            }
            else
            {
                _stream?.Flush();
            }

            _kept = Rows;
        }
        catch (Exception e) when (IsLoss(e))
        {
            throw Lost(e, _kept);
        }
    }

    /// <summary>Closes the file; every row is in it already.</summary>
    public void Dispose()
    {
        try
        {
            _stream?.Dispose();
        }
        catch (Exception e) when (IsLoss(e))
        {
            // Every row is written by a write of its own, which has said so where it could not.
        }
    }

    private static (string First, long? LastMs, DateTime Written) Look(string path, IReadOnlyList<string> columns)
    {
        string header = string.Join(',', columns.Select(CsvText.Quote));
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            DateTime written = File.GetLastWriteTimeUtc(path);
            if (file.Length == 0)
            {
                return (header + "\n", null, written);
            }

            byte[] head = new byte[Math.Min(file.Length, TailBytes)];
            file.ReadExactly(head);
            int end = Array.IndexOf(head, (byte)'\n');
            string there = Encoding.UTF8.GetString(head, 0, end < 0 ? head.Length : end).TrimEnd('\r').TrimStart('\uFEFF');
            if (!string.Equals(there, header, StringComparison.Ordinal))
            {
                throw new InputRefusedException($"{path} begins with {NumberText.Quote(there)}, but this recording has the columns {NumberText.Quote(header)}; choose another file.");
            }

            if (end < 0 || file.Length == end + 1)
            {
                return (end < 0 ? "\n" : "", null, written);
            }

            byte[] tail = new byte[Math.Min(file.Length - end - 1, TailBytes)];
            file.Seek(-tail.Length, SeekOrigin.End);
            file.ReadExactly(tail);
            string[] rows = Encoding.UTF8.GetString(tail).Split('\n');
            string last = rows.Length > 1 ? rows[^2].TrimEnd('\r') : "";
            return rows[^1].Length > 0 ? throw new InputRefusedException($"{path} ends in {NumberText.Quote(rows[^1])} without an end of the line, which may be half a row: complete or delete it, then record again.")
                : long.TryParse(last.Split(',')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long ms) ? ("", ms, written)
                : throw new InputRefusedException($"The last row of {path}, {NumberText.Quote(last)}, does not begin with milliseconds, so none can be added behind it; choose another file.");
        }
        catch (Exception e) when (IsLoss(e))
        {
            throw new InputRefusedException($"Cannot read {path}: {Why(e)}; choose another file.", e);
        }
    }

    // A file that may grow no more is an argument out of range to the platform.
    private static bool IsLoss(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentOutOfRangeException;

    private static string Why(Exception e) => e is ArgumentException ? "the file may grow no more" : e.Message.TrimEnd('.');

    private FileStream Append(string path) =>
        new FileStream(path, _isDevice ? FileMode.Open : FileMode.Append, FileAccess.Write, _isDevice ? FileShare.ReadWrite : FileShare.Read, bufferSize: 0);

    /// <summary>Takes away what of a row has been written before the disk was full.</summary>
    private void Mend(bool isNew)
    {
        try
        {
            if (_stream is null || _isDevice)
            {
                return;
            }

            _stream.SetLength(_good);
            if (isNew)
            {
                _stream.Dispose();
                File.Delete(_path);
            }
            else
            {
                Keep();
            }
        }
        catch (Exception e) when (IsLoss(e) || e is InputRefusedException)
        {
            // Then the next recording finds half a row there and says so.
        }
    }

    private InputRefusedException Lost(Exception e, int rows) => new(
        $"Cannot write \"{_path}\": {Why(e)}; {(rows > 0 ? $"it has the {NumberText.Count(rows, "row")} recorded before that: make room, and the same command adds to them" : "nothing was recorded: give the path of a file in a folder that you may write to")}.",
        e);
}
