namespace nanoFramework.Hardware.Esp32
{
    public static class Configuration
    {
        public static void SetPinFunction(int pin, DeviceFunction function) => throw null;

        public static int GetFunctionPin(DeviceFunction function) => throw null;
    }
}
