using NeuralEdge.Conversion;

namespace NeuralEdge.Learning.Import.Folding;

/// <summary>
/// What one file may cost. Small files can ask for much (one large constant multiplied a thousand times), so every
/// allocation and every long loop is paid for before it happens.
/// </summary>
internal sealed class WorkBudget(string file)
{
    /// <summary>Numbers held at once, 8 bytes each: 128 MB.</summary>
    internal const long MostCells = 16L << 20;

    /// <summary>Multiply-adds of folding: a second or two.</summary>
    internal const long MostSteps = 1L << 28;

    private long _cells;
    private long _steps;

    /// <summary>The file as refusals name it.</summary>
    internal string File { get; } = file;

    /// <summary>Pays for numbers that are about to be allocated.</summary>
    internal void Cells(long count)
    {
        _cells += count;
        if (_cells > MostCells)
        {
            throw new InputRefusedException(
                $"{File} needs more than {MostCells >> 20} million numbers in memory, far more than a network for a board; export a smaller network.");
        }

        Steps(count);
    }

    /// <summary>Pays for arithmetic that is about to be done.</summary>
    internal void Steps(long count)
    {
        _steps += count;
        if (_steps > MostSteps)
        {
            throw new InputRefusedException(
                $"{File} needs more than 268 million operations to be understood, far more than a network for a board; export a smaller network.");
        }
    }
}
