using NeuralEdge.Conversion.Features;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning.Normality;

/// <summary>
/// How soon rows that are not normal are noticed: by the model with the level of its own alarm, and by single features, which get all that it has, as the
/// squared distance from their mean beside the usual one, a ceiling, the average, and a level by the same rule from the same rows.
/// </summary>
/// <param name="normal">Windows of normal rows.</param>
/// <param name="learned">How many of them means and scales are from; the others set levels.</param>
/// <param name="others">Windows that are not normal.</param>
/// <param name="plan">How both were cut.</param>
/// <param name="shift">Averages move by 2^-shift of the distance.</param>
/// <param name="votes">Decisions of which more than half must be alarms.</param>
/// <param name="allowed">How often an alarm may begin among normal windows.</param>
internal sealed class DetectionTest(DataSet normal, int learned, DataSet others, WindowPlan plan, int shift, int votes, int allowed)
{
    /// <summary>Tries them all.</summary>
    /// <param name="scores">The model's averaged scores of the other windows.</param>
    /// <param name="level">Where its alarm begins.</param>
    internal Detection[] Of(double[] scores, double level) =>
        [Of("all features", scores, level), .. Enumerable.Range(0, normal.InputNames.Length).Select(OfFeature)];

    private Detection OfFeature(int feature)
    {
        double mean = normal.Inputs[..learned].Average(row => row[feature]);
        double Squared(double[] row) => Math.Pow(row[feature] - mean, 2);
        (double usual, double ceiling) = Distance.ScaleOf([.. normal.Inputs[..learned].Select(Squared)]);
        double Score(double[] row) => Math.Min(Squared(row) / usual, ceiling);
        double level = AlarmLevel.Of(FromStarts(Score), allowed, ceiling, shift, plan.Hops);
        return Of(normal.InputNames[feature], level <= AlarmLevel.Highest(ceiling) ? AfterUsual(Score) : new double[others.Count], level);
    }

    private Detection Of(string by, double[] scores, double level)
    {
        double step = plan.Hop * plan.PeriodMs / 1000.0;
        bool[] alarms = [.. Enumerable.Range(0, scores.Length).Select(r => IsAlarm(scores, level, r))];
        double[] delays = [.. Enumerable.Range(0, scores.Length).GroupBy(r => others.Recordings[r]).Select(recording => recording.TakeWhile(r => !alarms[r]).Count() is int before && before < recording.Count() ? before * step : double.PositiveInfinity).Order()];

        // Where half of them have no alarm nobody can say how soon one comes.
        double median = delays[delays.Length / 2];
        return new Detection(by, double.IsFinite(median) ? median : null, (double)alarms.Count(isAlarm => isAlarm) / scores.Length)
        {
            Noticed = delays.Count(double.IsFinite),
        };
    }

    // Before a recording all was as usual, and voted so.
    private bool IsAlarm(double[] scores, double level, int row)
    {
        int agree = 0;
        for (int r = row; r >= 0 && r > row - votes && others.Recordings[r] == others.Recordings[row]; r--)
        {
            agree += scores[r] >= level ? 1 : 0;
        }

        return 2 * agree > votes;
    }

    // As after each start: no average before it is full, then the mean of the first windows.
    private double[] FromStarts(Func<double[], double> score)
    {
        List<double> scores = [];
        double average = 0;
        int count = 0;
        for (int r = learned; r < normal.Count; r++)
        {
            count = r == learned || normal.Recordings[r] != normal.Recordings[r - 1] ? 1 : count + 1;
            average = count == 1 ? score(normal.Inputs[r]) : average + ((score(normal.Inputs[r]) - average) / Math.Min(count, 1 << shift));
            if (count >= 1 << shift)
            {
                scores.Add(average);
            }
        }

        return [.. scores];
    }

    // As of a board that has watched a while: before each recording all was as usual.
    private double[] AfterUsual(Func<double[], double> score)
    {
        double average = 1;
        return [.. Enumerable.Range(0, others.Count).Select(r =>
        {
            average = r == 0 || others.Recordings[r] != others.Recordings[r - 1] ? 1 : average;
            return average += (score(others.Inputs[r]) - average) / (1 << shift);
        })];
    }
}
