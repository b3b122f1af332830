namespace NeuralEdge.Tests.Control;

/// <summary>
/// Holds each period of a loop to its grid: it has one sample, at a point of the grid or less than a period behind it, and every point
/// between it and the last one has been counted as missed. Allocates nothing.
/// </summary>
internal sealed class PeriodTally
{
    private long _due;
    private long _first;
    private uint _missed;

    /// <summary>Samples that were taken.</summary>
    internal long Samples { get; private set; }

    /// <summary>Points of the grid that the loop has counted as missed.</summary>
    internal long Missed { get; private set; }

    /// <summary>Points of a grid that went by uncounted while its model was being replaced.</summary>
    internal long Uncounted { get; private set; }

    /// <summary>Models that have begun a grid.</summary>
    internal int Grids { get; private set; }

    /// <summary>
    /// Microseconds that samples and missed points stand for: from the first one to the one that is due, if no time lies between two grids. A period that a
    /// model did not live to the end of counts up to there.
    /// </summary>
    internal long Covered { get; private set; }

    /// <summary>Microseconds from the first point of the first grid to the one that is due.</summary>
    internal long Elapsed => _due - _first;

    /// <summary>Takes a period of the model that ran before as well.</summary>
    /// <param name="period">Its length in microseconds.</param>
    /// <param name="begin">When the sample was begun.</param>
    /// <param name="due">When the next one is due.</param>
    /// <param name="samples">How many were taken since the last call.</param>
    /// <param name="missed">What the loop has counted as missed since its start.</param>
    internal void Take(long period, long begin, long due, int samples, uint missed)
    {
        long points = 1 + (missed - _missed);
        if (samples != 1 || due - _due != points * period || begin >= due || begin < due - period)
        {
            Assert.Fail($"{samples} samples at {begin}, {missed - _missed} missed, due at {_due} and then at {due}");
        }

        Count(period, due, missed, points);
    }

    /// <summary>Takes the first period of a model that has begun a grid of its own.</summary>
    /// <param name="periodBefore">The length of a period of the model before; 0: there was none.</param>
    /// <param name="period">Of this one, in microseconds.</param>
    /// <param name="begin">When the sample was begun.</param>
    /// <param name="due">When the next one is due.</param>
    /// <param name="samples">How many were taken since the last call.</param>
    /// <param name="missed">What the loop has counted as missed since its start.</param>
    internal void TakeFirst(long periodBefore, long period, long begin, long due, int samples, uint missed)
    {
        long points = 1 + (missed - _missed);
        long grid = due - (points * period);
        if (samples != 1 || begin >= due || begin < due - period)
        {
            Assert.Fail($"{samples} samples at {begin}, {missed - _missed} missed since the grid began at {grid}, due at {due}");
        }

        // Those of the old grid up to where the new one begins.
        if (periodBefore == 0)
        {
            _first = grid;
        }
        else if (grid >= _due)
        {
            Uncounted += 1 + ((grid - _due) / periodBefore);
        }
        else
        {
            Covered -= _due - grid;
        }

        Grids++;
        Count(period, due, missed, points);
    }

    private void Count(long period, long due, uint missed, long points)
    {
        Samples++;
        Missed += points - 1;
        Covered += points * period;
        _due = due;
        _missed = missed;
    }
}
