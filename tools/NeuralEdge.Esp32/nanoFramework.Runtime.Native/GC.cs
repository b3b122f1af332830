using NeuralEdge.Esp32;

namespace nanoFramework.Runtime.Native;

/// <summary>The device's garbage collector, as in nanoFramework.Runtime.Native.</summary>
public static class GC
{
    /// <summary>Free bytes of the managed heap: all of it, for nobody counts here what the firmware takes.</summary>
    public static uint Run(bool compactHeap) => Esp32Peripherals.Current.HeapBytes;
}
