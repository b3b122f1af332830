using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;

namespace NeuralEdge.Studio.Boards;

/// <summary>How things stand between the studio and a board.</summary>
public enum BoardState
{
    /// <summary>Nobody has chosen a port.</summary>
    None,

    /// <summary>A port is being opened for the first time.</summary>
    Connecting,

    /// <summary>The board answers.</summary>
    Connected,

    /// <summary>The board is gone; it is looked for each second.</summary>
    Lost,

    /// <summary>Another program of ours speaks with the board over the studio's port.</summary>
    Lent,
}

/// <summary>What is known of the board at a moment; never changes.</summary>
/// <param name="State">How things stand.</param>
public sealed record BoardView(BoardState State)
{
    /// <summary>The port, null for none.</summary>
    public string? Port { get; init; }

    /// <summary>Why the board is lost, or what is wrong; null for nothing.</summary>
    public string? Why { get; init; }

    /// <summary>What the board said last of itself, about a second old; null before it said anything.</summary>
    public BoardReport? Report { get; init; }

    /// <summary>The model that it runs; null for none, and while it is not known.</summary>
    public ModelFile? Model { get; init; }

    /// <summary>ADC channels that are sampled.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [];

    /// <summary>Milliseconds from one sampled row to the next.</summary>
    public int PeriodMs { get; init; } = 100;

    /// <summary>Milliseconds from one inference to the next.</summary>
    public int DecisionMs { get; init; } = 100;

    /// <summary>Rows that the board had no time for, or the line lost.</summary>
    public long Missing { get; init; }

    /// <summary>Why the board samples no channels; null when it does.</summary>
    public string? NoCounts { get; init; }

    /// <summary>What it says about its pins; null before it said anything.</summary>
    public BoardWiring? Wiring => Report is null ? null
        : new BoardWiring($"the board at {Port}", Report.Limits.OutputPins, Report.Limits.ActiveLowPins, Report.Chip, Report.Limits.AdcChannels, Report.Limits.Sensors);
}
