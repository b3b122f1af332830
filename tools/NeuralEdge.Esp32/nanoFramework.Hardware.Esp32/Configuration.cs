using NeuralEdge.Esp32;

namespace nanoFramework.Hardware.Esp32;

/// <summary>Pin routing, as in nanoFramework.Hardware.Esp32.</summary>
public static class Configuration
{
    public static void SetPinFunction(int pin, DeviceFunction function) => Esp32Peripherals.Current.SetPinFunction(pin, (int)function);

    public static int GetFunctionPin(DeviceFunction function) => Esp32Peripherals.Current.GetFunctionPin((int)function);
}
