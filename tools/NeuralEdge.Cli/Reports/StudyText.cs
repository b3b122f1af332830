using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;

namespace NeuralEdge.Cli.Reports;

/// <summary>What a score rests on, in words.</summary>
internal static class StudyText
{
    private const int Listed = 4;

    // Rows may have chosen it that judge it here, and not in the verdict.
    private const string OfSize = " (networks of the size that is kept)";

    internal static void Write(TextWriter writer, Study study, TaskKind task, string noun)
    {
        InputImportance[] first = [.. ByImportance(study).Take(Listed)];
        string more = study.Importance.Count > first.Length ? ", ..." : "";
        writer.WriteLine($"What each input is worth ({Lost(task, noun)} when it is shuffled): {string.Join(", ", first.Select(i => $"{Harmless.Line(i.Name)} {Loss(i)}"))}{more}.");
        writer.WriteLine(OfMoreRows(study, task, noun));
    }

    /// <summary>The most important first.</summary>
    internal static IEnumerable<InputImportance> ByImportance(Study study) => study.Importance.OrderByDescending(input => input.Loss);

    /// <summary>What a score is a share of.</summary>
    internal static string What(TaskKind task, string noun) => task == TaskKind.Classify ? $"{char.ToUpperInvariant(noun[0])}{noun[1..]}s right" : "Variance explained";

    /// <summary>What a loss of the score is a share of.</summary>
    internal static string Lost(TaskKind task, string noun) => task == TaskKind.Classify ? $"{noun}s no longer right" : "explained variance lost";

    /// <summary>A loss of the score; what chance gained is none.</summary>
    internal static string Loss(InputImportance input) => Show.Percent(Math.Max(0, input.Loss));

    /// <summary>Whether more rows would help, and why one may think so.</summary>
    internal static string OfMoreRows(Study study, TaskKind task, string noun)
    {
        RowsPoint half = study.ByRows[^2];
        RowsPoint all = study.ByRows[^1];
        string figures = task == TaskKind.Classify
            ? $"learning from half of the {noun}s it is right in {Score(half)}, from all in {Score(all)}{OfSize}"
            : $"learning from half of the {noun}s it explains {Score(half)} of the variance, from all {Score(all)}{OfSize}";
        return study.MoreRows switch
        {
            MoreRows.WouldHelp => $"More {noun}s would probably help: {figures}.",
            MoreRows.MayHelp => $"More {noun}s may help, which so few parts cannot tell for certain: {figures}.",
            _ => $"More {noun}s of the same kind would hardly help: {figures}.",
        };
    }

    /// <summary>A score in percent; one below nothing is worse than the mean.</summary>
    internal static string Score(RowsPoint point) => Show.Share(point.Score);
}
