using NeuralEdge.Esp32;

namespace nanoFramework.Runtime.Native;

/// <summary>Restarting the chip, as in nanoFramework.Runtime.Native.</summary>
public static class Power
{
    public static void RebootDevice(RebootOption rebootOption = RebootOption.NormalReboot) => Esp32Peripherals.Current.Reboot();
}
