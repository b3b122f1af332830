using System.Buffers.Binary;
using System.Globalization;
using NeuralEdge.Board.Chips;
using NeuralEdge.Board.Control;
using NeuralEdge.Conversion;

namespace NeuralEdge.Host;

/// <summary>Two counts that an ADC channel gives without a correction, and what each should be.</summary>
/// <param name="LowCount">Count read at the lower voltage, 0 to 4095.</param>
/// <param name="LowTrue">Count that it should be.</param>
/// <param name="HighCount">Count read at the higher voltage.</param>
/// <param name="HighTrue">Count that it should be.</param>
public sealed record CorrectionPoints(int LowCount, int LowTrue, int HighCount, int HighTrue)
{
    /// <summary>Volts of the largest count, 4095, once a channel is corrected.</summary>
    public const double FullScaleVolts = 3.3;

    private const int FullScale = 4095;

    /// <summary>The points of two voltages.</summary>
    /// <param name="lowRead">What the channel reads at the lower one, in counts with a fraction; the board takes whole ones.</param>
    /// <param name="low">The lower voltage.</param>
    /// <param name="highRead">What it reads at the higher one.</param>
    /// <param name="high">The higher voltage.</param>
    public static CorrectionPoints Of(double lowRead, double low, double highRead, double high) => new(Nearest(lowRead), TrueCountOf(low), Nearest(highRead), TrueCountOf(high));

    /// <summary>Claims that a chip's ADC is straight between two voltages, and that they are far enough from each other.</summary>
    /// <param name="chip">The chip; null for an unknown one.</param>
    /// <param name="low">The lower voltage.</param>
    /// <param name="high">The higher voltage.</param>
    /// <exception cref="InputRefusedException">It is not, or they are not.</exception>
    public static void RequireVolts(Chip? chip, double low, double high)
    {
        double least = (chip?.LeastMillivolts ?? 0) / 1000.0;
        double most = chip is { MostMillivolts: > 0 } ? chip.MostMillivolts / 1000.0 : FullScaleVolts;
        if (low < least || high > most || low >= high)
        {
            throw new InputRefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"The voltages {low} and {high} must rise, and lie where the {chip?.Title ?? "ADC"} measures well, {least:0.###} to {most:0.###} V: outside it is not straight, and the correction would be wrong everywhere."));
        }

        // Before anybody is asked for them: there would be no end to it.
        if (TrueCountOf(high) - TrueCountOf(low) < AdcChannelSettings.LeastDistance)
        {
            throw new InputRefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"The voltages {low} and {high} are too near to each other; {VoltsOf(AdcChannelSettings.LeastDistance):F2} V apart is the least, and as far as the range goes is best."));
        }
    }

    /// <summary>The count that a voltage is to have.</summary>
    /// <param name="volts">The voltage.</param>
    public static int TrueCountOf(double volts) => Nearest(volts / FullScaleVolts * FullScale);

    /// <summary>The voltage of a count.</summary>
    /// <param name="count">The count.</param>
    public static double VoltsOf(double count) => count / FullScale * FullScaleVolts;

    /// <summary>Claims that they make a correction.</summary>
    /// <exception cref="InputRefusedException">They do not; the sentence says why.</exception>
    public void Require()
    {
        if (AdcChannelSettings.IsSane(LowCount, LowTrue, HighCount, HighTrue))
        {
            return;
        }

        int run = HighCount - LowCount;
        int rise = HighTrue - LowTrue;
        string why = Math.Min(LowCount, LowTrue) < 0 || Math.Max(HighCount, HighTrue) > FullScale ? $"counts are 0 to {FullScale}"
            : run < AdcChannelSettings.LeastDistance || rise < AdcChannelSettings.LeastDistance
                ? string.Create(CultureInfo.InvariantCulture, $"both must rise by at least {AdcChannelSettings.LeastDistance} counts ({VoltsOf(AdcChannelSettings.LeastDistance):F2} V), so the voltages are too near to each other, or changed over")
            : string.Create(CultureInfo.InvariantCulture, $"its slope would be {(double)rise / run:F2}, and no ADC is outside 0.5 to 2: so the voltages were not the ones you said");
        throw new InputRefusedException($"Counts {LowCount} and {HighCount}, which should be {LowTrue} and {HighTrue}, make no correction: {why}.");
    }

    /// <summary>As CORRECT has them.</summary>
    internal byte[] Write()
    {
        byte[] data = new byte[8];
        int at = 0;
        foreach (int number in (int[])[LowCount, LowTrue, HighCount, HighTrue])
        {
            BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(at), (ushort)number);
            at += 2;
        }

        return data;
    }

    private static int Nearest(double count) => (int)Math.Floor(count + 0.5);
}
