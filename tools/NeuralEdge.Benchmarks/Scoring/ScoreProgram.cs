using System.Globalization;
using NeuralEdge.Conversion;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Benchmarks.Scoring;

/// <summary>Whether the scores that "train" prints hold: at logs of which it is known what came later, and at tables.</summary>
/// <param name="writeLine">Where to.</param>
internal sealed class ScoreProgram(Action<string> writeLine)
{
    private const int LogRows = 2000;

    /// <summary>One shape and a short training: what is measured here is how rows are held out.</summary>
    internal static Hyperparameters Quick { get; } = new() { Hidden = [8], Starts = 1, WorkLimit = 60 };

    /// <summary>Generated logs: train on the first half, compare what is printed with the second.</summary>
    /// <param name="seeds">Logs of each kind.</param>
    /// <param name="options">How to train.</param>
    internal void RunDrift(int seeds, Hyperparameters options)
    {
        writeLine("Printed minus later accuracy in points: the mean, and in brackets the mean of its size; held: share of the logs whose interval holds the later one.");
        writeLine(Row("log", "rows", "later", "gap", "held", "every fifth: gap", "held"));
        foreach ((string name, Func<long, int, Table> generate) in DriftCase.Logs)
        {
            DriftCase[] cases = [.. Enumerable.Range(1, seeds).Select(seed => DriftCase.Of(generate(seed, 2 * LogRows), options))];
            writeLine(Row(
                name,
                $"{LogRows}",
                Points(cases.Average(c => c.Later)),
                Gap(cases, c => c.Printed - c.Later),
                Points(cases.Average(c => c.Later >= c.Low && c.Later <= c.High ? 1 : 0)),
                Gap(cases, c => c.Fifth - c.FifthLater),
                Points(cases.Average(c => c.FifthLater >= c.FifthLow && c.FifthLater <= c.FifthHigh ? 1 : 0))));
        }
    }

    /// <summary>Gestures by features of windows and by all samples of the same windows, with networks of the same sizes, judged by other people.</summary>
    /// <param name="logs">What is learned from, and what came later.</param>
    internal void RunWindows((Table Learned, Table Later) logs)
    {
        writeLine("inputs of the network | number | hidden | printed | right of others | bytes of the file");
        foreach (int hidden in (int[])[8, 16])
        {
            Hyperparameters options = new() { Hidden = [hidden] };
            foreach (WindowCase one in (WindowCase[])[WindowCase.OfSamples(logs, options), WindowCase.OfFeatures(logs, options, null), WindowCase.OfFeatures(logs, options, ["std", "mad"])])
            {
                writeLine(Line(one));
            }
        }
    }

    /// <summary>A line of that table.</summary>
    /// <param name="one">What it is of.</param>
    internal static string Line(WindowCase one) =>
        string.Create(CultureInfo.InvariantCulture, $"{one.Name} | {one.Inputs} | {string.Join('-', one.Hidden)} | {100 * one.Printed:F1} % | {100 * one.Right:F1} % | {one.Bytes}");

    /// <summary>Every NAME.csv of a folder, its last column the target; NAME.later.csv beside it is what came later.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="targets">The target columns by file name, where it is not the last one.</param>
    internal void RunTables(string folder, IReadOnlyDictionary<string, string[]>? targets = null)
    {
        writeLine(Row("table", "rows", "split", "constant", "linear", "network", "hidden", "later"));
        foreach (string path in Directory.GetFiles(folder, "*.csv").Where(path => !path.EndsWith(".later.csv", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            try
            {
                writeLine(OfTable(path, targets));
            }
            catch (InputRefusedException e)
            {
                writeLine($"{Path.GetFileName(path)}: {e.Message}");
            }
        }
    }

    private static string OfTable(string path, IReadOnlyDictionary<string, string[]>? targets)
    {
        Table table = Table.Read(path);
        string[] target = targets?.GetValueOrDefault(Path.GetFileName(path)) ?? [table.Columns[^1]];
        TrainResult result = Pipeline.Train(new TrainOptions(table, target) { Work = 1e4 });
        IReadOnlyList<Standing> standings = result.Verdict.Standings;
        string later = Path.ChangeExtension(path, ".later.csv");
        Scores? afterwards = File.Exists(later)
            ? Scores.Of(DataSet.Like(result.Training, Table.Read(later)), row => result.Model.File.ToScores(result.Model.File.Run(result.Model.File.ToRaw(row))))
            : null;
        return Row(
            Path.GetFileNameWithoutExtension(path),
            result.Training.Count.ToString(CultureInfo.InvariantCulture),
            result.Verdict.Split.ToString(),
            standings.Count == 0 ? "-" : Of(standings[0].Scores),
            standings.Count == 0 ? "-" : Of((standings.FirstOrDefault(s => s.Name == Standing.Linear) ?? standings[^1]).Scores),
            standings.Count == 0 ? "-" : Of(standings[^1].Scores),
            result.Verdict.Hidden.Count == 0 ? "none" : string.Join("-", result.Verdict.Hidden),
            afterwards is null ? "-" : Of(afterwards));
    }

    // Of several targets, the mean.
    private static string Of(Scores scores) => scores.Confusion.Length > 0
        ? Points(scores.Accuracy)
        : "R2 " + scores.Explained.Average().ToString("F3", CultureInfo.InvariantCulture);

    private static string Gap(DriftCase[] cases, Func<DriftCase, double> gap) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * cases.Average(gap):+0.0;-0.0;0.0} ({100 * cases.Average(c => Math.Abs(gap(c))):F1})");

    private static string Points(double share) => (100 * share).ToString("F1", CultureInfo.InvariantCulture);

    private static string Row(params string[] cells) => string.Join("  ", cells.Select((cell, c) => cell.PadRight(c == 0 ? 24 : 12))).TrimEnd();
}
