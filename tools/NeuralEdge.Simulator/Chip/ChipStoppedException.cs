#nullable enable
namespace NeuralEdge.Simulator.Chip;

/// <summary>
/// How a simulated reset reaches the firmware's threads: their next use of the chip throws it, and so does every one
/// after that, so that no handler of the firmware can go on.
/// </summary>
internal sealed class ChipStoppedException : Exception
{
    internal ChipStoppedException()
        : base("The simulated board was reset or lost its power.")
    {
    }
}
