using System.Globalization;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Benchmarks.Scoring;

/// <summary>What was printed of a log, and what came later: as the tool judges it, and by every fifth row held out.</summary>
/// <param name="Printed">Accuracy that the verdict prints.</param>
/// <param name="Low">The lower end of its interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Later">Accuracy of the same model at as many rows that follow.</param>
/// <param name="Fifth">Accuracy at every fifth row, by a network that was trained on the others.</param>
/// <param name="FifthLow">The lower end of its interval, as if rows were independent.</param>
/// <param name="FifthHigh">The upper end.</param>
/// <param name="FifthLater">Accuracy of that network at the rows that follow.</param>
internal sealed record DriftCase(double Printed, double Low, double High, double Later, double Fifth, double FifthLow, double FifthHigh, double FifthLater)
{
    /// <summary>The logs that are generated.</summary>
    internal static IReadOnlyList<(string Name, Func<long, int, Table> Generate)> Logs { get; } =
    [
        ("soil, slow drift", (seed, rows) => DriftingLog.Soil(seed, rows, isStrong: false)),
        ("soil, strong drift", (seed, rows) => DriftingLog.Soil(seed, rows, isStrong: true)),
        ("presence, slow drift", (seed, rows) => DriftingLog.Presence(seed, rows, isStrong: false)),
        ("presence, strong drift", (seed, rows) => DriftingLog.Presence(seed, rows, isStrong: true)),
    ];

    /// <summary>Trains on the first half of a log and looks at the second.</summary>
    /// <param name="log">The whole log; its label is the column label.</param>
    /// <param name="options">How to train.</param>
    internal static DriftCase Of(Table log, Hyperparameters options)
    {
        int half = log.RowCount / 2;
        Table first = Part(log, 0, half);
        TrainResult result = Pipeline.Train(new TrainOptions(first, "label") { Hyperparameters = options, Work = 1e4 });
        DataSet later = DataSet.Like(result.Training, Part(log, half, log.RowCount - half));
        Standing own = result.Verdict.Standings[^1];
        double afterwards = Scores.Of(later, row => result.Model.File.ToScores(result.Model.File.Run(result.Model.File.ToRaw(row)))).Accuracy;

        (DataSet training, DataSet fifth) = result.Training.HoldOutEveryFifth();
        FloatNetwork old = new Trainer(options with { Hidden = result.Verdict.Hidden }).Train(training).ToFloatModel().Network;
        double share = Scores.Of(fifth, old.Scores).Accuracy;
        (double low, double high) = Wilson.Interval(share, fifth.Count);
        return new DriftCase(own.Scores.Accuracy, own.Intervals[0].Low, own.Intervals[0].High, afterwards, share, low, high, Scores.Of(later, old.Scores).Accuracy);
    }

    private static Table Part(Table log, int from, int count)
    {
        IEnumerable<string> lines = Enumerable.Range(from, count)
            .Select(r => string.Join(",", Enumerable.Range(0, log.Columns.Count).Select(c => log.TextAt(r, c))))
            .Prepend(string.Join(",", log.Columns));
        return Table.Parse(string.Join('\n', lines), string.Create(CultureInfo.InvariantCulture, $"{log.Name} from row {from}"));
    }
}
