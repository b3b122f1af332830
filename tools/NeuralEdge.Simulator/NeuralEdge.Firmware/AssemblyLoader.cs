#nullable enable
using NeuralEdge.Simulator.Chip;
using NeuralEdge.Turbo;

namespace NeuralEdge.Firmware;

/// <summary>Loads code that the board has compiled, if the firmware's settings or the simulation's options say so.</summary>
internal static class AssemblyLoader
{
    internal static ICodeLoader? Open(bool turbo) => turbo || ChipLife.Current.HasTurbo ? ChipLife.Current.CodeLoader : null;
}
