using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Cli.Reports;

/// <summary>
/// Bytes of a board's heap that a model takes while it runs: its arrays as the core allocates them, with the 20 bytes
/// in front of each array and the cells of 12 bytes of a 32-bit nanoFramework heap.
/// </summary>
internal static class BoardMemory
{
    internal static int Of(Model model)
    {
        Network network = model.Network;
        int bytes = network.HeapBytes + (2 * Array(4 * network.InputCount));
        return bytes + Array(4 * model.Golden.Count * (network.InputCount + network.OutputCount));
    }

    private static int Array(int dataBytes) => (20 + dataBytes + 11) / 12 * 12;
}
