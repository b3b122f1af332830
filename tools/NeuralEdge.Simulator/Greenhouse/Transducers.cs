#nullable enable
namespace NeuralEdge.Simulator.Greenhouse;

/// <summary>
/// What three cheap sensors, each in the usual circuit on 3.3 V, put at an ADC pin. The ADC is taken as
/// linear with 4095 at 3.3 V; the real one bends near its ends, which is what the board's two-point correction is for.
/// </summary>
public static class Transducers
{
    /// <summary>Supply of the dividers and full scale of the ADC, in volts.</summary>
    public const double Supply = 3.3;

    private const double FullScale = 4095;

    // A 10 kohm NTC of beta 3950 K, the common bead, to ground; 10 kohm to the supply.
    private const double ThermistorAt25 = 10_000;
    private const double ThermistorBeta = 3950;
    private const double ThermistorSeries = 10_000;
    private const double ZeroCelsius = 273.15;

    // A GL5528 photoresistor to the supply: about 15 kohm at 10 lux, slope 0.7; 1 kohm to ground.
    private const double PhotoAt10Lux = 15_000;
    private const double PhotoGamma = 0.7;
    private const double PhotoSeries = 1_000;

    // A capacitive soil probe of the common "v1.2" kind: volts fall with moisture, nearly in a straight line.
    private const double ProbeDry = 2.60;
    private const double ProbePerMoisture = -2.80;

    /// <summary>Counts of the thermistor divider: R = R25 exp(beta (1/T - 1/T25)), V = 3.3 R / (R + 10 kohm).</summary>
    /// <param name="celsius">Temperature in degrees Celsius.</param>
    /// <returns>Counts; they fall as it gets warmer.</returns>
    public static double ThermistorCount(double celsius)
    {
        double resistance = ThermistorAt25 * Math.Exp(ThermistorBeta * ((1 / (celsius + ZeroCelsius)) - (1 / (25 + ZeroCelsius))));
        return FullScale * resistance / (resistance + ThermistorSeries);
    }

    /// <summary>Counts of the photoresistor divider: R = R10 (E / 10 lux)^-gamma, V = 3.3 * 1 kohm / (R + 1 kohm).</summary>
    /// <param name="lux">Illuminance in lux.</param>
    /// <returns>Counts; they rise as it gets brighter.</returns>
    public static double PhotoresistorCount(double lux)
    {
        double resistance = PhotoAt10Lux * Math.Pow(Math.Max(lux, 0.01) / 10, -PhotoGamma);
        return FullScale * PhotoSeries / (resistance + PhotoSeries);
    }

    /// <summary>Counts of the soil probe.</summary>
    /// <param name="moisture">Water by volume, 0..0.5.</param>
    /// <returns>Counts; they fall as it gets wetter.</returns>
    public static double SoilProbeCount(double moisture) => FullScale * (ProbeDry + (ProbePerMoisture * moisture)) / Supply;
}
