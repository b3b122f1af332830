using System.Buffers.Binary;

namespace NeuralEdge.Studio.Boards;

/// <summary>
/// The last rows of some series, numbered from 0, for plots: each reader keeps the number of the next row that it wants, and sees by the
/// numbers what it has missed. One thread adds, any may read.
/// </summary>
/// <param name="names">Names of the series.</param>
/// <param name="capacity">How many rows are kept.</param>
public sealed class RowRing(IReadOnlyList<string> names, int capacity)
{
    /// <summary>Bytes in front of the rows of a batch.</summary>
    public const int HeadBytes = 16;

    private readonly object _gate = new();
    private readonly long[] _ms = new long[capacity];
    private readonly float[] _values = new float[capacity * names.Count];
    private long _count;

    /// <summary>Names of the series.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>How many rows were added since the beginning.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>The time of the last row in milliseconds; -1 before the first.</summary>
    public long LastMs
    {
        get
        {
            lock (_gate)
            {
                return _count == 0 ? -1 : _ms[(_count - 1) % capacity];
            }
        }
    }

    /// <summary>The last value of a series; not-a-number before the first row.</summary>
    /// <param name="series">Which, from 0.</param>
    public double Last(int series)
    {
        lock (_gate)
        {
            return _count == 0 ? double.NaN : _values[((int)((_count - 1) % capacity) * names.Count) + series];
        }
    }

    /// <summary>Adds a row.</summary>
    /// <param name="ms">Its time in milliseconds, not before that of the row before.</param>
    /// <param name="values">A value for each series; not-a-number for none.</param>
    public void Add(long ms, ReadOnlySpan<double> values)
    {
        lock (_gate)
        {
            int at = (int)(_count % capacity);
            _ms[at] = ms;
            for (int i = 0; i < names.Count; i++)
            {
                _values[(at * names.Count) + i] = (float)values[i];
            }

            Interlocked.Increment(ref _count);
        }
    }

    /// <summary>Goes through what is kept, oldest first.</summary>
    /// <param name="action">Told the time and the values of each row, which are no longer its own afterwards.</param>
    public void ForEach(Action<long, float[]> action)
    {
        long next = 0;
        ForEach(ref next, action);
    }

    /// <summary>Goes through the rows from a number on, as far as they are kept, oldest first.</summary>
    /// <param name="next">The next row that is wanted; afterwards the one behind the last.</param>
    /// <param name="action">Told the time and the values of each row, which are no longer its own afterwards.</param>
    public void ForEach(ref long next, Action<long, float[]> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        lock (_gate)
        {
            float[] values = new float[names.Count];
            for (next = Math.Max(next, Math.Max(0, _count - capacity)); next < _count; next++)
            {
                int at = (int)(next % capacity);
                Array.Copy(_values, at * names.Count, values, 0, names.Count);
                action(_ms[at], values);
            }
        }
    }

    /// <summary>The number of the first row that is not older than some time before the last one.</summary>
    /// <param name="time">The time.</param>
    public long Back(TimeSpan time)
    {
        lock (_gate)
        {
            long row = _count;
            long oldest = Math.Max(0, _count - capacity);
            while (row > oldest && _ms[(row - 1) % capacity] >= _ms[(_count - 1) % capacity] - time.TotalMilliseconds)
            {
                row--;
            }

            return row;
        }
    }

    /// <summary>
    /// Rows from a number on, little-endian: i64 number of the first, f64 its time in ms, and for each row f32 milliseconds after the first
    /// and f32 each value.
    /// </summary>
    /// <param name="next">The next row that is wanted; afterwards the one behind the batch. Rows that are gone are left out, which its head shows.</param>
    /// <param name="most">The most rows.</param>
    /// <returns>The batch; null when there is no row.</returns>
    public byte[]? Batch(ref long next, int most)
    {
        lock (_gate)
        {
            long first = Math.Max(next, _count - capacity);
            int rows = (int)Math.Min(_count - first, most);
            if (rows <= 0)
            {
                return null;
            }

            int width = 4 * (1 + names.Count);
            byte[] batch = new byte[HeadBytes + (rows * width)];
            long begin = _ms[first % capacity];
            BinaryPrimitives.WriteInt64LittleEndian(batch, first);
            BinaryPrimitives.WriteDoubleLittleEndian(batch.AsSpan(8), begin);
            for (int r = 0; r < rows; r++)
            {
                int at = (int)((first + r) % capacity);
                Span<byte> row = batch.AsSpan(HeadBytes + (r * width));
                BinaryPrimitives.WriteSingleLittleEndian(row, _ms[at] - begin);
                for (int i = 0; i < names.Count; i++)
                {
                    BinaryPrimitives.WriteSingleLittleEndian(row[(4 * (i + 1))..], _values[(at * names.Count) + i]);
                }
            }

            next = first + rows;
            return batch;
        }
    }
}
