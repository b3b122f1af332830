using System.Globalization;
using System.Text;
using NeuralEdge.Conversion.Disk;
using NeuralEdge.Studio.Boards;

namespace NeuralEdge.Studio.Watching;

/// <summary>Looks into the table of a <see cref="WatchLog"/> while it grows: only the part that is wanted is read.</summary>
/// <param name="path">The table.</param>
/// <param name="series">How many series it has.</param>
public sealed class WatchTable(string path, int series)
{
    private const int Near = 1 << 14;

    // Two before an interruption, itself, and two behind it.
    private const int RowsOfStretch = 5;

    /// <summary>The first and the last time in it, in milliseconds since 1970; null when it has no row.</summary>
    public (long First, long Last)? Ends()
    {
        using FileStream? file = Open();
        if (file is null || FirstLine(file) is not long begin)
        {
            return null;
        }

        using StreamReader reader = ReaderAt(file, begin);
        if (TimeOf(reader.ReadLine()) is not long first)
        {
            return null;
        }

        long last = first;
        long tail = StartOfLine(file, Math.Max(begin, file.Length - Near), begin);
        using StreamReader end = ReaderAt(file, tail);
        while (end.ReadLine() is string line)
        {
            last = TimeOf(line) ?? last;
        }

        return (first, last);
    }

    /// <summary>Puts a stretch of time into a ring for a plot: two rows for each stretch of it, with the least and the most of it, and one without values where the curve is interrupted.</summary>
    /// <param name="from">Where it begins, in milliseconds since 1970.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="names">Names of the series.</param>
    /// <param name="most">The most stretches.</param>
    public RowRing Read(long from, long to, IReadOnlyList<string> names, int most)
    {
        RowRing ring = new(names, RowsOfStretch * (most + 1));
        using FileStream? file = Open();
        if (file is null || to <= from || FirstLine(file) is not long begin)
        {
            return ring;
        }

        using StreamReader reader = ReaderAt(file, Find(file, begin, from));
        double[] least = new double[series];
        double[] greatest = new double[series];
        double[] before = new double[series];
        double[] after = new double[series];
        Array.Fill(before, double.NaN);
        double width = Math.Max(1, (to - from) / (double)most);
        long at = -1;
        long time = 0;
        long interrupted = -1;
        while (reader.ReadLine() is string line)
        {
            if (TimeOf(line) is not long ms || ms < from)
            {
                continue;
            }

            if (ms > to)
            {
                break;
            }

            long bin = (long)((ms - from) / width);
            if (IsEmpty(line))
            {
                if (bin != interrupted)
                {
                    Pour();
                    Array.Fill(before, double.NaN);
                    ring.Add(ms, before);
                    (at, interrupted) = (-1, bin);
                }

                continue;
            }

            if (bin != at)
            {
                Pour();
                (at, time) = (bin, ms);
                Array.Fill(least, double.NaN);
                Array.Fill(greatest, double.NaN);
            }

            Take(line, least, greatest);
        }

        Pour();
        return ring;

        void Pour()
        {
            if (at >= 0)
            {
                // The nearer end first, so that the curve does not jump from one stretch to the next.
                for (int s = 0; s < series; s++)
                {
                    bool isUpwards = !(Math.Abs(greatest[s] - before[s]) < Math.Abs(least[s] - before[s]));
                    (before[s], after[s]) = isUpwards ? (least[s], greatest[s]) : (greatest[s], least[s]);
                }

                ring.Add(time, before);
                ring.Add(time, after);
                after.CopyTo(before, 0);
            }
        }
    }

    /// <summary>Takes the rows before a time away, and the table itself when it has no others. Nobody may be writing it.</summary>
    /// <param name="ms">The time, in milliseconds since 1970.</param>
    /// <exception cref="IOException">The disk has no room for what stays, or somebody holds the table; it is as it was then.</exception>
    public void CutBefore(long ms)
    {
        string rest = path + ".part";
        try
        {
            using (FileStream? file = Open())
            {
                if (file is null || FirstLine(file) is not long begin || TimeAt(file, begin) is not long first || first >= ms)
                {
                    return;
                }

                long at = Find(file, begin, ms);
                while (at < file.Length && !(TimeAt(file, at) >= ms))
                {
                    at = StartOfLine(file, at + 1, at);
                }

                if (at < file.Length)
                {
                    // Beside it first, which then takes the name: there is no moment without a table.
                    using FileStream target = new(rest, FileMode.Create, FileAccess.Write, FileShare.None);
                    Copy(file, 0, begin, target);
                    Copy(file, at, file.Length, target);
                    target.Flush(flushToDisk: true);
                }
            }

            if (File.Exists(rest))
            {
                File.Move(rest, path, overwrite: true);
            }
            else
            {
                File.Delete(path);
            }
        }
        finally
        {
            File.Delete(rest);
        }
    }

