#nullable enable
using NeuralEdge.Board.Control;
using NeuralEdge.Simulator.Chip;

namespace NeuralEdge.Firmware;

/// <summary>In place of the firmware's: a simulated board has the sensors of its world, whatever the settings say.</summary>
internal static class I2cBus
{
    internal static ISensorValues? OpenSensors(I2cSensor[] sensors, int dataPin, int clockPin, IBoardClock clock, BoardErrors errors) => ChipLife.Current.Sensors;
}
