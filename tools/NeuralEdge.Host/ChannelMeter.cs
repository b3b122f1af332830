using System.Globalization;
using NeuralEdge.Conversion;

namespace NeuralEdge.Host;

/// <summary>What an ADC channel gives while a voltage stands still, without the board's correction.</summary>
/// <param name="link">The board; rows of counts that it sends for somebody else end with the measurement.</param>
/// <param name="channel">A channel that the board allows.</param>
public sealed class ChannelMeter(BoardLink link, int channel)
{
    /// <summary>The lowest count that is no end of the ADC.</summary>
    public const double Lowest = 2;

    /// <summary>The highest one.</summary>
    public const double Highest = 4093;

    /// <summary>The largest count there is.</summary>
    public const double FullScale = 4095;

    private const int SamplesLog2 = 6;
    private const int Rows = 25;
    private const int PeriodMs = 40;
    private const double MostSpread = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Measures for a second.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The mean count of the ADC itself.</returns>
    /// <exception cref="InputRefusedException">It is at an end of the ADC, or does not stand still.</exception>
    /// <exception cref="BoardLinkException">The link or the board failed, or the ADC gives nothing.</exception>
    public double Measure(CancellationToken cancellation)
    {
        AdcCorrection correction = link.GetCorrection(channel, cancellation);
        CountChannel count = new(channel, SamplesLog2);
        double[] counts = new double[Rows];
        link.StartCounts(PeriodMs, [count], cancellation);
        for (int i = 0; i < Rows; i++)
        {
            CountRow row = link.ReadCounts(Patience, cancellation)
                ?? throw new BoardLinkException($"The board at {link.Port} gives no counts of channel {channel}: look at its faults with neuraledge info.");
            counts[i] = correction.Undo(Math.ScaleB(row.Counts[0], -count.FractionBits));
        }

        link.StopCounts(cancellation);
        double mean = counts.Average();
        double spread = counts.Max() - counts.Min();
        RequireInside(channel, mean);
        return spread > MostSpread ? throw Refuse(channel, $"moved by {spread:F0} counts within a second: hold the voltage still, and put 100 nF from the pin to ground") : mean;
    }

    /// <summary>Claims that a count is none of those at the ends of the ADC, which say nothing of the voltage.</summary>
    /// <param name="channel">The ADC channel.</param>
    /// <param name="count">The count; null for none yet.</param>
    /// <exception cref="InputRefusedException">It is.</exception>
    public static void RequireInside(int channel, double? count)
    {
        if (count is < Lowest or > Highest)
        {
            throw Refuse(channel, $"reads {count:F1}, an end of the ADC: is the voltage at the right pin, and between 0 and 3.3 V");
        }
    }

    private static InputRefusedException Refuse(int channel, FormattableString why) => new($"Channel {channel} {why.ToString(CultureInfo.InvariantCulture)}.");
}
