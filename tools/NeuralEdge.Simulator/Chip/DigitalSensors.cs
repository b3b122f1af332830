#nullable enable
using NeuralEdge.Board.Control;

namespace NeuralEdge.Simulator.Chip;

/// <summary>The digital sensors of a simulated board: integers of what its world gives.</summary>
/// <param name="chip">The board's chip.</param>
/// <param name="count">How many values there are.</param>
internal sealed class DigitalSensors(ChipLife chip, int count) : ISensorValues
{
    /// <inheritdoc/>
    public int Count => count;

    /// <inheritdoc/>
    public bool TryRead(int sensor, out int value)
    {
        double given = Math.Round(chip.ReadSensor(sensor));
        value = given is >= short.MinValue and <= short.MaxValue ? (int)given : 0;
        return given is >= short.MinValue and <= short.MaxValue;
    }
}
