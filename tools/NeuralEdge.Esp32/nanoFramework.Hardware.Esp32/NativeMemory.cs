using NeuralEdge.Esp32;

namespace nanoFramework.Hardware.Esp32;

/// <summary>Memory outside the managed heap, as in nanoFramework.Hardware.Esp32: here only the PSRAM has a size.</summary>
public class NativeMemory
{
    public enum MemoryType
    {
        All = 0,
        Internal = 1,
        SpiRam = 2,
    }

    public static void GetMemoryInfo(MemoryType memoryType, out uint totalSize, out uint totalFreeSize, out uint largestFreeBlock)
    {
        totalSize = memoryType == MemoryType.Internal ? 0 : Esp32Peripherals.Current.PsramBytes;
        totalFreeSize = totalSize;
        largestFreeBlock = totalSize;
    }
}
