using NeuralEdge.Simulator.Device;

namespace nanoFramework.Hardware.Esp32
{
    /// <summary>The microsecond timer, as in nanoFramework.Hardware.Esp32.</summary>
    internal static class HighResTimer
    {
        internal static ulong GetCurrent()
        {
            return Esp32Peripherals.Current.Microseconds;
        }
    }
}
