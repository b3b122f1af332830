namespace NeuralEdge.Studio.Watching;

/// <summary>Which stretch of the days somebody looks at: one that ends now and goes on, or one of the past.</summary>
public sealed class DaysView
{
    private const long LeastMs = 60_000;
    private const long MostMs = 400L * 24 * 3600_000;
    private const int Step = 4;

    private long? _end;

    /// <summary>How much is seen, in milliseconds.</summary>
    public long SpanMs { get; private set; } = 3600_000;

    /// <summary>True when the stretch ends now.</summary>
    public bool Follows => _end is null;

    /// <summary>The stretch, in milliseconds since 1970.</summary>
    /// <param name="now">The time.</param>
    public (long From, long To) At(long now) => ((_end ?? now) - SpanMs, _end ?? now);

    /// <summary>Looks closer at its middle; at its end while it follows.</summary>
    public void Closer() => Scale(Math.Max(LeastMs, SpanMs / Step));

    /// <summary>Looks at more.</summary>
    public void Further() => Scale(Math.Min(MostMs, SpanMs * Step));

    /// <summary>Goes half of what is seen into the past.</summary>
    /// <param name="now">The time.</param>
    public void Earlier(long now) => _end = (_end ?? now) - (SpanMs / 2);

    /// <summary>Goes half of what is seen back, to now at most.</summary>
    /// <param name="now">The time.</param>
    public void Later(long now) => _end = _end + (SpanMs / 2) is long end && end < now ? end : null;

    /// <summary>Follows again.</summary>
    public void ToNow() => _end = null;

    /// <summary>Looks at a stretch.</summary>
    /// <param name="from">Where it begins, in milliseconds since 1970.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="now">The time; a stretch that ends then or later follows.</param>
    public void Show(long from, long to, long now)
    {
        SpanMs = Math.Clamp(to - from, LeastMs, MostMs);
        _end = to >= now ? null : to;
    }

    private void Scale(long span)
    {
        _end -= (SpanMs - span) / 2;
        SpanMs = span;
    }
}
