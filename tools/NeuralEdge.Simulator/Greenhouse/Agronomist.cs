#nullable enable
namespace NeuralEdge.Simulator.Greenhouse;

/// <summary>What a person who knows the bed would decide from its true state. A model is to learn it from the sensors.</summary>
public static class Agronomist
{
    /// <summary>
    /// Water when more of the available water is used up than the crop stands today. FAO Irrigation and Drainage Paper
    /// 56 (1998), table 22 and equation 84: p = p5 + 0.04 (5 - ETc), here with p5 = 0.4 for tomatoes, 0.1 at the least
    /// and 0.8 at the most: on a hot bright day plants stand less. Never at night below 12 degrees, when wet leaves get ill.
    /// </summary>
    /// <param name="bed">The bed.</param>
    /// <returns>True when it should be watered now.</returns>
    public static bool Water(GreenhouseBed bed)
    {
        ArgumentNullException.ThrowIfNull(bed);
        double allowed = Math.Clamp(0.4 + (0.04 * (5 - bed.DemandPerDay)), 0.1, 0.8);
        double used = (GreenhouseBed.FieldCapacity - bed.Moisture) / (GreenhouseBed.FieldCapacity - GreenhouseBed.WiltingPoint);
        return used > allowed && bed.Temperature > 12;
    }

    /// <summary>
    /// Shade when there is strong light and heat together: the more light, the lower the temperature at which leaves
    /// burn. From 30 degrees at 20 klux to 24 degrees at 80 klux outside the shade.
    /// </summary>
    /// <param name="bed">The bed.</param>
    /// <returns>True when the shade should be closed now.</returns>
    public static bool Shade(GreenhouseBed bed)
    {
        ArgumentNullException.ThrowIfNull(bed);
        return bed.Lux > 20_000 && bed.Temperature + ((bed.Lux - 20_000) / 10_000) > 30;
    }
}
