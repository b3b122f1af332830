namespace NeuralEdge.Learning.Normality;

/// <summary>Where an alarm begins: as low as normal hours that were not learned from allow.</summary>
internal static class AlarmLevel
{
    /// <summary>An alarm ends at this share of the level where it begins.</summary>
    internal const double EndsAt = 0.9;

    // Above the highest that was seen: in as many hours again every second time something is higher.
    private const double Room = 1.25;

    /// <summary>The level.</summary>
    /// <param name="scores">Averaged scores of normal windows, in the order of time.</param>
    /// <param name="allowed">How often an alarm may begin among them.</param>
    internal static double Of(IReadOnlyList<double> scores, int allowed)
    {
        double[] levels = [.. scores.Distinct().OrderDescending()];
        double level = levels[0] * Room;
        foreach (double lower in levels)
        {
            if (Alarms(scores, lower) > allowed)
            {
                break;
            }

            level = lower;
        }

        return level;
    }

    /// <summary>How often an alarm begins.</summary>
    /// <param name="scores">Averaged scores in the order of time.</param>
    /// <param name="level">Where one begins.</param>
    internal static int Alarms(IReadOnlyList<double> scores, double level)
    {
        int alarms = 0;
        bool isOn = false;
        foreach (double score in scores)
        {
            alarms += !isOn && score >= level ? 1 : 0;
            isOn = score >= level || (isOn && score > level * EndsAt);
        }

        return alarms;
    }
}
