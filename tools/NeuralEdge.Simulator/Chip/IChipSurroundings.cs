#nullable enable
using NeuralEdge.Simulator.Sensors;

namespace NeuralEdge.Simulator.Chip;

/// <summary>What a chip is soldered to: it hears of all that leaves the chip, and outlives it.</summary>
internal interface IChipSurroundings
{
    /// <summary>The world that the board measures.</summary>
    ISensors Sensors { get; }

    /// <summary>The firmware asks for a restart; the thread that asks ends.</summary>
    void Restart(ChipLife chip);

    void Print(string message);

    void PinChanged(PinEvent change);

    void SerialOpened();

    void FlashReading(string file);

    /// <summary>Before the change is durable.</summary>
    void FlashChanging(string file);
}
