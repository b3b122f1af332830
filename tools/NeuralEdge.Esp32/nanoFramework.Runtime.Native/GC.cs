namespace nanoFramework.Runtime.Native;

/// <summary>The device's garbage collector, as in nanoFramework.Runtime.Native.</summary>
public static class GC
{
    /// <summary>Free bytes of the managed heap: the order of magnitude of an ESP32 without PSRAM.</summary>
    public static uint Run(bool compactHeap) => 100 * 1024;
}
