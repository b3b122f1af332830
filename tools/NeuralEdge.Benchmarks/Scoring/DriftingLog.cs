using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Benchmarks.Scoring;

/// <summary>
/// Logs of simulated sensors whose offsets wander, so that it is known what comes later. An offset follows the process of Ornstein
/// and Uhlenbeck (1930): it forgets where it was within some days, and its standard deviation is what "slow" and "strong" stand for.
/// Counts of a 12-bit converter; the same seed gives the same log.
/// </summary>
internal sealed class DriftingLog
{
    private const int FullScale = 4095;

    private readonly PortableRandom _random;
    private readonly System.Text.StringBuilder _text = new();

    private DriftingLog(long seed) => _random = new PortableRandom(seed);

    /// <summary>
    /// A bed's soil every half hour: water is lost to sun and warmth (a bucket, emptied by evaporation), and poured when somebody
    /// comes by. The label is whether less than 35 % of the bucket is left.
    /// </summary>
    /// <param name="seed">Decides weather, noise and drift.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="isStrong">True for a soil probe whose offset wanders by 130 counts, false for 20; a tenth of the bucket is 200.</param>
    internal static Table Soil(long seed, int rows, bool isStrong)
    {
        const double RowsPerDay = 48;
        const double DaysRemembered = 3;
        DriftingLog log = new(seed);
        log._text.Append("soil,light,temperature,label\n");
        double water = 0.4;
        double weather = 0;
        double clouds = 0;
        double offset = (isStrong ? 130 : 20) * log.Gaussian();
        for (int row = 0; row < rows; row++)
        {
            double hour = row % RowsPerDay / RowsPerDay * 24;
            double sun = Math.Max(0, Math.Sin(Math.PI * (hour - 6) / 12));
            weather = log.Wander(weather, 4, RowsPerDay * 2);
            clouds = log.Wander(clouds, 1, RowsPerDay / 2);
            double light = sun / (1 + Math.Exp(clouds));
            double celsius = 16 + weather + (8 * light);
            water -= (0.0008 + (0.008 * light)) * celsius / 16 * (0.4 + water);
            if (water < 0.35 && log._random.NextDouble() < 0.025)
            {
                water += 0.1 + (0.3 * log._random.NextDouble());
            }

            water = Math.Clamp(water, 0, 0.9);
            offset = log.Wander(offset, isStrong ? 130 : 20, RowsPerDay * DaysRemembered);
            log.Row(
                water < 0.35 ? "dry" : "wet",
                3000 - (2000 * water) + (4 * (celsius - 16)) + offset + (15 * log.Gaussian()),
                400 + (3000 * light) + (20 * log.Gaussian()),
                1500 + (30 * celsius) + (5 * log.Gaussian()));
        }

        return log.ToTable("soil");
    }

    /// <summary>
    /// An office every ten minutes: people breathe out carbon dioxide, warm the room and switch the lamp on, and the ventilation takes
    /// it away (one well-mixed volume). The label is whether somebody is there.
    /// </summary>
    /// <param name="seed">Decides people, weather, noise and drift.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="isStrong">True for a gas sensor whose offset wanders by 200 counts and lamps that are often left on, false for 40.</param>
    internal static Table Presence(long seed, int rows, bool isStrong)
    {
        const double RowsPerDay = 144;
        const double DaysRemembered = 2;
        DriftingLog log = new(seed);
        log._text.Append("co2,light,temperature,humidity,label\n");
        bool isThere = false;
        bool lamp = false;
        double gas = 0;
        double warmth = 0;
        double weather = 0;
        double damp = 0;
        double offset = (isStrong ? 200 : 40) * log.Gaussian();
        for (int row = 0; row < rows; row++)
        {
            double hour = row % RowsPerDay / RowsPerDay * 24;
            bool isWork = hour is > 8 and < 18;
            double leave = isWork ? 0.08 : 0.3;
            double come = isWork ? 0.12 : 0.003;
            isThere = log._random.NextDouble() < (isThere ? 1 - leave : come);
            lamp = isThere ? lamp || log._random.NextDouble() < 0.8 : lamp && log._random.NextDouble() < (isStrong ? 0.8 : 0.4);
            gas += (isThere ? 90 : 0) - (0.15 * gas);
            warmth += (isThere ? 0.3 : 0) - (0.1 * warmth);
            weather = log.Wander(weather, 3, RowsPerDay * 2);
            damp = log.Wander(damp, 6, RowsPerDay);
            offset = log.Wander(offset, isStrong ? 200 : 40, RowsPerDay * DaysRemembered);
            double sun = Math.Max(0, Math.Sin(Math.PI * (hour - 6) / 12));
            log.Row(
                isThere ? "there" : "empty",
                900 + (2 * gas) + offset + (40 * log.Gaussian()),
                200 + (900 * sun) + (lamp ? 700 : 0) + (60 * log.Gaussian()),
                1500 + (30 * (weather + warmth + (3 * sun))) + (8 * log.Gaussian()),
                1800 + (20 * (damp + (isThere ? 1 : 0))) + (10 * log.Gaussian()));
        }

        return log.ToTable("presence");
    }

    private double Wander(double value, double deviation, double rowsRemembered)
    {
        double kept = Math.Exp(-1 / rowsRemembered);
        return (kept * value) + (deviation * Math.Sqrt(1 - (kept * kept)) * Gaussian());
    }

    private double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private void Row(string label, params ReadOnlySpan<double> counts)
    {
        foreach (double count in counts)
        {
            _text.Append((int)Math.Clamp(Math.Round(count), 0, FullScale)).Append(',');
        }

        _text.Append(label).Append('\n');
    }

    private Table ToTable(string name) => Table.Parse(_text.ToString(), name);
}
