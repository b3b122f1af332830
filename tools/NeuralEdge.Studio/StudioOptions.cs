using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;

namespace NeuralEdge.Studio;

/// <summary>What a studio is started with.</summary>
public sealed record StudioOptions
{
    /// <summary>The board's port; null: the page offers the ports that there are, and a simulated board.</summary>
    public string? Port { get; init; }

    /// <summary>The board's keys, null for none.</summary>
    public KeyFile? Keys { get; init; }

    /// <summary>The folder of the user's sessions; made when the first is begun.</summary>
    public required string Folder { get; init; }

    /// <summary>Name of the executable's assembly, whose list of static files is beside it.</summary>
    public required string ApplicationName { get; init; }

    /// <summary>What the command line says in words, so that the page says the same.</summary>
    public StudioTexts Texts { get; init; } = new();
}

/// <summary>Texts that the command line has already, given to the studio by whoever starts it.</summary>
public sealed record StudioTexts
{
    /// <summary>What <c>info</c> shows of a board, as names and values; the model is null when it cannot be read.</summary>
    public Func<BoardReport, ModelFile?, IReadOnlyList<(string Name, string Value)>> Info { get; init; } = (_, _) => [];

    /// <summary>The state of a board's model in one line.</summary>
    public Func<BoardReport, string> Model { get; init; } = report => report.State.ToString();

    /// <summary>Why a pin is not what its output asks for: a rule of time holds it. Null for no reason.</summary>
    public Func<ModelFile, LiveValues, int, string?> Held { get; init; } = (_, _, _) => null;

    /// <summary>The page that <c>train --report</c> writes.</summary>
    public Func<Learning.TrainResult, Learning.Evaluation.Study?, CancellationToken, string> Report { get; init; } = (_, _, _) => "";

    /// <summary>The profiles of a conversion beside each other: what the columns are, and a row for each profile in the order of the analysis.</summary>
    public Func<Conversion.Reports.ConversionAnalysis, (IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows)> Profiles { get; init; } = _ => ([], []);

    /// <summary>How the values of the inputs are spread, class by class: a picture for each, as SVG.</summary>
    public Func<Learning.TrainResult, Learning.Evaluation.Study?, IReadOnlyList<string>> Distributions { get; init; } = (_, _) => [];

    /// <summary>
    /// What was learned of normal rows and what it promises, a sentence each; then how soon other rows are noticed, as the names of columns
    /// and a row for each way, none without such rows.
    /// </summary>
    public Func<Learning.Normality.NormalResult, (IReadOnlyList<string> Sentences, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows)> Normal { get; init; } = _ => ([], [], []);

    /// <summary>The picture of a network, as SVG.</summary>
    public Func<Conversion.FloatModels.FloatModel, string> Network { get; init; } = _ => "";
}
