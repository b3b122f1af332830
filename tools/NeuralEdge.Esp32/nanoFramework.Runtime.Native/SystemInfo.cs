using NeuralEdge.Esp32;

namespace nanoFramework.Runtime.Native;

/// <summary>What the runtime says of itself, as in nanoFramework.Runtime.Native.</summary>
public static class SystemInfo
{
    public static string OEMString => Esp32Peripherals.Current.RuntimeDescription;

    public static string TargetName => Esp32Peripherals.Current.TargetName;

    public static Version Version => Esp32Peripherals.Current.RuntimeVersion;
}
