#nullable enable
using NeuralEdge.Simulator.Gestures;

namespace NeuralEdge.Simulator.Machines;

/// <summary>
/// Doors, steps and valves near a machine: a knock now and then (Poisson, one in ten minutes), which the floor answers with a decaying
/// swing.
/// </summary>
/// <param name="random">Decides when.</param>
internal sealed class Bumps(GestureRandom random)
{
    private const double PerSecond = 1 / 600.0;
    private const double Decay = 0.1;

    private double _force;
    private double _phase;
    private double _turn;

    /// <summary>The force at the sensor.</summary>
    /// <param name="seconds">Time since the last call.</param>
    /// <returns>In g.</returns>
    internal double Next(double seconds)
    {
        if (_force == 0)
        {
            if (random.Between(0, 1) >= PerSecond * seconds)
            {
                return 0;
            }

            _force = random.Between(0.1, 0.8);
            _turn = 2 * Math.PI * random.Between(15, 40);
            _phase = 0;
        }

        _phase += _turn * seconds;
        _force *= Math.Exp(-seconds / Decay);
        double now = _force * Math.Sin(_phase);
        _force = _force < 0.001 ? 0 : _force;
        return now;
    }
}
