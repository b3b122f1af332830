#nullable enable
using NeuralEdge.Simulator.Chip;

namespace NeuralEdge.Firmware;

/// <summary>Files of the simulated flash.</summary>
internal static class File
{
    internal static bool Exists(string path) => ChipLife.Current.Flash.Exists(path);

    internal static void Delete(string path) => ChipLife.Current.Flash.Delete(path);
}
