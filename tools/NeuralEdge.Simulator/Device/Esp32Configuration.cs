using NeuralEdge.Simulator.Device;

namespace nanoFramework.Hardware.Esp32
{
    /// <summary>Pin routing, as in nanoFramework.Hardware.Esp32.</summary>
    internal static class Configuration
    {
        internal static void SetPinFunction(int pin, DeviceFunction function)
        {
            Esp32Peripherals.Current.SetPinFunction(pin, (int)function);
        }

        internal static int GetFunctionPin(DeviceFunction function)
        {
            return Esp32Peripherals.Current.GetFunctionPin((int)function);
        }
    }
}
