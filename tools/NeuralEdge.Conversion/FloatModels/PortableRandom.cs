namespace NeuralEdge.Conversion.FloatModels;

/// <summary>
/// Random numbers that are the same for a seed on every machine and in every version of .NET:
/// xoshiro256** (Blackman and Vigna), its state filled by SplitMix64. <see cref="Random"/> promises neither.
/// </summary>
public sealed class PortableRandom
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>The sequence that belongs to a seed; every seed is good, zero included.</summary>
    public PortableRandom(long seed)
    {
        ulong state = (ulong)seed;
        _s0 = SplitMix(ref state);
        _s1 = SplitMix(ref state);
        _s2 = SplitMix(ref state);
        _s3 = SplitMix(ref state);
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits()
    {
        ulong result = ulong.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = ulong.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A number of at least 0 and below 1, in steps of 2^-53.</summary>
    public double NextDouble()
    {
        return (NextBits() >> 11) * (1.0 / 9007199254740992.0);
    }

    /// <summary>A whole number of at least 0 and below <paramref name="limit"/>, all equally likely.</summary>
    public int Next(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);

        // Numbers above the last whole multiple of the limit would favour small results: drawn again.
        ulong bound = (ulong)limit;
        ulong last = ulong.MaxValue - (ulong.MaxValue % bound);
        ulong bits = NextBits();
        while (bits >= last)
        {
            bits = NextBits();
        }

        return (int)(bits % bound);
    }

    /// <summary>Puts the elements into a random order (Fisher and Yates).</summary>
    public void Shuffle(int[] items)
    {
        ArgumentNullException.ThrowIfNull(items);
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
