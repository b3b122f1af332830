#nullable enable
namespace NeuralEdge.Simulator.Gestures;

/// <summary>
/// An analog accelerometer of three axes, like an ADXL335 on 3.3 V: half the supply at rest and 330 mV per g, each chip a little
/// different (data sheet: zero level 1.5 V give or take 0.15 V on 3 V, sensitivity within 10 %), ends at 3.6 g. The ADC is taken as
/// linear with 4095 at 3.3 V, so that a g is 409.5 counts.
/// </summary>
public sealed class Accelerometer
{
    /// <summary>Counts of a g.</summary>
    public const double CountsPerG = 0.330 / 3.3 * FullScale;

    private const double FullScale = 4095;
    private const double Middle = FullScale / 2;
    private const double Limit = 3.6;
    private const double LevelDeviation = 0.1;
    private const double SensitivityDeviation = 0.03;

    private readonly double[] _level = new double[3];
    private readonly double[] _sensitivity = new double[3];

    /// <summary>Takes a chip out of the drawer.</summary>
    /// <param name="random">Decides which.</param>
    public Accelerometer(GestureRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        for (int axis = 0; axis < 3; axis++)
        {
            _level[axis] = LevelDeviation * random.Between(-1, 1);
            _sensitivity[axis] = 1 + (SensitivityDeviation * random.Between(-1, 1));
        }
    }

    /// <summary>What an ideal ADC would count.</summary>
    /// <param name="axis">0 for x, 1 for y, 2 for z.</param>
    /// <param name="force">Specific force along the axis in g: 1 upwards when nothing moves.</param>
    /// <returns>Counts, not rounded.</returns>
    public double Count(int axis, double force) =>
        Middle + (CountsPerG * ((_sensitivity[axis] * Math.Clamp(force, -Limit, Limit)) + _level[axis]));
}
