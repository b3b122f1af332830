namespace NeuralEdge.Learning.Normality;

/// <summary>Where an alarm begins: as low as normal hours that were not learned from allow.</summary>
internal static class AlarmLevel
{
    /// <summary>An alarm ends at this share of the level where it begins.</summary>
    internal const double EndsAt = 0.9;

    // Above the highest that was seen: in as many hours again every second time something is higher.
    private const double Room = 1.25;
    private const double RoomOverKnock = 1.05;

    // There are hundreds of knocks in a few days.
    private const double HighScore = 0.999;

    // An average that stops at the ceiling hardly comes nearer.
    private const double HighestShare = 0.9;

    /// <summary>How often an alarm may begin in some hours, so that they promise no more of them a day than were asked for.</summary>
    /// <param name="hours">The hours.</param>
    /// <param name="perDay">Alarms a day that may be false.</param>
    /// <returns>0 also where the hours are too few to promise it.</returns>
    internal static int Allowed(double hours, double perDay)
    {
        int allowed = 0;
        while (MostExpected(allowed + 1) * 24 / hours <= perDay)
        {
            allowed++;
        }

        return allowed;
    }

    /// <summary>
    /// Alarms that are to be expected at most, at 95 %, in as many hours again. With none 3, the rule of three. A level at which some alarms
    /// were left is the lowest with so few, so that one more is counted; alarms come by chance (Poisson).
    /// </summary>
    /// <param name="seen">How often an alarm began.</param>
    internal static double MostExpected(int seen)
    {
        const double Doubt = 0.05;
        if (seen == 0)
        {
            return 3;
        }

        double low = seen;
        double high = (4.0 * seen) + 10;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = ChanceOfSoFew(seen + 1, middle) > Doubt ? (middle, high) : (low, middle);
        }

        return high;
    }

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

    // Of a Poisson distribution: each term from the one before, in logarithms because e^-mean may be too small for a number.
    private static double ChanceOfSoFew(int count, double mean)
    {
        double term = -mean;
        double chance = Math.Exp(term);
        for (int i = 1; i <= count; i++)
        {
            term += Math.Log(mean / i);
            chance += Math.Exp(term);
        }

        return chance;
    }

    /// <summary>
    /// The same from hours that may be too few to have seen a knock: it spoils no more windows than it lies in, and must not reach the level even
    /// where scores are as high as one in a thousand of them. Without an average nothing tells it from a fault.
    /// </summary>
    /// <param name="scores">Averaged scores of normal windows, in the order of time.</param>
    /// <param name="allowed">How often an alarm may begin among them; from 1 on they have seen enough.</param>
    /// <param name="ceiling">Where a score stops.</param>
    /// <param name="shift">Averages begin with the mean of 2^shift windows and move by 2^-shift of the distance.</param>
    /// <param name="hops">Hops of a window.</param>
    internal static double Of(IReadOnlyList<double> scores, int allowed, double ceiling, int shift, int hops)
    {
        double level = Of(scores, allowed);
        double high = scores.Order().ElementAt((int)(HighScore * scores.Count));

        // After a start it is one of the first 2^shift, all alike; later a little less.
        double kept = Math.Max(0, 1 - Math.ScaleB(hops + 1, -shift));
        double knock = RoomOverKnock * ((kept * high) + ((1 - kept) * ceiling));
        return allowed > 0 ? level : Math.Max(level, Math.Min(knock, Highest(ceiling)));
    }

    /// <summary>The highest level that tells anything.</summary>
    /// <param name="ceiling">Where a score stops.</param>
    internal static double Highest(double ceiling) => HighestShare * ceiling;

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
