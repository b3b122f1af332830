using NeuralEdge.Esp32;

namespace nanoFramework.Hardware.Esp32;

/// <summary>The microsecond timer, as in nanoFramework.Hardware.Esp32.</summary>
public static class HighResTimer
{
    public static ulong GetCurrent() => Esp32Peripherals.Current.Microseconds;
}
