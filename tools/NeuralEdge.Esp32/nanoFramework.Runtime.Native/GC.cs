using NeuralEdge.Esp32;

namespace nanoFramework.Runtime.Native;

/// <summary>The device's garbage collector, as in nanoFramework.Runtime.Native.</summary>
public static class GC
{
    private const uint WithoutBoard = 100 * 1024;

    /// <summary>Free bytes of the managed heap at the start of the firmware, for nobody counts here what it takes afterwards; on a thread of no board those of an ESP32.</summary>
    public static uint Run(bool compactHeap) => Esp32Peripherals.CurrentOrNull?.HeapBytes ?? WithoutBoard;
}
