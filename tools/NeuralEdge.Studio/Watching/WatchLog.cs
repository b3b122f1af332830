using System.Globalization;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Disk;
using NeuralEdge.Host.Recordings;

namespace NeuralEdge.Studio.Watching;

/// <summary>
/// What a board did, for as long as the disk has room: of each stretch of time the least and the most of every series, as a row of a table
/// that any program reads; an empty row where it goes on after a pause. Takes no more memory after days than after minutes.
/// </summary>
/// <param name="path">The table; rows are added when it exists.</param>
/// <param name="names">Names of the series.</param>
/// <param name="bucketMs">Milliseconds of a stretch.</param>
public sealed class WatchLog(string path, IReadOnlyList<string> names, long bucketMs) : IDisposable
{
    /// <summary>Columns in front of the series: milliseconds since 1970, and the same as a date.</summary>
    internal const int FixedColumns = 2;

    private readonly float[] _least = new float[names.Count];
    private readonly float[] _most = new float[names.Count];
    private RecordingFile? _file;
    private long _bucket = -1;
    private long _last = -1;
    private bool _hasBegun;

    /// <summary>The table.</summary>
    public string Path => path;

    /// <summary>Adds a row of values.</summary>
    /// <param name="ms">Its time in milliseconds since 1970; a clock that was set back is taken to stand still.</param>
    /// <param name="values">A value for each series; not-a-number for none.</param>
    /// <exception cref="InputRefusedException">The disk is full or gone; what was written before stays.</exception>
    /// <exception cref="IOException">There can be no such folder.</exception>
    public void Add(long ms, ReadOnlySpan<float> values)
    {
        long bucket = Math.Max(ms - (ms % bucketMs), Math.Max(_bucket, _last + 1));
        if (bucket != _bucket)
        {
            Write();
            _bucket = bucket;
            Array.Fill(_least, float.NaN);
            Array.Fill(_most, float.NaN);
        }

        for (int i = 0; i < values.Length; i++)
        {
            _least[i] = values[i] < _least[i] || float.IsNaN(_least[i]) ? values[i] : _least[i];
            _most[i] = values[i] > _most[i] || float.IsNaN(_most[i]) ? values[i] : _most[i];
        }
    }

    /// <summary>Writes a stretch that is over although nothing new has come.</summary>
    /// <param name="ms">The time, in milliseconds since 1970.</param>
    /// <exception cref="InputRefusedException">The disk is full or gone.</exception>
    public void EndBefore(long ms)
    {
        if (_bucket >= 0 && ms >= _bucket + bucketMs)
        {
            Write();
        }
    }

    /// <summary>Closes the table, so that others may change it; the stretch that is not over stays in memory, and the next row opens it again.</summary>
    public void LetGo()
    {
        _file?.Dispose();
        _file = null;
    }

    /// <summary>Writes what there is of the last stretch, and closes the table.</summary>
    public void Dispose()
    {
        try
        {
            Write();
        }
        catch (Exception e) when (e is InputRefusedException or IOException or UnauthorizedAccessException)
        {
            // Whoever kept on watching has been told.
        }

        _file?.Dispose();
        _file = null;
    }

    private void Write()
    {
        if (_bucket < 0)
        {
            return;
        }

        if (_file is null)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            _file = new RecordingFile(path, ["ms", "utc", .. names.SelectMany(name => (string[])[name + " least", name + " most"])]);
            _last = _file.LastMs ?? -1;
            Break();
        }

        // One row a stretch: what a studio before this one has written of it is not written again.
        long bucket = _bucket;
        _bucket = -1;
        if (bucket > _last)
        {
            _file.Add(Row(bucket, string.Join(',', Enumerable.Range(0, names.Count).SelectMany(i => (string[])[Text(_least[i]), Text(_most[i])]))));
            _last = bucket;
        }
    }

    // Since the rows that are there another model may have run, or nobody looked: an empty row, so that no curve goes over from them.
    private void Break()
    {
        if (!_hasBegun && _last >= 0)
        {
            _file!.Add(Row(++_last, new string(',', (2 * names.Count) - 1)));
        }

        _hasBegun = true;
    }

    private static string Row(long ms, string cells) =>
        string.Create(CultureInfo.InvariantCulture, $"{ms},{DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'},{cells}");

    private static string Text(float value) => float.IsNaN(value) ? "" : value.ToString("G6", CultureInfo.InvariantCulture);
}
