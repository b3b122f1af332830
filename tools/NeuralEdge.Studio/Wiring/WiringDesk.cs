using NeuralEdge.Conversion.Boards;

namespace NeuralEdge.Studio.Wiring;

/// <summary>Keeps the plan that somebody works on, until something else was learned or a board with other pins comes.</summary>
public sealed class WiringDesk
{
    private readonly object _gate = new();
    private WiringPlan? _plan;
    private LearnedModel? _learned;
    private BoardWiring? _board;

    /// <summary>The plan that is worked on; null before there is one.</summary>
    public WiringPlan? Plan
    {
        get
        {
            lock (_gate)
            {
                return _plan;
            }
        }
    }

    /// <summary>The plan for what was learned and a board.</summary>
    /// <param name="learned">What was learned.</param>
    /// <param name="board">What the board says; null while there is none: then the plan of the last one stays.</param>
    public WiringPlan PlanOf(LearnedModel learned, BoardWiring? board)
    {
        lock (_gate)
        {
            if (_plan is null || !ReferenceEquals(learned, _learned) || (board is not null && !AreAlike(board, _board)))
            {
                (_plan, _learned, _board) = (new WiringPlan(learned, board), learned, board);
            }

            return _plan;
        }
    }

    // A board says the same each second, and the rows of the table of chips are made anew each time.
    private static bool AreAlike(BoardWiring board, BoardWiring? other) =>
        board with { Chip = null } == (other is null ? null : other with { Chip = null }) && board.Chip?.Name == other?.Chip?.Name;
}
