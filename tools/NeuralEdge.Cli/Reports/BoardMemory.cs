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
        int widest = 0;
        int bytes = 0;
        for (int l = 0; l < network.LayerCount; l++)
        {
            DenseLayer layer = network.GetLayer(l);
            bytes += DenseLayer.HeapBytes(layer.InputCount, layer.NeuronCount);
            widest = l < network.LayerCount - 1 ? Math.Max(widest, layer.NeuronCount) : widest;
        }

        bytes += (3 * Array(4 * network.InputCount)) + (2 * Array(4 * widest)) + Array(4 * network.OutputCount);
        return bytes + Array(4 * model.Golden.Count * (network.InputCount + network.OutputCount));
    }

    private static int Array(int dataBytes) => (20 + dataBytes + 11) / 12 * 12;
}