    /// <summary>Hands out the whole table, as it is at the moment.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task CopyTo(Stream target, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        using FileStream? file = Open();
        byte[] buffer = new byte[1 << 16];
        for (long left = file?.Length ?? 0; left > 0;)
        {
            int count = await file!.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellation);
            if (count == 0)
            {
                return;
            }

            await target.WriteAsync(buffer.AsMemory(0, count), cancellation);
            left -= count;
        }
    }

    private static void Copy(FileStream source, long from, long to, FileStream target)
    {
        byte[] buffer = new byte[1 << 16];
        source.Seek(from, SeekOrigin.Begin);
        for (long left = to - from; left > 0;)
        {
            int count = source.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            if (count == 0)
            {
                return;
            }

            target.Write(buffer, 0, count);
            left -= count;
        }
    }

    // Time and date, and no value.
    private static bool IsEmpty(string line) => line.EndsWith(',') && line.AsSpan(line.IndexOf(',', StringComparison.Ordinal) + 1).TrimEnd(',').IndexOf(',') < 0;

    private static long? TimeOf(string? line)
    {
        int end = line?.IndexOf(',', StringComparison.Ordinal) ?? -1;
        return end > 0 && long.TryParse(line.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out long ms) ? ms : null;
    }

    private static long? TimeAt(FileStream file, long at)
    {
        Span<byte> head = stackalloc byte[20];
        file.Seek(at, SeekOrigin.Begin);
        int count = file.Read(head);
        int end = head[..count].IndexOf((byte)',');
        return end > 0 && long.TryParse(head[..end], NumberStyles.None, CultureInfo.InvariantCulture, out long ms) ? ms : null;
    }

    private static StreamReader ReaderAt(FileStream file, long at)
    {
        file.Seek(at, SeekOrigin.Begin);
        return new StreamReader(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16, leaveOpen: true);
    }

    private static long? FirstLine(FileStream file)
    {
        long at = StartOfLine(file, 1, 0);
        return at < file.Length ? at : null;
    }

    /// <summary>The first beginning of a line at or behind a place; the least when the place is not behind it.</summary>
    private static long StartOfLine(FileStream file, long from, long least)
    {
        if (from <= least)
        {
            return least;
        }

        file.Seek(from - 1, SeekOrigin.Begin);
        Span<byte> buffer = stackalloc byte[256];
        for (long at = from - 1; ;)
        {
            int count = file.Read(buffer);
            if (count == 0)
            {
                return file.Length;
            }

            int end = buffer[..count].IndexOf((byte)'\n');
            if (end >= 0)
            {
                return at + end + 1;
            }

            at += count;
        }
    }

    /// <summary>The beginning of a line not far in front of the first one of a time.</summary>
    private static long Find(FileStream file, long begin, long ms)
    {
        (long low, long high) = (begin, file.Length);
        while (high - low > Near)
        {
            long middle = StartOfLine(file, low + ((high - low) / 2), low);
            if (middle < high && TimeAt(file, middle) is long time && time < ms)
            {
                low = middle;
            }
            else
            {
                high = low + ((high - low) / 2);
            }
        }

        return low;
    }

    private void Take(string line, double[] least, double[] greatest)
    {
        int column = -WatchLog.FixedColumns;
        foreach (Range range in line.AsSpan().Split(','))
        {
            if (column >= 0 && column < 2 * series && double.TryParse(line.AsSpan(range), NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
            {
                int s = column / 2;
                if (column % 2 == 0)
                {
                    least[s] = double.IsNaN(least[s]) ? value : Math.Min(least[s], value);
                }
                else
                {
                    greatest[s] = double.IsNaN(greatest[s]) ? value : Math.Max(greatest[s], value);
                }
            }

            column++;
        }
    }

    private FileStream? Open()
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // There is none yet, or none any more.
            return null;
        }
    }
}
