namespace NeuralEdge.Studio.Plots;

/// <summary>A lane of a plot.</summary>
/// <param name="Name">What stands in front.</param>
/// <param name="Series">Which series of the rows, from 0.</param>
/// <param name="Kind">"line" or "pin".</param>
/// <param name="Unit">Unit of the values; empty for none.</param>
/// <param name="Step">The least range that is told from a straight line.</param>
public sealed record PlotLane(string Name, int Series, string Kind = "line", string Unit = "", double Step = 1)
{
    /// <summary>Values that are marked, such as thresholds.</summary>
    public IReadOnlyList<PlotLine> Lines { get; init; } = [];
}

/// <summary>A value that is marked in a lane.</summary>
/// <param name="Value">The value.</param>
/// <param name="Name">What it is.</param>
public sealed record PlotLine(double Value, string Name);

/// <summary>A stretch of a plot in a colour, with its name.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Name">Its name.</param>
/// <param name="Colour">Which colour, from 0.</param>
public sealed record PlotBand(double From, double To, string Name, int Colour);
