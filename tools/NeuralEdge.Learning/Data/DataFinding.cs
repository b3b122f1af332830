using System.Text.Json.Serialization;
using NeuralEdge.Conversion;

namespace NeuralEdge.Learning.Data;

/// <summary>Something about a table that its owner should know before believing a score.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Sentence">In words, with the option that changes it.</param>
public sealed record DataFinding(DataFindingKind Kind, string Sentence)
{
    /// <summary>Something to know, said to somebody at a command line and to somebody at a page.</summary>
    /// <param name="kind">What it is about.</param>
    /// <param name="sentence">In words.</param>
    public DataFinding(DataFindingKind kind, Saying sentence)
        : this(kind, sentence.Terminal) => Plain = sentence.Page;

    /// <summary>The sentence for somebody at a page, who has no options.</summary>
    [JsonIgnore]
    public string Plain { get => field ?? PlainText.WithoutOptions(Sentence); }

    /// <summary>True for what makes a score untrue.</summary>
    [JsonIgnore]
    public bool IsWarning => Kind is DataFindingKind.Leak or DataFindingKind.Sentinel or DataFindingKind.RareLabel or DataFindingKind.Copies or DataFindingKind.Labels or DataFindingKind.TooLarge;

    /// <summary>The column it is about; null for the whole table.</summary>
    public string? Column { get; init; }

    /// <summary>How many rows it concerns; 0 where that makes no sense.</summary>
    public int Rows { get; init; }
}
