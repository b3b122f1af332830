#nullable enable
namespace NeuralEdge.Simulator.Chip;

/// <summary>
/// The time that a chip's program sees. A chip has a processor of its own: when this computer wakes the program later than it asked for,
/// its time stands still and makes up for that in small steps, so that no row is missing and no period late for a reason that no board knows.
/// </summary>
/// <param name="elapsed">Microseconds since the start, on this computer's clock.</param>
internal sealed class ChipClock(Func<long> elapsed)
{
    /// <summary>Microseconds of a stall that are made up for at one look: a program that waits looks some times a millisecond.</summary>
    internal const long Step = 100;

    // What a sleep takes longer on any computer.
    private const long Usual = 1_000;

    private readonly Lock _gate = new();
    private long _behind;
    private long _last;

    /// <summary>Microseconds since the start; never goes back.</summary>
    internal long Read()
    {
        lock (_gate)
        {
            _behind -= Math.Min(_behind, Step);
            _last = Math.Max(_last, elapsed() - _behind);
            return _last;
        }
    }

    /// <summary>The program has slept.</summary>
    /// <param name="asked">Microseconds that it wanted.</param>
    /// <param name="took">Microseconds that this computer has taken.</param>
    internal void Slept(long asked, long took)
    {
        lock (_gate)
        {
            _behind += Math.Max(0, took - asked - Usual);
        }
    }
}
