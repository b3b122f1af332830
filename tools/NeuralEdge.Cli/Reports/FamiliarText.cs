using NeuralEdge.Board.Control;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Familiar;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Reports;

/// <summary>What a model keeps of its training inputs, and what a board finds of its own beside that.</summary>
internal static class FamiliarText
{
    /// <summary>What a board says of its inputs, in a line; null when it does not look at them.</summary>
    /// <param name="report">The board's report.</param>
    internal static string? Of(BoardReport report)
    {
        if (report.IsUnfamiliar is not bool unfamiliar)
        {
            return null;
        }

        string hour = report.HourLooks == 0 ? "" : $"; {report.HourUnfamiliar} of {report.HourLooks} in the last hour";
        if (report.WindowLooks == 0)
        {
            return $"inputs: not held against the training yet{hour}";
        }

        string looks = $"{report.WindowUnfamiliar} of the last {NumberText.Count(report.WindowLooks, "look")}";
        return unfamiliar
            ? $"inputs unlike those it was trained on: {looks}{hour}"
            : $"inputs: {looks} at rows unlike the training, warned of from {FamiliarityWatch.AlarmAbove + 1} of {FamiliarityWatch.Window}{hour}";
    }

    /// <summary>The same for programs; null when the board does not look at its inputs.</summary>
    /// <param name="report">The board's report.</param>
    internal static object? Document(BoardReport report) => report.IsUnfamiliar is not bool unfamiliar ? null : new
    {
        unfamiliar,
        looks = report.Looks,
        last = new { looks = report.WindowLooks, unlike = report.WindowUnfamiliar },
        hour = new { looks = report.HourLooks, unlike = report.HourUnfamiliar },
    };

    /// <summary>What a model keeps, in a line.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="file">The model.</param>
    internal static void Write(TextWriter writer, ModelFile file)
    {
        if (file.Familiar is FamiliarInputs familiar)
        {
            IEnumerable<string> ranges = file.Inputs.Zip(familiar.Inputs, (input, kept) => Range(input, kept));
            string doubt = file.Model.Familiarity!.IsDoubt ? "; outputs are safe while inputs are unlike them" : "";
            writer.WriteLine($"trained on {string.Join(", ", ranges)} (99 of 100 {file.Noun}s), together near one of {NumberText.Count(familiar.Prototypes.Length, "prototype")}{doubt}");
        }
    }

    /// <summary>The same for programs; null when the model keeps nothing.</summary>
    /// <param name="file">The model.</param>
    internal static object? Document(ModelFile file) => file.Familiar is not FamiliarInputs familiar ? null : new
    {
        prototypes = familiar.Prototypes.Length,
        threshold = familiar.Threshold,
        safe = file.Model.Familiarity!.IsDoubt,
        inputs = file.Inputs.Zip(familiar.Inputs, (input, kept) => new { name = input.Name, least = Ends(input, kept).Least, most = Ends(input, kept).Most }),
    };

    private static string Range(ModelInput input, FamiliarInput kept) =>
        $"{input.Name} {Show.Measure(Ends(input, kept).Least)}..{Show.Measure(Ends(input, kept).Most)}{(input.Unit.Length > 0 ? " " + input.Unit : "")}";

    private static (double Least, double Most) Ends(ModelInput input, FamiliarInput kept)
    {
        double a = input.ToValue(kept.ToRaw(kept.Least));
        double b = input.ToValue(kept.ToRaw(kept.Most));
        return (Math.Min(a, b), Math.Max(a, b));
    }
}
