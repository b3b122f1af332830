#nullable enable
namespace NeuralEdge.Simulator.Gestures;

/// <summary>
/// A person with an accelerometer at the wrist, moving: the specific force (acceleration less gravity) at the sensor, in g.
/// </summary>
/// <remarks>
/// The arm is a rod of length L that hangs from the shoulder. Swung, its angle from the vertical is A sin p with a phase p that goes
/// on at 2 pi f; at the hand the force along the swing is L a + g sin(angle), a the angular acceleration, and towards the
/// shoulder L w² + g cos(angle), w the angular velocity. Held, the angle wanders, and a tremor of 8 to 12 Hz is added; shaken,
/// a to and fro of 3 to 6 Hz with a second harmonic. Amplitudes and paces wander by some percent while a gesture goes on. Lengths,
/// paces and forces are those of adults; each person wears the sensor turned another way.
/// </remarks>
public sealed class Wearer
{
    private const double Gravity = 9.81;

    // What wanders forgets within some seconds.
    private const double Memory = 3;

    private readonly GestureRandom _random;
    private readonly double[,] _mounting;
    private readonly double _arm;
    private readonly double _swingHertz;
    private readonly double _swingAngle;
    private readonly double _shakeHertz;
    private readonly double _shakeForce;
    private readonly double[] _shakeAlong;
    private readonly double _tremorHertz;
    private readonly double _tremorForce;
    private double _phase;
    private double _tremor;
    private double _pace;
    private double _strength;
    private double _turn;
    private double _posture;

    /// <summary>Meets a person.</summary>
    /// <param name="random">Decides who it is.</param>
    public Wearer(GestureRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        _random = random;
        _mounting = Rotation(random.Between(-Math.PI / 2, Math.PI / 2), random.Between(-0.5, 0.5), random.Between(-0.5, 0.5));
        _arm = random.Between(0.5, 0.7);
        _swingHertz = random.Between(0.6, 1.2);
        _swingAngle = random.Between(0.3, 0.8);
        _shakeHertz = random.Between(3, 6);
        _shakeForce = random.Between(0.5, 1.4);
        _shakeAlong = Direction(random);
        _tremorHertz = random.Between(8, 12);
        _tremorForce = random.Between(0.005, 0.03);
    }

    /// <summary>Begins a gesture: the hand is somewhere.</summary>
    public void Begin()
    {
        _phase = _random.Between(0, 2 * Math.PI);
        _tremor = _random.Between(0, 2 * Math.PI);
        _pace = _random.Normal();
        _strength = _random.Normal();
        _turn = _random.Normal();
        _posture = _random.Normal();
    }

    /// <summary>Goes on with a gesture.</summary>
    /// <param name="gesture">Which.</param>
    /// <param name="seconds">Time since the step before.</param>
    /// <returns>Specific force along the sensor's axes x, y, z, in g.</returns>
    public double[] Move(Gesture gesture, double seconds)
    {
        _pace = _random.Wander(_pace, seconds, Memory);
        _strength = _random.Wander(_strength, seconds, Memory);
        _turn = _random.Wander(_turn, seconds, Memory);
        _posture = _random.Wander(_posture, seconds, Memory);
        double hertz = (gesture == Gesture.Swing ? _swingHertz : _shakeHertz) * (1 + (0.05 * _pace));
        double strength = Math.Max(0.5, 1 + (0.15 * _strength));
        _phase += 2 * Math.PI * hertz * seconds;
        _tremor += 2 * Math.PI * _tremorHertz * seconds;
        double[] force = gesture == Gesture.Swing ? Swung(hertz, strength) : Held(0.8 + (0.35 * _posture));
        for (int axis = 0; axis < 3; axis++)
        {
            force[axis] += _tremorForce * Math.Sin(_tremor + axis);
            if (gesture == Gesture.Shake)
            {
                force[axis] += strength * _shakeForce * _shakeAlong[axis] * (Math.Sin(_phase) + (0.2 * Math.Sin((2 * _phase) + 1)));
            }
        }

        // The forearm turns around its own axis, the third, by some tens of degrees.
        return Turned(_mounting, Turned(Rotation(0, 0, 0.3 * _turn), force));
    }

    // Along the swing, sideways, and from the shoulder outwards.
    private double[] Swung(double hertz, double strength)
    {
        double amplitude = _swingAngle * strength;
        double turning = 2 * Math.PI * hertz;
        double angle = amplitude * Math.Sin(_phase);
        double velocity = amplitude * turning * Math.Cos(_phase);
        double acceleration = -angle * turning * turning;
        double[] gravity = Held(angle);
        return [gravity[0] + (_arm * acceleration / Gravity), gravity[1], gravity[2] - (_arm * velocity * velocity / Gravity)];
    }

    private static double[] Held(double angle) => [Math.Sin(angle), 0, -Math.Cos(angle)];

    private static double[] Direction(GestureRandom random)
    {
        double[] along = [random.Normal(), random.Normal(), random.Normal()];
        double length = Math.Sqrt(along.Sum(part => part * part));
        return [.. along.Select(part => part / length)];
    }

    // About the first axis, then the second, then the third, in radians.
    private static double[,] Rotation(double first, double second, double third)
    {
        (double s1, double c1) = Math.SinCos(first);
        (double s2, double c2) = Math.SinCos(second);
        (double s3, double c3) = Math.SinCos(third);
        return new[,]
        {
            { c3 * c2, (c3 * s2 * s1) - (s3 * c1), (c3 * s2 * c1) + (s3 * s1) },
            { s3 * c2, (s3 * s2 * s1) + (c3 * c1), (s3 * s2 * c1) - (c3 * s1) },
            { -s2, c2 * s1, c2 * c1 },
        };
    }

    private static double[] Turned(double[,] rotation, double[] vector) =>
        [.. Enumerable.Range(0, 3).Select(row => (rotation[row, 0] * vector[0]) + (rotation[row, 1] * vector[1]) + (rotation[row, 2] * vector[2]))];
}
