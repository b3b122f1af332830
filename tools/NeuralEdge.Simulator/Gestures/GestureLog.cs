#nullable enable
using System.Globalization;
using System.Text;

namespace NeuralEdge.Simulator.Gestures;

/// <summary>
/// Logs of people who do gestures one after the other, for networks that see a window to learn from. The same seed gives the same log
/// on every computer.
/// </summary>
public static class GestureLog
{
    /// <summary>Milliseconds from row to row.</summary>
    public const int PeriodMs = 20;

    private const int FullScale = 4095;

    // Between two recordings somebody says what comes next.
    private const int PauseMs = 5000;

    /// <summary>Records.</summary>
    /// <param name="seed">Decides who comes, how they wear the sensor, and the noise.</param>
    /// <param name="people">How many people; each wears the sensor in a way of their own.</param>
    /// <param name="seconds">How long each does each gesture.</param>
    /// <param name="noise">Standard deviation of the counts' noise; a board's oversampling would leave about this much.</param>
    /// <returns>The rows in order.</returns>
    public static IEnumerable<GestureRow> Generate(int seed, int people, int seconds, double noise = 4)
    {
        GestureRandom random = new(seed);
        int at = 0;
        for (int person = 0; person < people; person++)
        {
            Accelerometer sensor = new(random);
            Wearer wearer = new(random);
            foreach (Gesture gesture in Enum.GetValues<Gesture>())
            {
                wearer.Begin();
                for (int row = 0; row < seconds * 1000 / PeriodMs; row++)
                {
                    double[] force = wearer.Move(gesture, PeriodMs / 1000.0);
                    yield return new GestureRow(at, Count(0), Count(1), Count(2), gesture);
                    at += PeriodMs;

                    int Count(int axis) => (int)Math.Clamp(Math.Round(sensor.Count(axis, force[axis]) + (noise * random.Normal())), 0, FullScale);
                }

                at += PauseMs;
            }
        }
    }

    /// <summary>A log as a table: a column of times, the counts of three axes, and the gesture.</summary>
    /// <param name="rows">The rows.</param>
    public static string Text(IEnumerable<GestureRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        StringBuilder text = new("ms,x,y,z,gesture\n");
        foreach (GestureRow row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.Milliseconds},{row.X},{row.Y},{row.Z},{row.Gesture.ToString().ToLowerInvariant()}\n");
        }

        return text.ToString();
    }
}
