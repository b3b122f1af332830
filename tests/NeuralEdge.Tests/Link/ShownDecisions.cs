using NeuralEdge.Host;

namespace NeuralEdge.Tests.Link;

/// <summary>Decisions about whatever the board has just shown.</summary>
internal static class ShownDecisions
{
    public static BoardReport Confirm(this BoardLink link, bool anyway = false) => link.Confirm(link.Info(), anyway);

    public static BoardReport Revert(this BoardLink link) => link.Revert(link.Info());
}
