using NeuralEdge.Conversion.FloatModels;

namespace NeuralEdge.Tests.Familiar;

/// <summary>
/// Logs of simulated sensors, 12-bit counts. Soil: moisture falls and is watered up again, temperature and light follow the day, and
/// the soil's sensor depends on its temperature. An array: each sensor answers to two substances in its own way, as those of gas do.
/// </summary>
internal static class SensorLogs
{
    /// <summary>Rows of soil, light and temperature, one every ten minutes.</summary>
    /// <param name="seed">Another seed, another log.</param>
    /// <param name="rows">How many.</param>
    /// <param name="drift">How much less the soil's sensor answers in the end, as a share; it grows over the log.</param>
    internal static double[][] Soil(long seed, int rows, double drift = 0)
    {
        PortableRandom random = new(seed);
        double moisture = 0.5;
        double cloud = 0;
        double[][] log = new double[rows][];
        for (int r = 0; r < rows; r++)
        {
            double hour = r / 6.0 % 24;
            double sun = Math.Max(0, Math.Sin((hour - 6) * Math.PI / 12));
            cloud = (0.98 * cloud) + (0.1 * Normal(random));
            double light = sun * Math.Clamp(0.8 + (0.3 * cloud), 0.1, 1);
            double temperature = 15 + (8 * Math.Sin((hour - 9) * Math.PI / 12)) + (1.5 * cloud);
            moisture -= 0.0006 + (0.001 * light);
            moisture = moisture < 0.3 ? 0.75 : moisture;
            double gain = 1 - (drift * r / rows);
            log[r] =
            [
                Count((3200 - (2200 * moisture * gain) + (6 * (temperature - 15))) + (8 * Normal(random))),
                Count(20 + (3500 * light) + (10 * Normal(random))),
                Count(1500 + (40 * temperature) + (5 * Normal(random))),
            ];
        }

        return log;
    }

    /// <summary>Rows of an array of sensors for two substances.</summary>
    /// <param name="seed">Another seed, another log; of the same array.</param>
    /// <param name="rows">How many.</param>
    /// <param name="sensors">How many sensors the array has.</param>
    /// <param name="drift">How much the answers of the sensors have changed, each in its own direction.</param>
    internal static double[][] Array(long seed, int rows, int sensors, double drift = 0)
    {
        PortableRandom array = new(4711 + sensors);
        (double A, double B, double Aging)[] each = [.. Enumerable.Range(0, sensors).Select(_ => (0.3 + array.NextDouble(), 0.3 + array.NextDouble(), Normal(array)))];
        PortableRandom random = new(seed);
        return [.. Enumerable.Range(0, rows).Select(_ =>
        {
            double a = random.NextDouble();
            double b = random.NextDouble();
            return each.Select(sensor => Count((400 + (1200 * ((sensor.A * Math.Sqrt(a)) + (sensor.B * b)) * (1 + (drift * sensor.Aging)))) + (15 * Normal(random)))).ToArray();
        })];
    }

    private static double Count(double value) => Math.Clamp(Math.Floor(value + 0.5), 0, 4095);

    private static double Normal(PortableRandom random)
    {
        double sum = -6;
        for (int k = 0; k < 12; k++)
        {
            sum += random.NextDouble();
        }

        return sum;
    }
}
