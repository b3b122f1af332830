using NeuralEdge.Esp32;

namespace nanoFramework.Runtime.Native
{
    /// <summary>How to restart, with the numbers of nanoFramework.Runtime.Native.</summary>
    public enum RebootOption
    {
        NormalReboot = 0,
        EnterNanoBooter = 1,
        ClrOnly = 2,
        EnterProprietaryBooter = 8,
    }

    /// <summary>Restarting the chip, as in nanoFramework.Runtime.Native.</summary>
    public static class Power
    {
        public static void RebootDevice(RebootOption rebootOption = RebootOption.NormalReboot)
        {
            Esp32Peripherals.Current.Reboot();
        }
    }
}
