using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.Quantisation;

namespace NeuralEdge.Learning;

/// <summary>How a network in real numbers becomes a model file, wherever it comes from.</summary>
public abstract record ModelOptions
{
    /// <summary>What to aim at.</summary>
    public Profile Profile { get; init; } = Profile.Exact;

    /// <summary>
    /// How the board is wired (<see cref="BoardFile.Read"/>). Null: inputs that look like counts take ADC channels in order, and
    /// outputs safe pins; a model with other inputs stays unwired.
    /// </summary>
    public BoardFile? Board { get; init; }

    /// <summary>What the board that the model is for says about its pins. Null: nobody asked it, and it refuses a model that it is not wired for.</summary>
    public BoardWiring? Wiring { get; init; }

    /// <summary>What the model is called; kept in the file. Null: after what it is made from.</summary>
    public string? Name { get; init; }

    /// <summary>Which version of it this is, as its maker counts; kept in the file. Null: the file says none.</summary>
    public string? Version { get; init; }

    /// <summary>
    /// Share of an output's range that an error of the integers may be, and of the rows that may get another class. Null: 1 %, and another class in one row of a thousand; a
    /// network that is worse is refused.
    /// </summary>
    public double? AcceptError { get; init; }

    /// <summary>
    /// Multiplications that proofs of the error, the search for the worst one, and choosing golden vectors may take, about. Bounds
    /// become tighter with more.
    /// </summary>
    public double Work { get; init; } = ErrorBound.DefaultWork;

    /// <summary>Told how far the conversion is; may be null.</summary>
    public IProgress<ConversionProgress>? Progress { get; init; }
}
