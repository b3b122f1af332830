#nullable enable
using NeuralEdge.Simulator.Chip;

namespace NeuralEdge.Firmware;

/// <summary>Threads of the simulated board: they end when it is reset, and an exception that nobody catches ends only them.</summary>
internal sealed class Thread
{
    private readonly System.Threading.ThreadStart _start;

    internal Thread(System.Threading.ThreadStart start)
    {
        _start = start;
    }

    internal static void Sleep(int milliseconds) => ChipLife.Current.Sleep(milliseconds);

    internal void Start() => ChipLife.Current.StartThread(_start);
}
