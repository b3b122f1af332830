using System.Globalization;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Normality;

namespace NeuralEdge.Cli.Reports;

/// <summary>What is known of a model that was trained on normal rows alone.</summary>
internal static class NormalText
{
    private const int MostFeatures = 3;

    // One an hour: nobody would look at such an alarm.
    private const double MostWorthSaying = 24;

    /// <summary>Writes it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="result">The training.</param>
    internal static void Write(TextWriter writer, NormalResult result)
    {
        foreach (string sentence in Sentences(result))
        {
            writer.WriteLine(sentence);
        }

        if (result.Tests.Count > 0)
        {
            writer.WriteLine(TestsHeading(result));
            TextTable.Write(writer, TestsHeader(result), TestsCells(result));
        }
    }

    /// <summary>What was learned and what it promises.</summary>
    internal static IEnumerable<string> Sentences(NormalResult result)
    {
        yield return $"Learned what is normal from {Hours(result.Learned)}. An alarm begins when 'unlike' reaches {NumberText.Brief(result.Level)} times its usual value; in {Hours(result.Judged)} of other normal rows {Times(result.Alarms)}.";
        yield return result.MostPerDay <= result.FalseAlarmsPerDay
            ? $"So fewer than {NumberText.Brief(result.MostPerDay)} false alarms a day are to be expected, with 95 % confidence, as long as days are like these."
            : $"That {(result.MostPerDay > MostWorthSaying ? "is too short to promise anything" : $"promises only that there are fewer than {NumberText.Brief(result.MostPerDay)} false alarms a day, with 95 % confidence, as long as days are like these")}; for {NumberText.Brief(result.FalseAlarmsPerDay)} a day, {Hours(result.HoursNeeded)} must be judged: record {Hours(Math.Max(0, 3 * result.HoursNeeded))}, of which a third is judged.";
        yield return $"The score is {(result.Average == 1 ? "that of each window by itself" : $"averaged over about {NumberText.Count(result.Average, "window")}")} and ends at {NumberText.Brief(result.Ceiling)}; what comes and goes with the day, or the season, is normal only if it was recorded.";
    }

    /// <summary>The same for programs.</summary>
    internal static object Document(NormalResult result) => new
    {
        level = result.Level,
        average = result.Average,
        learnedHours = result.Learned,
        judgedHours = result.Judged,
        alarms = result.Alarms,
        falseAlarmsPerDay = result.FalseAlarmsPerDay,
        mostPerDay = result.MostPerDay,
        hoursNeeded = result.HoursNeeded,
        tests = result.Tests,
    };

    /// <summary>What the rows are that should be noticed.</summary>
    internal static string TestsHeading(NormalResult result) =>
        $"The other rows, {NumberText.Count(result.OtherScores.Count, "window")} of {NumberText.Count(result.OtherRecordings, "recording")}, each way to notice them with an alarm set by the same normal rows:";

    /// <summary>The columns of <see cref="TestsCells"/>.</summary>
    internal static string[] TestsHeader(NormalResult result) =>
        ["noticed by", result.OtherRecordings > 1 ? "after, median" : "after", "recordings noticed", "windows with an alarm"];

    /// <summary>How soon other rows are noticed: by the model, then by the best single features.</summary>
    internal static IEnumerable<string[]> TestsCells(NormalResult result)
    {
        Detection[] best = [result.Tests[0], .. result.Tests.Skip(1).OrderByDescending(test => test.Noticed).ThenBy(test => test.Seconds ?? double.PositiveInfinity).ThenByDescending(test => test.Share).Take(MostFeatures)];
        return best.Select(test => (string[])
        [
            test.By, test.Seconds is double seconds ? Show.WithUnit(seconds, "s") : "never", $"{test.Noticed} of {result.OtherRecordings}", NumberText.Percent(test.Share),
        ]);
    }

    private static string Hours(double hours) => hours >= 48 ? $"{(hours / 24).ToString("0.#", CultureInfo.InvariantCulture)} days"
        : hours >= 2 ? $"{hours.ToString("0.#", CultureInfo.InvariantCulture)} h"
        : hours * 60 >= 2 ? $"{(hours * 60).ToString("0.#", CultureInfo.InvariantCulture)} min"
        : $"{(hours * 3600).ToString("0", CultureInfo.InvariantCulture)} s";

    private static string Times(int times) => times switch { 0 => "none would have begun", 1 => "one would have begun", _ => $"{times} would have begun" };
}
