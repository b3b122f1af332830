#nullable enable
namespace NeuralEdge.Simulator.Greenhouse;

/// <summary>Where the sun is and how much of it reaches the ground under a clear sky.</summary>
public static class Sun
{
    private const double DegreesToRadians = Math.PI / 180;

    /// <summary>Sine of the sun's elevation, from the usual spherical formula with Cooper's declination.</summary>
    /// <remarks>
    /// Declination: P. I. Cooper, "The absorption of radiation in solar stills", Solar Energy 12 (1969), 23.45 degrees
    /// times sin(360/365 (284 + n)). Elevation: sin h = sin(lat) sin(dec) + cos(lat) cos(dec) cos(hour angle).
    /// </remarks>
    /// <param name="latitude">Latitude in degrees.</param>
    /// <param name="dayOfYear">1..365.</param>
    /// <param name="solarHour">True solar time in hours, 12 at noon.</param>
    /// <returns>-1..1, negative at night.</returns>
    public static double SineOfElevation(double latitude, double dayOfYear, double solarHour)
    {
        double declination = 23.45 * DegreesToRadians * Math.Sin(2 * Math.PI * (284 + dayOfYear) / 365);
        double hourAngle = (solarHour - 12) * 15 * DegreesToRadians;
        double phi = latitude * DegreesToRadians;
        return (Math.Sin(phi) * Math.Sin(declination)) + (Math.Cos(phi) * Math.Cos(declination) * Math.Cos(hourAngle));
    }

    /// <summary>Global irradiance on a level surface under a clear sky.</summary>
    /// <remarks>B. Haurwitz, "Insolation in relation to cloudiness and cloud density", J. Meteorology 2 (1945): 1098 sin h exp(-0.057 / sin h).</remarks>
    /// <param name="sineOfElevation">From <see cref="SineOfElevation"/>.</param>
    /// <returns>W/m2, 0 at night.</returns>
    public static double ClearSky(double sineOfElevation) =>
        sineOfElevation <= 0 ? 0 : 1098 * sineOfElevation * Math.Exp(-0.057 / sineOfElevation);

    /// <summary>What clouds leave of it.</summary>
    /// <remarks>F. Kasten, G. Czeplak, "Solar and terrestrial radiation dependent on the amount and type of cloud", Solar Energy 24 (1980): 1 - 0.75 (N/8)^3.4.</remarks>
    /// <param name="cover">Cloud cover, 0 clear to 1 overcast.</param>
    /// <returns>0.25..1.</returns>
    public static double CloudFactor(double cover) => 1 - (0.75 * Math.Pow(cover, 3.4));
}
