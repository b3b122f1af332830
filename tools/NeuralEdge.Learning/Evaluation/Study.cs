using NeuralEdge.Conversion;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>What a network's score rests on: which inputs, and how many rows.</summary>
public sealed record Study
{
    private const long Seed = 0x57D7;
    private const double WorkOfShuffles = 5e8;
    private const int MostShuffles = 5;
    private const int FewestRows = 50;

    private const double Sigmas = 2;

    // Half a point more for twice the rows is not worth anybody's week.
    private const double LeastGain = 0.005;

    private static readonly double[] Shares = [0.25, 0.5, 1];

    private Study()
    {
    }

    /// <summary>
    /// The score of networks of real numbers at the rows held out: the share that is right, each class for what it counts in
    /// training; of quantities the share of the variance that is explained, the mean over the targets. 1 is perfect.
    /// </summary>
    public double Score { get; private init; }

    /// <summary>What each input is worth, in the order of the inputs.</summary>
    public required IReadOnlyList<InputImportance> Importance { get; init; }

    /// <summary>How good networks are that learned from fewer rows, and from all.</summary>
    public required IReadOnlyList<RowsPoint> ByRows { get; init; }

    /// <summary>What more rows would do, told from what the second half of them did.</summary>
    public MoreRows MoreRows { get; private init; }

    /// <summary>Shuffles and trains; bounded to some seconds.</summary>
    internal static Study Of(Holdout holdout, IProgress<ConversionProgress>? progress, CancellationToken cancellation)
    {
        Judge judge = holdout.Judge.Under(cancellation);
        Trial chosen = holdout.Chosen;
        InputImportance[] importance = [.. Shuffled(judge, chosen, holdout.Goal, progress, cancellation)];

        // Those of another table are judged by the network that is kept, which had longer to learn than a trial has.
        bool isTrial = judge.Partition.Kind != SplitKind.OtherTable;
        Trial[] trials = [.. Shares.Select((share, s) => share == 1 && isTrial
            ? chosen.Kept
            : judge.Try(chosen.Hidden, (_, _, done) => progress?.Report(new ConversionProgress("would more rows help", (s + done) / Shares.Length)), share))];
        (double gain, double error) = judge.Measure.Gain(trials[^1].Outputs, trials[^2].Outputs, judge.Partition.Kind);
        return new Study
        {
            Score = judge.Measure.Score(holdout.Goal is null ? chosen.Outputs : judge.Shifted(chosen, holdout.Goal)),
            Importance = importance,
            ByRows = [.. trials.Select((trial, s) => new RowsPoint(Shares[s], trial.Score, trial.StandardError))],
            MoreRows = gain < LeastGain || gain <= error ? MoreRows.WouldHardlyHelp : gain > Sigmas * error ? MoreRows.WouldHelp : MoreRows.MayHelp,
        };
    }

    private static IEnumerable<InputImportance> Shuffled(
        Judge judge, Trial chosen, DecisionGoal? goal, IProgress<ConversionProgress>? progress, CancellationToken cancellation)
    {
        DataSet all = judge.Judged;
        int weights = Math.Max(1, chosen.Models.Max(model => model?.Network.Layers.Sum(layer => layer.InputCount * layer.OutputCount) ?? 0));
        double workOfRow = (double)all.InputNames.Length * weights;
        int step = Math.Max(1, (int)Math.Ceiling(all.Count / Math.Max(FewestRows, WorkOfShuffles / workOfRow)));
        int[] rows = [.. Enumerable.Range(0, all.Count).Where(r => r % step == 0)];
        int shuffles = Math.Clamp((int)(WorkOfShuffles / (rows.Length * workOfRow)), 1, MostShuffles);
        Measure measure = judge.Measure.At(rows);
        double[][] asTheyAre = [.. rows.Select(r => judge.Inputs[r])];
        double score = measure.Score(judge.Answer(chosen, rows, asTheyAre, goal));
        PortableRandom random = new(Seed);
        for (int i = 0; i < all.InputNames.Length; i++)
        {
            int column = judge.ColumnOf(i);
            double sum = 0;
            for (int s = 0; s < shuffles; s++)
            {
                cancellation.ThrowIfCancellationRequested();
                int[] from = [.. Enumerable.Range(0, rows.Length)];
                random.Shuffle(from);
                double[][] inputs = [.. asTheyAre.Select((row, r) =>
                {
                    double[] other = [.. row];
                    other[column] = asTheyAre[from[r]][column];
                    return other;
                })];
                sum += measure.Score(judge.Answer(chosen, rows, inputs, goal));
            }

            progress?.Report(new ConversionProgress("importance of the inputs", (i + 1.0) / all.InputNames.Length));
            yield return new InputImportance(all.InputNames[i], score - (sum / shuffles));
        }
    }
}
