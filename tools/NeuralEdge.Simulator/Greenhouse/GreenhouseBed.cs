#nullable enable
namespace NeuralEdge.Simulator.Greenhouse;

/// <summary>
/// A bed of tomatoes in a small greenhouse: sun and clouds warm it, plants and heat dry it, a pump waters it and a
/// shade darkens it. A few textbook formulas, each with its source; the figures of the place are round on purpose.
/// </summary>
/// <remarks>
/// <para>Light: <see cref="Sun"/>, times what the cover lets through (0.7) and the shade (0.4 when closed). Daylight has
/// about 110 lumen per watt (Littlefair, Lighting Research and Technology 17, 1985).</para>
/// <para>Air: one heat store, C dT/dt = 0.5 G - U (T - outside), per square metre of ground; C = 30 kJ/K counts air, pots
/// and the top of the soil, U = 20 W/K a single cover with open vents.</para>
/// <para>Water: a bucket of 0.2 m depth. The plants take what Priestley and Taylor (Monthly Weather Review 100, 1972)
/// give for the light, 1.26 s/(s + psychrometric constant) G / latent heat, and less below half of the available water,
/// in a straight line to none at the wilting point (FAO paper 56, equation 84). Above field capacity a day drains it.</para>
/// </remarks>
public sealed class GreenhouseBed
{
    /// <summary>Water by volume that the soil holds against gravity (a loam, FAO paper 56 table 19).</summary>
    public const double FieldCapacity = 0.31;

    /// <summary>Water by volume below which plants wilt.</summary>
    public const double WiltingPoint = 0.13;

    /// <summary>Water by volume of the saturated soil.</summary>
    public const double Saturation = 0.45;

    private const double Depth = 0.2;
    private const double CoverTransmission = 0.7;
    private const double ShadeTransmission = 0.4;
    private const double LumenPerWatt = 110;
    private const double HeatCapacity = 30_000;
    private const double HeatLoss = 20;
    private const double AbsorbedShare = 0.5;
    private const double LatentHeat = 2.45e6;
    private const double UsualPump = 0.002 / 60;
    private const double DrainPerSecond = 1.0 / 86_400;
    private const double LongestStep = 30;

    private readonly Random _random;
    private readonly double _latitude;
    private readonly double _firstDay;
    private double _clouds;
    private double _weather;
    private double _seconds;

    /// <summary>A bed at a place and a day, at midnight, moist and cool.</summary>
    /// <param name="seed">Decides the weather.</param>
    /// <param name="latitude">Degrees north.</param>
    /// <param name="dayOfYear">First day.</param>
    public GreenhouseBed(int seed, double latitude = 45, double dayOfYear = 172)
    {
        _random = new Random(seed);
        _latitude = latitude;
        _firstDay = dayOfYear;
        _clouds = _random.NextDouble();
        Moisture = 0.26;
        Temperature = 16;
        NewDay();
    }

    /// <summary>Days since the beginning; the fraction is the time of day, 0.5 at noon.</summary>
    public double Days => _seconds / 86_400;

    /// <summary>Water by volume, 0.05..0.45.</summary>
    public double Moisture { get; private set; }

    /// <summary>Degrees Celsius inside.</summary>
    public double Temperature { get; private set; }

    /// <summary>Global irradiance inside, W/m2, after cover, clouds and shade.</summary>
    public double Irradiance { get; private set; }

    /// <summary>Light at the sensor, which sits under the cover and above the shade, in lux.</summary>
    public double Lux { get; private set; }

    /// <summary>What the plants would take at this light and temperature all day long, mm; half a day of sun is taken as the day's mean.</summary>
    public double DemandPerDay => Evaporation(Irradiance, Temperature) * 1000 * 86_400 / 2;

    /// <summary>Whether the pump runs.</summary>
    public bool Pump { get; set; }

    /// <summary>Metres of water that the pump gives in a second of the bed's time; 2 mm a minute unless the bed has a smaller one.</summary>
    public double PumpFlow { get; set; } = UsualPump;

    /// <summary>Whether the shade is closed.</summary>
    public bool ShadeClosed { get; set; }

    /// <summary>Lets time go by.</summary>
    /// <param name="seconds">Seconds of the bed's time, 0 or more.</param>
    public void Advance(double seconds)
    {
        while (seconds > 0)
        {
            double step = Math.Min(seconds, LongestStep);
            Step(step);
            seconds -= step;
        }
    }

    private static double Evaporation(double irradiance, double celsius)
    {
        // Slope of the saturation vapour pressure, kPa/K (FAO paper 56, equation 13); psychrometric constant 0.066 kPa/K.
        double pressure = 0.6108 * Math.Exp(17.27 * celsius / (celsius + 237.3));
        double slope = 4098 * pressure / ((celsius + 237.3) * (celsius + 237.3));
        return 1.26 * slope / (slope + 0.066) * irradiance / LatentHeat / 1000;
    }

    private void NewDay()
    {
        // Tomorrow's weather resembles today's: cloud cover and the outside mean wander between their limits.
        _clouds = Math.Clamp(_clouds + ((_random.NextDouble() - 0.5) * 0.9), 0, 1);
        _weather = (0.6 * _weather) + ((_random.NextDouble() - 0.5) * 8);
    }

    private void Step(double seconds)
    {
        int day = (int)Days;
        _seconds += seconds;
        if ((int)Days != day)
        {
            NewDay();
        }

        double hour = (Days - Math.Floor(Days)) * 24;
        double clear = Sun.ClearSky(Sun.SineOfElevation(_latitude, _firstDay + day, hour));

        // Clouds pass: two slow waves on top of the day's cover, the same for the same seed.
        double passing = 0.15 * (Math.Sin(Days * 67) + Math.Sin((Days * 151) + 1));
        double outside = clear * Sun.CloudFactor(Math.Clamp(_clouds + (passing * _clouds), 0, 1));
        double underCover = outside * CoverTransmission;
        Lux = underCover * LumenPerWatt;
        Irradiance = ShadeClosed ? underCover * ShadeTransmission : underCover;

        // Outside air is warmest at five in the afternoon and coldest at five in the morning.
        double outsideTemperature = 17 + _weather + (6 * Math.Cos((hour - 17) / 24 * 2 * Math.PI));
        Temperature += seconds / HeatCapacity * ((AbsorbedShare * Irradiance) - (HeatLoss * (Temperature - outsideTemperature)));

        double available = Math.Clamp((Moisture - WiltingPoint) / (FieldCapacity - WiltingPoint) / 0.5, 0, 1);
        double flow = (Pump ? PumpFlow : 0) - (Evaporation(Irradiance, Temperature) * available);
        Moisture += seconds * flow / Depth;
        if (Moisture > FieldCapacity)
        {
            Moisture -= (Moisture - FieldCapacity) * Math.Min(1, seconds * DrainPerSecond);
        }

        Moisture = Math.Clamp(Moisture, 0.05, Saturation);
    }
}
