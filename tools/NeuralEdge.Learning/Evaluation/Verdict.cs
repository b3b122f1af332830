using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>How good a network is at rows it has not seen, beside what answers without it, and what that does not say.</summary>
public sealed record Verdict
{
    /// <summary>What can be said.</summary>
    public required VerdictKind Kind { get; init; }

    /// <summary>The verdict in one sentence, for the person who recorded the rows.</summary>
    public required string Sentence { get; init; }

    /// <summary>The same for somebody at a page, who has no options.</summary>
    public string PlainSentence { get => field ?? Sentence; init; }

    /// <summary>Which rows were held out.</summary>
    public required SplitKind Split { get; init; }

    /// <summary>True when rows that follow each other are alike: intervals are then from the lowest to the highest of <see cref="Parts"/>.</summary>
    public bool IsLog { get; init; }

    /// <summary>The parts that the rows were judged in, "five parts".</summary>
    public string Parts { get; init; } = "";

    /// <summary>As <see cref="RowOrder.Roughness"/> has it.</summary>
    public required double Roughness { get; init; }

    /// <summary>Neurons of each hidden layer of the network.</summary>
    public required IReadOnlyList<int> Hidden { get; init; }

    /// <summary>What a row of each class counted for in training; empty when all counted alike.</summary>
    public IReadOnlyList<double> ClassWeights { get; init; } = [];

    /// <summary>What was added to the score of a class, 0 for nothing.</summary>
    public double Shift { get; init; }

    /// <summary>The constant answer, a linear network unless this is one, what else would do, and this network, in this order; empty when nothing could be judged.</summary>
    public IReadOnlyList<Standing> Standings { get; init; } = [];

    /// <summary>One for each class; empty for quantities.</summary>
    public IReadOnlyList<ClassFigures> Classes { get; init; } = [];

    /// <summary>
    /// The rows that the board's integers answer wrongly, surest first; of quantities, for each target the rows with the largest errors,
    /// largest first.
    /// </summary>
    public IReadOnlyList<Mistake> Mistakes { get; init; } = [];

    /// <summary>One for each output that is to switch a pin.</summary>
    public IReadOnlyList<PinFigures> Pins { get; init; } = [];

    /// <summary>True: <see cref="Pins"/> are by all rules of the board, one decision after the other. False: each row by itself.</summary>
    public bool PinsDecideInOrder { get; init; }

    /// <summary>What <see cref="Pins"/> owe to the beginnings of recordings, in words; empty for nothing.</summary>
    public string PinsBegin { get; init; } = "";

    /// <summary>The outputs that were to switch a pin and do not, because the network is no better than a guess at them, or too few rows were judged.</summary>
    public IReadOnlyList<string> Unwired { get; init; } = [];

    /// <summary>
    /// Of <see cref="Unwired"/>, those of a network that is better than a guess: fewer than <see cref="Partition.FewestJudged"/> rows
    /// were judged at which the pin should be on, or at which it should be off.
    /// </summary>
    public IReadOnlyList<string> TooFewJudged { get; init; } = [];

    /// <summary>Sentences without which the first one would be believed more than it deserves.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Sentences on how it was judged, what would do as well, and what no split can show.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The same for somebody at a page, who has no options.</summary>
    public IReadOnlyList<string> PlainRemarks { get; init; } = [];
}
