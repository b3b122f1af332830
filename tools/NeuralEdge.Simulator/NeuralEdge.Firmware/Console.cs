#nullable enable
using NeuralEdge.Simulator.Chip;

namespace NeuralEdge.Firmware;

/// <summary>What the firmware prints for a debugger.</summary>
internal static class Console
{
    internal static void WriteLine(string message) => ChipLife.Current.Print(message);
}
