#nullable enable
namespace NeuralEdge.Simulator.Greenhouse;

/// <summary>A row of a season's log: what the ADC read, and what the agronomist did.</summary>
/// <param name="Soil">Counts of the soil probe; they fall as it gets wetter.</param>
/// <param name="Light">Counts of the photoresistor; they rise as it gets brighter.</param>
/// <param name="Temperature">Counts of the thermistor; they fall as it gets warmer.</param>
/// <param name="Water">1 when the bed should be watered, else 0.</param>
/// <param name="Shade">1 when the shade should be closed, else 0.</param>
public readonly record struct GreenhouseRow(int Soil, int Light, int Temperature, int Water, int Shade);

/// <summary>
/// A season's log of the simulated bed with the agronomist's decisions beside it: something to learn from. The same
/// seed gives the same log on every computer.
/// </summary>
public static class GreenhouseLog
{
    private const int FullScale = 4095;

    /// <summary>Writes a log while the agronomist waters and shades the bed by hand, not always in time.</summary>
    /// <param name="seed">Decides the weather, the noise and when the agronomist comes by.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="minutesBetweenRows">Minutes of the bed's time from row to row.</param>
    /// <param name="noise">Standard deviation of the counts' noise; a board's oversampling would leave about this much.</param>
    /// <returns>The rows in order.</returns>
    public static IEnumerable<GreenhouseRow> Generate(int seed, int rows, double minutesBetweenRows = 20, double noise = 4)
    {
        // Early in the year it is cold, later bright and hot: a log of one season must hold them all.
        GreenhouseBed bed = new(seed, latitude: 45, dayOfYear: 100);
        Random random = new(seed ^ 0x5EED);
        for (int row = 0; row < rows; row++)
        {
            bed.Advance(minutesBetweenRows * 60);
            bool water = Agronomist.Water(bed);
            bool shade = Agronomist.Shade(bed);
            yield return new GreenhouseRow(
                Count(Transducers.SoilProbeCount(bed.Moisture)),
                Count(Transducers.PhotoresistorCount(bed.Lux)),
                Count(Transducers.ThermistorCount(bed.Temperature)),
                water ? 1 : 0,
                shade ? 1 : 0);

            // Somebody comes by when there is time, and when it is dry waters for a while, not always enough: the log
            // also shows a bed that has been too dry for long, and one that is too wet.
            if (random.NextDouble() < 0.3)
            {
                bed.ShadeClosed = shade;
            }

            if (water && random.NextDouble() < 0.025)
            {
                bed.Pump = true;
                bed.Advance(60 * (2 + (random.NextDouble() * 10)));
                bed.Pump = false;
            }
        }

        int Count(double ideal)
        {
            double gaussian = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            return (int)Math.Clamp(Math.Round(ideal + (noise * gaussian)), 0, FullScale);
        }
    }
}
