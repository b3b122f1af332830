#nullable enable
namespace NeuralEdge.Simulator.Chip;

/// <summary>
/// The time that a chip's program sees. A chip has a processor of its own: while this computer keeps the program waiting, its time stands
/// still, and makes up for that in small steps, so that no row is missing and no period late for a reason that no board knows.
/// </summary>
/// <param name="elapsed">Microseconds since the start, on this computer's clock.</param>
internal sealed class ChipClock(Func<long> elapsed)
{
    /// <summary>Microseconds of a stall that are made up for at one look: a program that waits looks some times a millisecond.</summary>
    internal const long Step = 100;

    /// <summary>Microseconds that a program takes at most between two looks, since it does its work in slices; more is a stall, and not a slice that the board would plan with.</summary>
    internal const long Slice = 500;

    // What a sleep takes longer on any computer.
    private const long Usual = 1_000;

    private readonly Lock _gate = new();
    private long _looked;
    private long _behind;
    private long _last;

    /// <summary>Microseconds since the start; never goes back.</summary>
    internal long Read()
    {
        lock (_gate)
        {
            Pass(Slice);
            _behind -= Math.Min(_behind, Step);
            _last = Math.Max(_last, _looked - _behind);
            return _last;
        }
    }

    /// <summary>The program has slept.</summary>
    /// <param name="asked">Microseconds that it wanted.</param>
    internal void Slept(long asked)
    {
        lock (_gate)
        {
            Pass(asked + Usual);
        }
    }

    /// <summary>Something of the chip itself, such as a conversion or a write to flash, has taken the time since the last look.</summary>
    internal void Worked()
    {
        lock (_gate)
        {
            Pass(long.MaxValue);
        }
    }

    private void Pass(long most)
    {
        long now = elapsed();
        _behind += Math.Max(0, now - _looked - most);
        _looked = now;
    }
}
