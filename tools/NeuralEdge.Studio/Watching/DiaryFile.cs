using System.Globalization;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Disk;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host.Recordings;

namespace NeuralEdge.Studio.Watching;

/// <summary>What happened, as a table that goes on when the studio is started again.</summary>
/// <param name="path">The table; made with the first entry.</param>
public sealed class DiaryFile(string path) : IDisposable
{
    private const int TailBytes = 1 << 18;
    private const int Cells = 4;

    private RecordingFile? _file;
    private bool _hasFailed;

    /// <summary>The newest entries, the oldest of them first.</summary>
    /// <param name="most">The most entries.</param>
    public IReadOnlyList<DiaryEntry> Read(int most)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            file.Seek(-Math.Min(file.Length, TailBytes), SeekOrigin.End);
            using StreamReader reader = new(file);

            // Half a line in front, and the names of the columns, are no entries.
            return [.. reader.ReadToEnd().Split('\n').Select(Parse).OfType<DiaryEntry>().TakeLast(most)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Takes entries before a time away; when the disk does not let it, they stay.</summary>
    /// <param name="time">The time.</param>
    public void CutBefore(DateTimeOffset time)
    {
        try
        {
            new WatchTable(path, 0).CutBefore(time.ToUnixTimeMilliseconds());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start tries again.
        }
    }

    /// <summary>Adds an entry; one that the disk has no room for is in the memory only.</summary>
    /// <param name="entry">The entry.</param>
    public void Add(DiaryEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (_hasFailed)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            _file ??= new RecordingFile(path, ["ms", "utc", "bad", "what"]);
            string time = entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            _file.Add(string.Create(CultureInfo.InvariantCulture, $"{entry.At.ToUnixTimeMilliseconds()},{time},{(entry.IsBad ? 1 : 0)},{CsvText.Quote(Harmless.Line(entry.Words))}"));
        }
        catch (Exception e) when (e is InputRefusedException or IOException or UnauthorizedAccessException)
        {
            _hasFailed = true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private static DiaryEntry? Parse(string line)
    {
        string[] cells = line.Split(',', Cells);
        if (cells.Length < Cells || !long.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out long ms) || ms > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            return null;
        }

        string words = cells[3].TrimEnd('\r');
        return new DiaryEntry(
            DateTimeOffset.FromUnixTimeMilliseconds(ms).ToLocalTime(),
            words is ['"', .., '"'] ? words[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : words,
            cells[2] == "1");
    }
}
